//! `token get`, `token refresh`, `token clear`, planned: the one credential that is meant.

use std::time::Duration;

use time::OffsetDateTime;
use tokio::time::Instant;

use crate::authenticate::Prepared;
use crate::cli::metadata::MetadataFlags;
use crate::cli::token::obtain::ObtainFlags;
use crate::evidence::AskedConnection;
use crate::plan::Planned;
use crate::plan::credentials;
use crate::plan::credentials::CredentialContext;
use crate::plan::descriptors;
use crate::plan::profile;
use crate::plan::profile::Profile;
use crate::plan::server;
use crate::plan::usage;

/// A credential to obtain.
#[derive(Debug)]
pub(crate) struct ObtainPlan {
    pub credential: Prepared,
    pub notices: Vec<String>,
    /// `--max-time`: bounds the command as a whole.
    pub max_time: Option<Duration>,
}

impl ObtainPlan {
    /// The end of the time that everything together may take, from now.
    pub(crate) fn deadline(&self) -> Option<Instant> {
        self.max_time.map(|time| Instant::now() + time)
    }
}

/// Plans the one credential that the flags specify, or the profile; `None`: they specify none.
pub(crate) fn plan(flags: &ObtainFlags, clock: OffsetDateTime) -> Planned<Option<ObtainPlan>> {
    let profile = profile::choose(&flags.profile)?;
    with_profile(flags, profile.as_ref(), clock)
}

/// The same for what is to be forgotten. A profile counts where it is named: to forget everything must not
/// come to less because there is a default.
pub(crate) fn plan_to_forget(
    flags: &ObtainFlags,
    clock: OffsetDateTime,
) -> Planned<Option<ObtainPlan>> {
    match flags.profile.profile {
        Some(_) => plan(flags, clock),
        None => with_profile(flags, None, clock),
    }
}

fn with_profile(
    flags: &ObtainFlags,
    profile: Option<&Profile>,
    clock: OffsetDateTime,
) -> Planned<Option<ObtainPlan>> {
    let target = flags.server.as_deref();
    let channel = flags.target_flags.channel(target, &flags.tls);
    let caller = flags.credentials.caller(&MetadataFlags::default());
    let specified = server::specify((channel, caller), false, profile, true, clock)?;
    let channel = match specified.channel.target {
        None => None,
        Some(_) => Some(server::channel(
            &specified,
            &mut AskedConnection::default(),
        )?),
    };
    let descriptors = descriptors::plan(&flags.descriptors, &[])?;
    let context = CredentialContext {
        specified: &specified,
        channel: channel.as_ref(),
        descriptors: Some(&descriptors),
    };
    let mut notices = Vec::new();
    let mut credentials = credentials::prepare(&[], &context, &mut notices)?;
    let Some(credential) = credentials.pop() else {
        return Ok(None);
    };
    if let Some(other) = credentials.first() {
        return Err(usage(
            format!(
                "two credentials are specified: {} and {}",
                other.kind(),
                credential.kind()
            ),
            "name one",
        ));
    }
    if !credential.is_token() {
        return Err(usage(
            format!("a credential of kind {} is not a token", credential.kind()),
            "name one that is obtained: --login-url, --login-rpc, --issuer, --token-url, --exec, --auth jwt",
        ));
    }
    notices.extend(channel.into_iter().flat_map(|channel| channel.notices));
    Ok(Some(ObtainPlan {
        credential,
        notices,
        max_time: specified.channel.max_time,
    }))
}

/// What to do where no credential is specified.
pub(crate) fn none_specified() -> crate::evidence::Refusal {
    usage(
        "a credential is required to obtain a token",
        "name one: -P NAME, --login-url URL, --login-rpc METHOD, --issuer URL, --token-url URL, --exec PROGRAM or --auth jwt",
    )
}
