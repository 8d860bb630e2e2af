//! The kinds of call credential. To add one: a file beside these, and its row in [`ALL`].

pub(crate) mod api_key;
pub(crate) mod basic;
pub(crate) mod bearer;
mod exec;
mod jwt;
mod login;
pub(crate) mod login_rpc;
pub(crate) mod none;
mod oauth;

use std::sync::Arc;

use http::header::HeaderName;

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::cache::Cache;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::identity::kind::Form;
use crate::metadata;

/// How a specification becomes a credential.
#[derive(Debug)]
pub(crate) enum Prepare {
    /// From its parameters alone; nothing for `none`.
    AsGiven(fn(&CredentialSpec) -> Result<Option<Prepared>, NotObtained>),
    /// It is fetched.
    Fetched(fn(&CredentialSpec, &Setting) -> Result<Prepared, NotObtained>),
}

/// Every kind and how it is prepared, in the order in which help lists them.
pub(crate) const ALL: &[(&CredentialKind, Prepare)] = &[
    (&none::KIND, Prepare::AsGiven(none::prepare)),
    (&bearer::KIND, Prepare::AsGiven(bearer::prepare)),
    (&basic::KIND, Prepare::AsGiven(basic::prepare)),
    (&api_key::KIND, Prepare::AsGiven(api_key::prepare)),
    (&login::KIND, Prepare::Fetched(login::prepare)),
    (&login_rpc::KIND, Prepare::Fetched(login_rpc::prepare)),
    (&oauth::KIND, Prepare::Fetched(oauth::prepare)),
    (&jwt::KIND, Prepare::Fetched(jwt::prepare)),
    (&exec::KIND, Prepare::Fetched(exec::prepare)),
];

/// What stands in metadata that the user gives as it is, under a scheme that is not known: a kind without a flag of its own.
pub(crate) const METADATA: CredentialKind = CredentialKind {
    name: "metadata",
    noun: "credential",
    is_token: false,
    ..TOKEN
};

/// Every kind.
pub(crate) fn kinds() -> impl Iterator<Item = &'static CredentialKind> {
    ALL.iter().map(|(kind, _)| *kind)
}

/// The kind of this name.
pub(crate) fn find(name: &str) -> Option<&'static CredentialKind> {
    kinds().find(|kind| kind.name == name)
}

/// The kind of a credential that there is, by its name.
pub(crate) fn of(name: &str) -> &'static CredentialKind {
    find(name).unwrap_or(&METADATA)
}

/// Whether a kind needs a [`Setting`].
pub(crate) fn is_fetched(kind: &CredentialKind) -> bool {
    ALL.iter()
        .any(|(own, prepare)| own.name == kind.name && matches!(prepare, Prepare::Fetched(_)))
}

/// What most kinds have: a token, sent as `authorization: Bearer …`.
pub(super) const TOKEN: CredentialKind = CredentialKind {
    name: "",
    summary: "",
    noun: "token",
    is_password: false,
    exposed: "a credential",
    is_token: true,
    goes_beside: false,
    request: "the token request",
    flag_hint: "-H",
    key: ("header-name", "authorization"),
    heading: HEADING,
    parameters: &[],
};

/// The heading of credentials that are given as they are.
pub(crate) const HEADING: &str =
    "Credentials (SRC: env:NAME, file:PATH, stdin, prompt, cmd:PROGRAM ARG…)";

/// The heading of grants, and of how their endpoints are reached.
pub(crate) const OAUTH: &str = "OAuth 2.0";

/// The word before a token, and the metadata key that carries both.
const SCHEME: CredentialParameter = CredentialParameter::text(
    "scheme",
    "scheme",
    "WORD",
    "The scheme before the token; `--scheme=` sends the token alone [default: Bearer]",
);
const HEADER_NAME: CredentialParameter = CredentialParameter::text(
    "header-name",
    "header_name",
    "KEY",
    "The metadata key that carries the token",
);
/// Where the token stands in a login's answer.
const TOKEN_PTR: CredentialParameter = CredentialParameter::text(
    "token-ptr",
    "token",
    "POINTER",
    "Where the token stands: a JSON Pointer, or header:NAME [default: /token, then /access_token, then \
     /accessToken]",
);
const USER: CredentialParameter = CredentialParameter::text(
    "user",
    "user",
    "NAME",
    "The user of basic authentication, or of a login",
);
const PASSWORD: CredentialParameter = CredentialParameter::secret(
    "password",
    "password",
    "The password of --user [default: ask on the terminal]",
);
const SCOPE: CredentialParameter = CredentialParameter::text(
    "scope",
    "scope",
    "SCOPE",
    "What the token is to allow (repeatable; spaces inside separate)",
)
.of(Form::List);
const AUDIENCE: CredentialParameter =
    CredentialParameter::text("audience", "audience", "AUDIENCE", "Whom the token is for");
const ASSERTION_KEY: CredentialParameter = CredentialParameter::secret(
    "assertion-key",
    "assertion_key",
    "The private key that signs: PEM or JWK",
)
.listed_late();
const ASSERTION_ALG: CredentialParameter = CredentialParameter::text(
    "assertion-alg",
    "assertion_alg",
    "ALG",
    "The algorithm of --assertion-key [default: RS256, ES256, ES384 or EdDSA, as the key is]",
)
.listed_late();
const KID: CredentialParameter = CredentialParameter::text(
    "kid",
    "kid",
    "KID",
    "The id of --assertion-key in what it signs",
)
.listed_late();

/// The metadata key that a token is sent under.
fn header_name(kind: &'static str, spec: &CredentialSpec) -> Result<HeaderName, NotObtained> {
    match spec.text("header-name") {
        None => Ok(http::header::AUTHORIZATION),
        Some(name) => metadata::parse_key(name).map_err(|error| NotObtained::Malformed {
            kind,
            what: error.to_string(),
        }),
    }
}

/// Where a kind's tokens are kept, with what the user should know of that. `lasting`: losing one costs a login, or
/// spends a refresh token.
fn cache(setting: &Setting, lasting: bool) -> Result<(Arc<Cache>, Vec<String>), NotObtained> {
    let (cache, notice) = setting
        .cache
        .cache(lasting)
        .map_err(|refused| unfit(refused.to_string(), "or use --token-cache memory"))?;
    Ok((cache, notice.iter().map(ToString::to_string).collect()))
}

fn unfit(what: impl Into<String>, hint: impl Into<String>) -> NotObtained {
    NotObtained::Unfit {
        what: what.into(),
        hint: hint.into(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_keys_are_unique_within_a_kind() {
        for kind in kinds() {
            for (index, parameter) in kind.parameters.iter().enumerate() {
                for other in &kind.parameters[..index] {
                    assert_ne!(parameter.name, other.name, "{}", kind.name);
                    assert_ne!(parameter.key, other.key, "{}", kind.name);
                }
            }
        }
    }

    #[test]
    fn a_flag_is_the_same_in_every_kind() {
        let all = || kinds().flat_map(|kind| kind.parameters);
        for parameter in all() {
            let first = all().find(|first| first.name == parameter.name).unwrap();
            let flag = |own: &CredentialParameter| (own.form, own.value_name, own.help);
            assert_eq!(flag(parameter), flag(first), "--{}", parameter.name);
        }
    }

    #[test]
    fn a_parameter_implies_one_kind() {
        let implying: Vec<&str> = kinds()
            .flat_map(|kind| kind.parameters)
            .filter(|parameter| parameter.implies)
            .map(|parameter| parameter.name)
            .collect();
        for (index, name) in implying.iter().enumerate() {
            assert!(!implying[..index].contains(name), "{name}");
        }
    }
}
