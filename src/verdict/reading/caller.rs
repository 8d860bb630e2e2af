//! What was sent to say who is calling, in words.

use crate::authenticate::CallCredential;
use crate::authenticate::Obtained;
use crate::authenticate::call_credentials;

/// `token`, `API key`: what a credential is called.
pub(crate) fn noun(credential: &CallCredential) -> &'static str {
    call_credentials::of(credential.kind).noun
}

/// Whether it is a user's name and password.
pub(crate) fn is_password(credential: &CallCredential) -> bool {
    call_credentials::of(credential.kind).is_password
}

/// `the token from env:TOKEN was sent as authorization: Bearer …`.
pub(crate) fn in_words(credential: &CallCredential) -> String {
    if is_password(credential) {
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
pub(crate) fn get_another(credential: &CallCredential) -> String {
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
pub(crate) fn on_the_wire(credential: &CallCredential) -> String {
    match &credential.scheme {
        Some(scheme) => format!("{}: {scheme} …", credential.key),
        None => format!("{}: …", credential.key),
    }
}

/// How to give the same credential anew.
pub(crate) fn flag(credential: &CallCredential) -> &'static str {
    match credential.obtained {
        Obtained::Given => call_credentials::of(credential.kind).flag_hint,
        _ => REFRESH,
    }
}
