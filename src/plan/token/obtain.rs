//! `token get`, `token refresh`, `token clear`, planned: the one credential that is meant.

use time::OffsetDateTime;

use crate::authenticate::Prepared;
use crate::cli::token::obtain::ObtainFlags;
use crate::evidence::Asked;
use crate::plan::Planned;
use crate::plan::channel;
use crate::plan::credentials;
use crate::plan::credentials::Around;
use crate::plan::descriptors;
use crate::plan::secrets;
use crate::plan::usage;
use crate::secret::Secret;

/// A credential to obtain.
#[derive(Debug)]
pub struct ObtainPlan {
    pub credential: Prepared,
    /// What must be shown nowhere beside what the credential hides itself: a key's passphrase.
    pub secrets: Vec<Secret>,
    pub notices: Vec<String>,
}

/// Plans the one credential that the flags specify; `None`: they specify none.
pub fn plan(flags: &ObtainFlags, clock: OffsetDateTime) -> Planned<Option<ObtainPlan>> {
    let mut claims = Vec::from(channel::stdin_claims(&flags.target_flags, &flags.tls));
    claims.extend(credentials::stdin_claims(&flags.credentials));
    secrets::claim_stdin_once(&claims)?;
    let target = flags.server.as_deref().unwrap_or_default();
    let mut asked = Asked::default();
    let channel = match &flags.server {
        None => None,
        Some(target) => Some(channel::plan(
            target,
            &flags.target_flags,
            &flags.tls,
            clock,
            &mut asked,
        )?),
    };
    let descriptors = descriptors::plan(&flags.descriptors, &[])?;
    let around = Around {
        clock,
        target,
        target_flags: &flags.target_flags,
        tls: &flags.tls,
        channel: channel.as_ref(),
        descriptors: Some(&descriptors),
    };
    let mut notices = Vec::new();
    let mut credentials = credentials::prepare(&flags.credentials, &around, &mut notices)?;
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
            format!("a credential of kind {} is no token", credential.kind()),
            "name one that is obtained: --login-url, --login-rpc, --issuer, --token-url, --exec, --auth jwt",
        ));
    }
    let (secrets, of_channel) = channel.map_or_else(Default::default, |channel| {
        (channel.secrets, channel.notices)
    });
    notices.extend(of_channel);
    Ok(Some(ObtainPlan {
        credential,
        secrets,
        notices,
    }))
}

/// What to do where no credential is specified.
pub fn none_specified() -> crate::evidence::Refusal {
    usage(
        "there is no credential to obtain a token with",
        "name one: --login-url URL, --login-rpc METHOD, --issuer URL, --token-url URL, --exec PROGRAM or --auth jwt",
    )
}
