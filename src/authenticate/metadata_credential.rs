//! Credentials that the user gives as metadata: a kind without a flag of its own.

use http::header::HeaderName;
use http::header::HeaderValue;

use crate::authenticate::CallCredential;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::METADATA;
use crate::authenticate::call_credentials::basic;
use crate::authenticate::call_credentials::bearer;
use crate::metadata;
use crate::secret::Secret;

/// A credential that stands in metadata which the user gave as it is, in `source`. `None`: not a credential.
pub(crate) fn in_metadata(key: &HeaderName, value: &HeaderValue, source: &str) -> Option<Prepared> {
    metadata::is_secret(key).then(|| secret(key, value, source))
}

/// Metadata that the user says is secret, whatever its key.
pub(crate) fn secret(key: &HeaderName, value: &HeaderValue, source: &str) -> Prepared {
    let text = String::from_utf8_lossy(value.as_bytes());
    let (scheme, secret) = match text.split_once(' ') {
        Some((scheme, rest)) if key == http::header::AUTHORIZATION => (Some(scheme), rest),
        _ => (None, text.as_ref()),
    };
    let kind = match scheme {
        Some(scheme) if scheme.eq_ignore_ascii_case("bearer") => &bearer::KIND,
        Some(scheme) if scheme.eq_ignore_ascii_case("basic") => &basic::KIND,
        _ => &METADATA,
    };
    let mut value = value.clone();
    value.set_sensitive(true);
    let secret = Secret::new(secret.trim());
    Prepared::ready(CallCredential {
        scheme: scheme.map(str::to_owned),
        ..CallCredential::given(kind.name, source, (key.clone(), value), secret)
    })
}

/// Whether a credential stands alone under its key, in place of whatever else was given for it. Only
/// metadata that is secret without saying who calls goes beside its like.
pub(crate) fn replaces(credential: &CallCredential) -> bool {
    credential.kind != METADATA.name || metadata::is_secret(&credential.key)
}
