//! Good answers with a member that is not what RFC 6749 §5.1 says.

use serde_json::json;

use super::Fault;
use super::fault;

/// A row that sets a member of a good answer.
macro_rules! member {
    ($fault:literal, $summary:literal, $name:literal, $($value:tt)+) => {
        fault($fault, $summary, |exchange| {
            exchange
                .changed(|members| {
                    members.insert($name.to_owned(), json!($($value)+));
                })
                .into()
        })
    };
}

/// A row that takes a member of a good answer away.
macro_rules! missing {
    ($fault:literal, $summary:literal, $name:literal) => {
        fault($fault, $summary, |exchange| {
            exchange
                .changed(|members| {
                    members.remove($name);
                })
                .into()
        })
    };
}

pub(super) const FAULTS: &[Fault] = &[
    member!(
        "expires-in-text",
        "expires_in is a text",
        "expires_in",
        "900"
    ),
    member!(
        "expires-in-word",
        "expires_in is a word",
        "expires_in",
        "soon"
    ),
    member!(
        "expires-in-negative",
        "expires_in is negative",
        "expires_in",
        -1
    ),
    member!("expires-in-zero", "expires_in is 0", "expires_in", 0),
    member!("expires-in-one", "expires_in is a second", "expires_in", 1),
    member!(
        "expires-in-huge",
        "expires_in is 1e300",
        "expires_in",
        1e300
    ),
    member!(
        "expires-in-fraction",
        "expires_in is 900.5",
        "expires_in",
        900.5
    ),
    member!("expires-in-null", "expires_in is null", "expires_in", null),
    missing!("expires-in-missing", "there is no expires_in", "expires_in"),
    member!("token-type-mac", "token_type is mac", "token_type", "mac"),
    member!(
        "token-type-dpop",
        "token_type is DPoP (RFC 9449)",
        "token_type",
        "DPoP"
    ),
    member!(
        "token-type-n_a",
        "token_type is N_A (RFC 8693)",
        "token_type",
        "N_A"
    ),
    member!(
        "token-type-upper",
        "token_type is BEARER",
        "token_type",
        "BEARER"
    ),
    member!(
        "token-type-number",
        "token_type is a number",
        "token_type",
        1
    ),
    missing!("token-type-missing", "there is no token_type", "token_type"),
    member!(
        "scope-narrowed",
        "the answer says scope=vault.read whatever was asked",
        "scope",
        "vault.read"
    ),
    member!(
        "scope-array",
        "scope is an array",
        "scope",
        ["vault.read", "vault.administer"]
    ),
    member!(
        "scope-wider",
        "scope has one that nobody asked for",
        "scope",
        "vault.read everything"
    ),
    missing!(
        "scope-missing",
        "there is no scope: it is what was asked",
        "scope"
    ),
    member!("unknown-members", "a member that nobody knows", "ext_expires_in", {"a": [1, null]}),
];
