//! `bearer`: `authorization: Bearer TOKEN` (RFC 6750 §2.1).

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::HEADER_NAME;
use crate::authenticate::call_credentials::SCHEME;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::header_name;
use crate::authenticate::program::TIME_LIMIT;
use crate::authenticate::secret_reader;
use crate::authenticate::sensitive;
use crate::identity::CredentialSpec;
use crate::identity::Parameter;
use crate::identity::Value;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::jwt::mistaken::mistaken;
use crate::secret::Secret;
use crate::secret::SecretSource;

pub(crate) const KIND: CredentialKind = CredentialKind {
    name: "bearer",
    summary: "a token, sent as `authorization: Bearer …`",
    exposed: "a bearer token",
    flag_hint: "--token SRC",
    parameters: &[
        CredentialParameter::secret("token", "token", "Send a bearer token")
            .required()
            .implies(),
        SCHEME,
        HEADER_NAME,
    ],
    ..TOKEN
};

pub(super) fn prepare(spec: &CredentialSpec) -> Result<Option<Prepared>, NotObtained> {
    let credential = obtain(spec)?;
    Ok(Some(match spec.secret("token") {
        Some((_, SecretSource::File(_))) => Prepared::from_file(credential, spec),
        _ => Prepared::ready(credential),
    }))
}

fn obtain(spec: &CredentialSpec) -> Result<CallCredential, NotObtained> {
    let (secret, source) = spec.secret("token").ok_or(NotObtained::Missing {
        kind: KIND.name,
        parameter: "token",
    })?;
    let malformed = |what: String| NotObtained::Malformed {
        kind: KIND.name,
        what,
    };
    let scheme = spec.text("scheme").unwrap_or("Bearer");
    let (token, mut notices) = without_scheme(secret.expose(), scheme);
    if let Some(other) = mistaken(token) {
        let file = match source {
            SecretSource::File(path) => path.to_str(),
            _ => None,
        };
        let (what, remedy) = (other.what(), other.remedy(file));
        if other.is_unsendable() {
            return Err(NotObtained::Mistaken { what, remedy });
        }
        notices.push(format!(
            "the token in {source} is sent as it is, but {what}; {remedy}"
        ));
    }
    if token.is_empty() {
        return Err(malformed("there is no token after the scheme".into()));
    }
    if token.chars().any(char::is_whitespace) {
        return Err(malformed("it has a space or line end inside".into()));
    }
    let key = header_name(KIND.name, spec)?;
    let value = sensitive(KIND.name, format!("{scheme} {token}").trim_start())?;
    let source = source.to_string();
    Ok(CallCredential {
        scheme: (!scheme.is_empty()).then(|| scheme.to_owned()),
        notices,
        ..CallCredential::given(KIND.name, source, (key, value), Secret::new(token))
    })
}

/// The credential with its file read again: those who write tokens into files replace them in time.
/// `None`: the file can no longer be read, or holds no token.
pub(crate) fn read_again(spec: &CredentialSpec) -> Option<CallCredential> {
    let (_, source) = spec.secret("token")?;
    // Never a variable, whose value stays as it was when the process began.
    let read = secret_reader::read(source, |_| None, TIME_LIMIT).ok()?;
    let parameters = spec
        .parameters
        .iter()
        .map(|parameter| match parameter.name {
            "token" => Parameter {
                name: "token",
                value: Value::Secret {
                    secret: read.secret.clone(),
                    source: source.clone(),
                },
            },
            _ => parameter.clone(),
        });
    let spec = CredentialSpec {
        kind: spec.kind.clone(),
        parameters: parameters.collect(),
    };
    obtain(&spec).ok()
}

/// A token file that holds `Bearer TOKEN` is the commonest mistake: the server would see it twice.
fn without_scheme<'a>(text: &'a str, scheme: &str) -> (&'a str, Vec<String>) {
    let text = text.trim();
    let doubled = text.split_once(' ').filter(|(first, _)| {
        first.eq_ignore_ascii_case("bearer") || first.eq_ignore_ascii_case(scheme)
    });
    match doubled {
        Some((first, token)) => (
            token.trim(),
            vec![format!(
                "the token's own `{first} ` was taken off; the scheme is added when it is sent"
            )],
        ),
        None if text.eq_ignore_ascii_case(scheme) => ("", Vec::new()),
        None => (text, Vec::new()),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn bearer(token: &str, others: &[(&'static str, &str)]) -> CredentialSpec {
        let mut parameters = vec![Parameter {
            name: "token",
            value: Value::Secret {
                secret: Secret::new(token),
                source: "env:T".parse().unwrap(),
            },
        }];
        parameters.extend(others.iter().map(|(name, text)| Parameter {
            name,
            value: Value::Text((*text).to_owned()),
        }));
        CredentialSpec {
            kind: "bearer".into(),
            parameters,
        }
    }

    #[test]
    fn the_value_on_the_wire() {
        for (token, others, key, value, notices) in [
            ("abc", &[][..], "authorization", "Bearer abc", 0),
            ("Bearer abc", &[], "authorization", "Bearer abc", 1),
            ("bearer abc", &[], "authorization", "Bearer abc", 1),
            (
                "abc",
                &[("scheme", "Token")],
                "authorization",
                "Token abc",
                0,
            ),
            (
                "abc",
                &[("scheme", ""), ("header-name", "Token")],
                "token",
                "abc",
                0,
            ),
        ] {
            let credential = obtain(&bearer(token, others)).unwrap();
            assert_eq!(credential.key.as_str(), key);
            assert_eq!(credential.value.to_str().unwrap(), value);
            assert_eq!(credential.secret.expose(), "abc");
            assert_eq!(credential.notices.len(), notices);
            assert!(credential.value.is_sensitive());
        }
    }

    #[test]
    fn what_stands_in_the_place_of_a_token_is_named_before_it_is_sent() {
        for (text, told) in [
            (
                r#"{"access_token":"abc"}"#,
                "JSON answer of a token endpoint",
            ),
            ("-----BEGIN CERTIFICATE-----\nMIIE", "PEM"),
            ("eyJhbGciOiJIUzI1NiJ9.eyJzdWIi\nOiJhIn0.c2ln", "line ends"),
        ] {
            let NotObtained::Mistaken { what, .. } = obtain(&bearer(text, &[])).unwrap_err() else {
                panic!("{text}");
            };
            assert!(what.contains(told) && !what.contains("abc"), "{what}");
        }
        for (text, told) in [
            ("\"abc\"", Some("quotes")),
            ("Bearer%20abc", Some("URL-encoded")),
            ("a%2Eb", None),
        ] {
            let notices = obtain(&bearer(text, &[])).unwrap().notices;
            assert_eq!(notices.len(), usize::from(told.is_some()), "{notices:?}");
            assert!(
                notices.concat().contains(told.unwrap_or_default()),
                "{notices:?}"
            );
            assert!(!notices.concat().contains(text), "{notices:?}");
        }
    }

    #[test]
    fn what_cannot_be_a_token_is_refused_without_repeating_it() {
        for (token, others) in [
            ("Bearer ", &[][..]),
            ("two words", &[]),
            ("line\nend", &[]),
            ("t\u{e9}", &[]),
            ("abc", &[("header-name", "grpc-timeout")]),
        ] {
            let refusal = obtain(&bearer(token, others)).unwrap_err();
            assert!(
                matches!(refusal, NotObtained::Malformed { .. }),
                "{token:?}"
            );
            assert!(!format!("{refusal:?}").contains("two words"));
        }
    }
}
