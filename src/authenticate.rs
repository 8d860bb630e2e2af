//! Obtains call credentials: metadata that goes with every RPC.
//!
//! A specification ([`crate::identity`]) comes in, is checked ([`prepare`]), and obtained beside the
//! dial ([`Prepared::obtain`]); the session attaches what comes out once the channel's security is known.
//! The kinds are the rows of [`call_credentials::ALL`]; to add one: one file, one row.
//!
//! A kind that fetches is a [`fetching::Source`]: [`grants`] say what to ask a token endpoint,
//! [`client_authentication`] who is asking, [`http`] asks and keeps a record, [`token_reply`] reads the
//! answer, [`cache`] keeps it.

pub(crate) mod cache;
pub(crate) mod call_credentials;
pub(crate) mod client_authentication;
pub(crate) mod discovery;
pub(crate) mod endpoint_url;
pub mod exec_output;
pub(crate) mod fetching;
pub(crate) mod grants;
pub(crate) mod http;
pub(crate) mod jwks;
pub(crate) mod login_call;
pub(crate) mod login_data;
pub(crate) mod login_reply;
pub(crate) mod metadata_credential;
pub(crate) mod prepared;
pub(crate) mod program;
pub(crate) mod secret_reader;
pub(crate) mod setting;
pub(crate) mod token_fault;
pub mod token_reply;
pub(crate) mod under_way;

use std::sync::Arc;

use ::http::header::HeaderName;
use ::http::header::HeaderValue;
use time::OffsetDateTime;

use crate::authenticate::call_credentials::Prepare;
use crate::authenticate::fetching::FetchRecord;
pub(crate) use crate::authenticate::prepared::Prepared;
pub(crate) use crate::authenticate::prepared::Renewal;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::secret::Secret;

/// A credential in hand.
#[derive(Clone, Debug)]
pub struct CallCredential {
    /// The kind's name.
    pub kind: &'static str,
    /// Where it came from, in words fit for a report: `env:TOKEN`, `-H`.
    pub source: String,
    /// `Bearer`, `Basic`; `None` where the value stands alone.
    pub scheme: Option<String>,
    pub key: HeaderName,
    /// Marked sensitive: HPACK never indexes it, `Debug` does not show it.
    pub value: HeaderValue,
    /// The part that is secret: the token, the password, the key.
    pub secret: Secret,
    pub obtained: Obtained,
    /// What was corrected on the way, such as a trailing newline.
    pub notices: Vec<String>,
    /// By the word of who gave it; `None`: nobody said.
    pub expires_at: Option<OffsetDateTime>,
    pub refresh_token: Option<Secret>,
    /// What was granted; `None`: as asked.
    pub scope: Option<String>,
    /// How it was fetched in this run; `None`: it was not.
    pub fetch: Option<Arc<FetchRecord>>,
}

impl CallCredential {
    /// One that is sent as it was given.
    pub fn given(
        kind: &'static str,
        source: impl Into<String>,
        (key, value): (HeaderName, HeaderValue),
        secret: Secret,
    ) -> Self {
        Self {
            kind,
            source: source.into(),
            scheme: None,
            key,
            value,
            secret,
            obtained: Obtained::Given,
            notices: Vec::new(),
            expires_at: None,
            refresh_token: None,
            scope: None,
            fetch: None,
        }
    }

    /// Whether it stands alone under its key, in place of whatever else was given for it. Only
    /// metadata that is secret without saying who calls goes beside its like.
    pub fn replaces(&self) -> bool {
        metadata_credential::replaces(self)
    }
}

/// How a credential was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Obtained {
    /// Given by the user as it is.
    Given,
    /// Kept from an earlier run, or fetched by another process.
    Cache,
    Fetched,
    /// Fetched in place of an older one.
    Refreshed,
}

impl Obtained {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
            Self::Cache => "cache",
            Self::Fetched => "fetched",
            Self::Refreshed => "refreshed",
        }
    }
}

/// Why a credential cannot be had from its specification.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotObtained {
    /// No kind of this name.
    UnknownKind(String),
    /// A parameter that the kind needs was not given.
    Missing {
        kind: &'static str,
        parameter: &'static str,
    },
    /// The text cannot be a credential of this kind; what is wrong with it, without the text.
    Malformed { kind: &'static str, what: String },
    /// The text is something else in the place of a token; `remedy`: what to do.
    Mistaken { what: String, remedy: String },
    /// The parameters do not go together, or one cannot be used; what, and what to do.
    Unfit { what: String, hint: String },
}

/// Checks a specification; `none` gives nothing. `setting`: needed for kinds that are fetched.
///
/// # Errors
/// Why it specifies no credential.
pub(crate) fn prepare(
    spec: &CredentialSpec,
    setting: Option<&Setting>,
) -> Result<Option<Prepared>, NotObtained> {
    let (kind, prepare) = call_credentials::ALL
        .iter()
        .find(|(kind, _)| kind.name == spec.kind)
        .ok_or_else(|| NotObtained::UnknownKind(spec.kind.clone()))?;
    for parameter in kind.parameters {
        if parameter.required && !spec.is_given(parameter.name) {
            return Err(NotObtained::Missing {
                kind: kind.name,
                parameter: parameter.name,
            });
        }
    }
    spec.hide_bodies();
    Ok(match prepare {
        Prepare::AsGiven(prepare) => prepare(spec)?,
        Prepare::Fetched(prepare) => {
            let setting = setting.expect("the plan makes a setting for kinds that are fetched");
            Some(prepare(spec, setting)?)
        }
    })
}

/// A header value of `text` that neither HPACK's index nor `Debug` will show.
fn sensitive(kind: &'static str, text: &str) -> Result<HeaderValue, NotObtained> {
    let malformed = |what: &str| NotObtained::Malformed {
        kind,
        what: what.to_owned(),
    };
    if !text.bytes().all(|byte| matches!(byte, 0x20..=0x7e)) {
        return Err(malformed(
            "it has characters that metadata cannot carry (allowed: printable ASCII)",
        ));
    }
    let mut value =
        HeaderValue::from_str(text).map_err(|_| malformed("it cannot be sent as metadata"))?;
    value.set_sensitive(true);
    Ok(value)
}
