//! Obtains call credentials: metadata that goes with every RPC.
//!
//! A specification ([`crate::identity`]) comes in, is checked ([`prepare`]), and obtained beside the
//! dial ([`Prepared::obtain`]); the session attaches what comes out once the channel's security is known.
//! The kinds are the rows of [`call_credentials::ALL`]; to add one: one file, one row.
//!
//! A kind that fetches is a [`fetching::Source`]: [`grants`] say what to ask a token endpoint,
//! [`client_authentication`] who is asking, [`http`] asks and keeps a record, [`token_reply`] reads the
//! answer, [`cache`] keeps it.

pub mod cache;
pub mod call_credentials;
pub mod client_authentication;
pub mod discovery;
pub mod endpoint_url;
pub mod exec_output;
pub mod fetching;
pub mod grants;
pub mod http;
pub mod jwks;
pub mod login_call;
pub mod login_data;
pub mod login_reply;
pub mod program;
pub mod secret_reader;
pub mod setting;
pub mod token_fault;
pub mod token_reply;

use std::sync::Arc;

use ::http::header::HeaderName;
use ::http::header::HeaderValue;
use time::OffsetDateTime;

use crate::authenticate::cache::Want;
use crate::authenticate::call_credentials::Prepare;
use crate::authenticate::call_credentials::bearer;
use crate::authenticate::fetching::Ended;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::Fetching;
use crate::authenticate::fetching::NotHad;
use crate::authenticate::fetching::Why;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::metadata;
use crate::secret::Secret;

/// The kind of a value that the user gave as metadata, of no scheme that is known.
pub const METADATA: &str = "metadata";

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
    /// What was mended on the way, such as a trailing newline.
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
        self.kind != METADATA || metadata::carries_a_credential(&self.key)
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
    /// The parameters do not go together, or one cannot be used; what, and what to do.
    Unfit { what: String, hint: String },
}

/// A credential that can be had: everything about its specification has been checked.
#[derive(Clone, Debug)]
pub struct Prepared {
    recipe: Recipe,
    /// What must be shown nowhere.
    secrets: Vec<Secret>,
    notices: Vec<String>,
}

#[derive(Clone, Debug)]
enum Recipe {
    Ready(Box<CallCredential>),
    /// From a file whose content may change from one call to the next.
    File(Box<CallCredential>, Box<CredentialSpec>),
    Fetched(Arc<Fetching>),
}

/// What came of asking for another credential in place of one that was refused.
#[derive(Debug)]
pub enum Renewal {
    /// Another one.
    Renewed(Box<CallCredential>),
    /// The same once more: a second call would be refused as the first was.
    Same,
    /// None; why.
    NotHad(NotHad),
    /// There is no other one to be had.
    Static,
}

impl Prepared {
    fn ready(credential: CallCredential) -> Self {
        Self {
            secrets: vec![credential.secret.clone()],
            recipe: Recipe::Ready(Box::new(credential)),
            notices: Vec::new(),
        }
    }

    fn from_file(credential: CallCredential, spec: &CredentialSpec) -> Self {
        Self {
            secrets: vec![credential.secret.clone()],
            recipe: Recipe::File(Box::new(credential), Box::new(spec.clone())),
            notices: Vec::new(),
        }
    }

    fn fetched(fetching: Fetching, notices: Vec<String>) -> Self {
        Self {
            secrets: Vec::new(),
            recipe: Recipe::Fetched(Arc::new(fetching)),
            notices,
        }
    }

    /// The metadata key that it will be sent under.
    pub fn key(&self) -> &HeaderName {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => &ready.key,
            Recipe::Fetched(fetching) => &fetching.key,
        }
    }

    pub fn kind(&self) -> &'static str {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => ready.kind,
            Recipe::Fetched(fetching) => fetching.kind,
        }
    }

    /// Where it comes from, in words fit for a report.
    pub fn source(&self) -> &str {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => &ready.source,
            Recipe::Fetched(fetching) => &fetching.source,
        }
    }

    /// See [`CallCredential::replaces`].
    pub fn replaces(&self) -> bool {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => ready.replaces(),
            Recipe::Fetched(_) => true,
        }
    }

    /// What must be shown nowhere, known before anything is fetched.
    pub fn secrets(&self) -> &[Secret] {
        &self.secrets
    }

    /// What the user should know before anything is fetched.
    pub fn notices(&self) -> &[String] {
        &self.notices
    }

    /// A credential that stands in metadata which the user gave as it is, in `source`. `None`: not a
    /// credential.
    pub fn from_metadata(key: &HeaderName, value: &HeaderValue, source: &str) -> Option<Self> {
        metadata::carries_a_credential(key).then(|| Self::secret_metadata(key, value, source))
    }

    /// Metadata that the user says is secret, whatever its key.
    pub fn secret_metadata(key: &HeaderName, value: &HeaderValue, source: &str) -> Self {
        let text = String::from_utf8_lossy(value.as_bytes());
        let (scheme, secret) = match text.split_once(' ') {
            Some((scheme, rest)) if key == ::http::header::AUTHORIZATION => (Some(scheme), rest),
            _ => (None, text.as_ref()),
        };
        let kind = match scheme {
            Some(scheme) if scheme.eq_ignore_ascii_case("bearer") => "bearer",
            Some(scheme) if scheme.eq_ignore_ascii_case("basic") => "basic",
            _ => METADATA,
        };
        let mut value = value.clone();
        value.set_sensitive(true);
        let secret = Secret::new(secret.trim());
        let given = CallCredential::given(kind, source, (key.clone(), value), secret);
        Self::ready(CallCredential {
            scheme: scheme.map(str::to_owned),
            ..given
        })
    }

    /// Obtains it. Runs beside the dial.
    ///
    /// # Errors
    /// It has to be fetched, and was not to be had.
    pub async fn obtain(&self) -> Result<CallCredential, NotHad> {
        match &self.recipe {
            Recipe::Ready(ready) | Recipe::File(ready, _) => Ok((**ready).clone()),
            Recipe::Fetched(fetching) => fetching.obtain(Want::Usable).await,
        }
    }

    /// Obtains a new one whatever is kept.
    ///
    /// # Errors
    /// As [`Self::obtain`].
    pub async fn obtain_anew(&self) -> Result<CallCredential, NotHad> {
        match &self.recipe {
            Recipe::Fetched(fetching) => fetching.obtain(Want::New).await,
            Recipe::Ready(_) | Recipe::File(..) => self.obtain().await,
        }
    }

    /// Whether another may be had in place of one that was refused.
    pub fn is_renewable(&self) -> bool {
        match &self.recipe {
            Recipe::Ready(_) => false,
            Recipe::File(..) => true,
            Recipe::Fetched(fetching) => fetching.from.is_renewable(),
        }
    }

    /// Asks for another credential than `refused`.
    pub async fn renew(&self, refused: &CallCredential) -> Renewal {
        let renewed = match &self.recipe {
            _ if !self.is_renewable() => return Renewal::Static,
            Recipe::Ready(_) => return Renewal::Static,
            Recipe::File(_, spec) => bearer::read_again(spec),
            Recipe::Fetched(fetching) => {
                let want = Want::InsteadOf(&refused.secret);
                match fetching.obtain(want).await {
                    Ok(renewed) => Some(renewed),
                    Err(not_had) => return Renewal::NotHad(not_had),
                }
            }
        };
        match renewed {
            Some(renewed) if renewed.secret.expose() != refused.secret.expose() => {
                Renewal::Renewed(Box::new(renewed))
            }
            _ => Renewal::Same,
        }
    }

    /// That it was not there in time.
    pub fn late(&self) -> NotHad {
        NotHad {
            kind: self.kind(),
            source: self.source().to_owned(),
            why: Why::Late,
        }
    }

    /// Whether it is a token, and not a password or a key.
    pub fn is_token(&self) -> bool {
        !matches!(self.kind(), "basic" | "api-key" | METADATA)
    }

    /// Makes the token that is kept void where it came from.
    ///
    /// # Errors
    /// Its source was asked to, and did not.
    pub async fn log_out(&self) -> Result<Ended, NotHad> {
        match &self.recipe {
            Recipe::Ready(_) | Recipe::File(..) => Ok(Ended::NoWay),
            Recipe::Fetched(fetching) => fetching.log_out().await,
        }
    }

    /// Forgets what is kept of it; whether there was anything.
    ///
    /// # Errors
    /// A file cannot be removed.
    pub async fn forget(&self) -> std::io::Result<bool> {
        match &self.recipe {
            Recipe::Ready(_) | Recipe::File(..) => Ok(false),
            Recipe::Fetched(fetching) => fetching.forget().await,
        }
    }
}

/// Checks a specification; `none` gives nothing. `setting`: needed for kinds that are fetched.
///
/// # Errors
/// Why it specifies no credential.
pub fn prepare(
    spec: &CredentialSpec,
    setting: Option<&Setting>,
) -> Result<Option<Prepared>, NotObtained> {
    let kind = call_credentials::find(&spec.kind)
        .ok_or_else(|| NotObtained::UnknownKind(spec.kind.clone()))?;
    for parameter in kind.parameters {
        if parameter.required && !spec.is_given(parameter.name) {
            return Err(NotObtained::Missing {
                kind: kind.name,
                parameter: parameter.name,
            });
        }
    }
    let mut prepared = match kind.prepare {
        Prepare::AsGiven(prepare) => prepare(spec)?,
        Prepare::Fetched(prepare) => {
            let setting = setting.expect("the plan makes a setting for kinds that are fetched");
            let mut prepared = prepare(spec, setting)?;
            prepared.secrets.extend_from_slice(&setting.secrets);
            Some(prepared)
        }
    };
    if let Some(prepared) = &mut prepared {
        prepared.secrets.extend(spec.secrets());
    }
    Ok(prepared)
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
