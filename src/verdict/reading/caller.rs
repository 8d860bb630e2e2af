//! Who called: what was sent to say so.

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::authenticate::call_credentials;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::metadata;
use http::header::HeaderName;

/// The call credentials that went with the request which ended the run: not those that were withheld,
/// nor, if reflection was refused, those that were kept from it.
pub fn sent(evidence: &Evidence) -> Vec<&CallCredential> {
    evidence
        .caller
        .credentials
        .iter()
        .filter(|credential| {
            evidence
                .call
                .sent
                .iter()
                .any(|(key, _)| key == credential.key.as_str())
        })
        .collect()
}

/// Keys of plain metadata that may carry a credential all the same, by their names.
pub fn other_secrets(evidence: &Evidence) -> Vec<&str> {
    evidence
        .call
        .sent
        .iter()
        .map(|(key, _)| key.as_str())
        .filter(|key| {
            let credential = evidence
                .caller
                .credentials
                .iter()
                .any(|credential| credential.key.as_str() == *key);
            !credential
                && HeaderName::from_bytes(key.as_bytes())
                    .is_ok_and(|key| metadata::is_sensitive(&key))
        })
        .collect()
}

/// Whether the request said nothing of who is calling, TLS apart.
pub fn is_anonymous(evidence: &Evidence) -> bool {
    sent(evidence).is_empty() && other_secrets(evidence).is_empty()
}

/// The client certificate, if the server asked for one and ours was sent.
pub fn certificate_sent(evidence: &Evidence) -> Option<&ClientCertificate> {
    let tls = evidence.connection.handshake.as_ref()?.tls.as_ref()?;
    let request = tls.certificate_request.as_ref()?;
    evidence
        .connection
        .client_certificate
        .as_ref()
        .filter(|_| request.sent)
}

/// `token`, `API key`: what a credential is called.
pub fn noun(credential: &CallCredential) -> &'static str {
    call_credentials::of(credential.kind).noun
}

/// `the token from env:TOKEN was sent as authorization: Bearer …`.
pub fn in_words(credential: &CallCredential) -> String {
    if call_credentials::of(credential.kind).is_plural {
        return format!(
            "{} (from {}) were sent as `{}`",
            noun(credential),
            credential.source,
            on_the_wire(credential)
        );
    }
    format!(
        "the {} from {}{} was sent as `{}`",
        noun(credential),
        credential.source,
        how(credential.obtained),
        on_the_wire(credential)
    )
}

/// How it was come by, where it was not given as it is.
fn how(obtained: Obtained) -> &'static str {
    match obtained {
        Obtained::Given => "",
        Obtained::Cache => ", kept from an earlier fetch,",
        Obtained::Fetched => ", fetched for this call,",
        Obtained::Refreshed => ", fetched in place of an older one,",
    }
}

/// What to do for another one.
pub fn get_another(credential: &CallCredential) -> String {
    match credential.obtained {
        Obtained::Given => format!(
            "get a new {} and put it into {}",
            noun(credential),
            credential.source
        ),
        _ => format!("fetch a new {} with {REFRESH}", noun(credential)),
    }
}

/// What fetches a credential whatever is kept of it.
const REFRESH: &str = "`grpcauth token refresh` and the same flags";

/// `authorization: Bearer …`; the secret is never among it.
pub fn on_the_wire(credential: &CallCredential) -> String {
    match &credential.scheme {
        Some(scheme) => format!("{}: {scheme} …", credential.key),
        None => format!("{}: …", credential.key),
    }
}

/// How to give the same credential anew.
pub fn flag(credential: &CallCredential) -> &'static str {
    match credential.obtained {
        Obtained::Given => call_credentials::of(credential.kind).flag_hint,
        _ => REFRESH,
    }
}
