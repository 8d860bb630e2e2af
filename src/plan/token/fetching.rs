//! Keys that are to be fetched: how their place is reached.

use time::OffsetDateTime;
use tokio::time::Instant;

use crate::authenticate::http::HttpSettings;
use crate::authenticate::http::TIME_LIMIT;
use crate::authenticate::jwks::KeysAt;
use crate::cli::token::KeyFlags;
use crate::evidence::Refusal;
use crate::evidence::Trust;
use crate::identity::channel::ChannelSpec;
use crate::jwt::Algorithm;
use crate::jwt::Keys;
use crate::plan::Planned;
use crate::plan::environment;
use crate::plan::key_log;
use crate::plan::proxy;
use crate::plan::token::passed_over;
use crate::plan::token::unusable;
use crate::plan::trust;
use crate::plan::user_agent;

/// What fetching needs.
#[derive(Debug)]
pub(crate) struct FetchPlan {
    pub at: KeysAt,
    pub settings: HttpSettings,
    pub trust: Trust,
    algorithm: Option<Algorithm>,
}

/// Plans the fetching of keys: proxies by environment, no client certificate, https but for loopback.
pub(crate) fn plan(
    at: &KeysAt,
    flags: &KeyFlags,
    clock: OffsetDateTime,
    notices: &mut Vec<String>,
) -> Planned<FetchPlan> {
    let target = ChannelSpec::default();
    let chooser = proxy::chooser(&target, None, &environment::text, notices)?;
    let trust = trust::from_files_or_system(&flags.cacert, notices)?;
    let settings = HttpSettings {
        anchors: trust.anchors.clone(),
        crls: trust.crls.clone(),
        identity: None,
        clock,
        started: Instant::now(),
        proxy: Box::new(move |location| chooser.proxy(location)),
        overrides: Box::new(|_, _| Vec::new()),
        user_agent: user_agent::of(&target)?,
        allow_http: false,
        log_keys: key_log::plan(notices),
        time_limit: TIME_LIMIT,
    };
    Ok(FetchPlan {
        at: at.clone(),
        settings,
        trust,
        algorithm: flags.alg,
    })
}

impl FetchPlan {
    /// The issuer, as it was written.
    pub(crate) fn issuer(&self) -> Option<&str> {
        match &self.at {
            KeysAt::Issuer { written, .. } => Some(written),
            KeysAt::Url(_) => None,
        }
    }

    /// The keys of the set that was fetched, and what is to be said of those that cannot be used.
    ///
    /// # Errors
    /// It is no JWK Set, or none of its keys can be used.
    pub(crate) fn read(&self, text: &str) -> Planned<(Keys, Vec<String>)> {
        let keys = Keys::from_jwks(self.algorithm, text)
            .map_err(|fault| -> Refusal { unusable("the keys fetched", None, fault) })?;
        let notices = passed_over(&keys).collect();
        Ok((keys, notices))
    }
}
