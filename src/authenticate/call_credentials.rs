//! The kinds of call credential. To add one: a file beside these, and its row in [`ALL`].

pub mod api_key;
pub mod basic;
pub mod bearer;
mod exec;
mod jwt;
mod login;
pub mod login_rpc;
pub mod none;
mod oauth;

use std::sync::Arc;

use http::header::HeaderName;

use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::cache::Cache;
use crate::authenticate::setting::Setting;
use crate::identity::CredentialSpec;
use crate::metadata;

/// A kind of call credential: what it is called, what it needs, how it is obtained.
#[derive(Debug)]
pub struct CredentialKind {
    pub name: &'static str,
    /// One line for help and documentation.
    pub summary: &'static str,
    pub parameters: &'static [CredentialParameter],
    pub prepare: Prepare,
}

/// How a specification becomes a credential.
#[derive(Debug)]
pub enum Prepare {
    /// From its parameters alone; nothing for `none`.
    AsGiven(fn(&CredentialSpec) -> Result<Option<Prepared>, NotObtained>),
    /// It is fetched.
    Fetched(fn(&CredentialSpec, &Setting) -> Result<Prepared, NotObtained>),
}

impl CredentialKind {
    /// Whether it needs a [`Setting`].
    pub fn is_fetched(&self) -> bool {
        matches!(self.prepare, Prepare::Fetched(_))
    }

    /// The parameter that its flag names.
    pub fn parameter(&self, name: &str) -> Option<&'static CredentialParameter> {
        self.parameters
            .iter()
            .find(|parameter| parameter.name == name)
    }
}

/// A parameter that a kind takes.
#[derive(Debug)]
pub struct CredentialParameter {
    /// As its flag is called, without dashes.
    pub name: &'static str,
    /// As it is called in a profile or a suite.
    pub key: &'static str,
    pub form: Form,
    pub required: bool,
    /// Giving it is enough to mean this kind.
    pub implies: bool,
    /// It says where secrets are sent: a flag that changes it drops the secrets of a profile.
    pub endpoint: bool,
}

/// What a parameter's value is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Form {
    Text,
    /// Several texts.
    List,
    /// A reference to a secret.
    Secret,
    /// The data of a login: JSON, or a form.
    Body,
    /// A program and its arguments, split as POSIX does and not expanded.
    Words,
}

impl CredentialParameter {
    /// A text; its key in a profile is `key`.
    pub const fn text(name: &'static str, key: &'static str) -> Self {
        Self {
            name,
            key,
            form: Form::Text,
            required: false,
            implies: false,
            endpoint: false,
        }
    }

    pub const fn list(name: &'static str, key: &'static str) -> Self {
        Self {
            form: Form::List,
            ..Self::text(name, key)
        }
    }

    pub const fn secret(name: &'static str, key: &'static str) -> Self {
        Self {
            form: Form::Secret,
            ..Self::text(name, key)
        }
    }

    pub const fn body(name: &'static str, key: &'static str) -> Self {
        Self {
            form: Form::Body,
            ..Self::text(name, key)
        }
    }

    pub const fn words(name: &'static str, key: &'static str) -> Self {
        Self {
            form: Form::Words,
            ..Self::text(name, key)
        }
    }

    #[must_use]
    pub const fn required(self) -> Self {
        Self {
            required: true,
            ..self
        }
    }

    #[must_use]
    pub const fn implies(self) -> Self {
        Self {
            implies: true,
            ..self
        }
    }

    #[must_use]
    pub const fn endpoint(self) -> Self {
        Self {
            endpoint: true,
            ..self
        }
    }
}

/// The word before a token, and the metadata key that carries both.
pub const SCHEME: CredentialParameter = CredentialParameter::text("scheme", "scheme");
pub const HEADER_NAME: CredentialParameter =
    CredentialParameter::text("header-name", "header_name");
/// Where the token stands in a login's answer.
pub const TOKEN_PTR: CredentialParameter = CredentialParameter::text("token-ptr", "token");
pub const USER: CredentialParameter = CredentialParameter::text("user", "user");
pub const PASSWORD: CredentialParameter = CredentialParameter::secret("password", "password");

/// Every kind, in the order in which help lists them.
pub const ALL: &[&CredentialKind] = &[
    &none::KIND,
    &bearer::KIND,
    &basic::KIND,
    &api_key::KIND,
    &login::KIND,
    &login_rpc::KIND,
    &oauth::KIND,
    &jwt::KIND,
    &exec::KIND,
];

/// The kind of this name.
pub fn find(name: &str) -> Option<&'static CredentialKind> {
    ALL.iter().copied().find(|kind| kind.name == name)
}

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
        for kind in ALL {
            for (index, parameter) in kind.parameters.iter().enumerate() {
                for other in &kind.parameters[..index] {
                    assert_ne!(parameter.name, other.name, "{}", kind.name);
                    assert_ne!(parameter.key, other.key, "{}", kind.name);
                }
            }
        }
    }

    #[test]
    fn a_parameter_implies_one_kind() {
        let implying: Vec<&str> = ALL
            .iter()
            .flat_map(|kind| kind.parameters)
            .filter(|parameter| parameter.implies)
            .map(|parameter| parameter.name)
            .collect();
        for (index, name) in implying.iter().enumerate() {
            assert!(!implying[..index].contains(name), "{name}");
        }
    }
}
