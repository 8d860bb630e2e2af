//! Obtains call credentials: metadata that goes with every RPC.
//!
//! A specification ([`crate::identity`]) comes in, a [`CallCredential`] goes out; it is attached by
//! the session once the channel's security is known. The kinds are the rows of
//! [`call_credentials::ALL`]; to add one: one file, one row.

pub mod cache;
pub mod call_credentials;
pub mod endpoint_url;
pub mod http;
pub mod secret_reader;

use ::http::header::HeaderName;
use ::http::header::HeaderValue;

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
}

impl CallCredential {
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
}

impl Obtained {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Given => "given",
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
}

/// A credential that can be had: everything about its specification has been checked.
#[derive(Clone, Debug)]
pub struct Prepared {
    ready: CallCredential,
}

impl Prepared {
    /// The metadata key that it will be sent under.
    pub fn key(&self) -> &HeaderName {
        &self.ready.key
    }

    pub fn kind(&self) -> &'static str {
        self.ready.kind
    }

    /// See [`CallCredential::replaces`].
    pub fn replaces(&self) -> bool {
        self.ready.replaces()
    }

    /// Where it comes from, in words fit for a report.
    pub fn source(&self) -> &str {
        &self.ready.source
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
        Self {
            ready: CallCredential {
                kind,
                source: source.to_owned(),
                scheme: scheme.map(str::to_owned),
                key: key.clone(),
                value,
                secret: Secret::new(secret.trim()),
                obtained: Obtained::Given,
                notices: Vec::new(),
            },
        }
    }

    /// Obtains it. Runs beside the dial.
    pub async fn obtain(self) -> CallCredential {
        self.ready
    }
}

/// Checks a specification; `none` gives nothing.
pub fn prepare(spec: &CredentialSpec) -> Result<Option<Prepared>, NotObtained> {
    let kind = call_credentials::find(&spec.kind)
        .ok_or_else(|| NotObtained::UnknownKind(spec.kind.clone()))?;
    for parameter in kind.parameters {
        let given = spec.text(parameter.name).is_some() || spec.secret(parameter.name).is_some();
        if parameter.required && !given {
            return Err(NotObtained::Missing {
                kind: kind.name,
                parameter: parameter.name,
            });
        }
    }
    let ready = (kind.obtain)(spec)?;
    Ok(ready.map(|ready| Prepared { ready }))
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
