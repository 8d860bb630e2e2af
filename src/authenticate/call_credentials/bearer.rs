//! `bearer`: `authorization: Bearer TOKEN` (RFC 6750 §2.1).

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Obtained;
use crate::authenticate::call_credentials::Kind;
use crate::authenticate::call_credentials::KindParameter;
use crate::authenticate::sensitive;
use crate::identity::CredentialSpec;
use crate::metadata;
use crate::secret::Secret;

pub const KIND: Kind = Kind {
    name: "bearer",
    summary: "a token, sent as `authorization: Bearer …`",
    parameters: &[
        KindParameter {
            name: "token",
            required: true,
            secret: true,
        },
        KindParameter {
            name: "scheme",
            required: false,
            secret: false,
        },
        KindParameter {
            name: "header-name",
            required: false,
            secret: false,
        },
    ],
    obtain,
};

fn obtain(spec: &CredentialSpec) -> Result<Option<CallCredential>, NotObtained> {
    let (secret, source) = spec.secret("token").ok_or(NotObtained::Missing {
        kind: KIND.name,
        parameter: "token",
    })?;
    let malformed = |what: String| NotObtained::Malformed {
        kind: KIND.name,
        what,
    };
    let scheme = spec.text("scheme").unwrap_or("Bearer");
    let (token, notices) = without_scheme(secret.expose(), scheme);
    if token.is_empty() {
        return Err(malformed("there is no token after the scheme".into()));
    }
    if token.chars().any(char::is_whitespace) {
        return Err(malformed("it has a space or line end inside".into()));
    }
    let key = match spec.text("header-name") {
        None => http::header::AUTHORIZATION,
        Some(name) => metadata::parse_key(name).map_err(|error| malformed(error.to_string()))?,
    };
    Ok(Some(CallCredential {
        kind: KIND.name,
        source: source.to_string(),
        scheme: (!scheme.is_empty()).then(|| scheme.to_owned()),
        value: sensitive(KIND.name, format!("{scheme} {token}").trim_start())?,
        key,
        secret: Secret::new(token),
        obtained: Obtained::Given,
        notices,
    }))
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
    use crate::identity::Parameter;
    use crate::identity::Value;

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
            let credential = obtain(&bearer(token, others)).unwrap().unwrap();
            assert_eq!(credential.key.as_str(), key);
            assert_eq!(credential.value.to_str().unwrap(), value);
            assert_eq!(credential.secret.expose(), "abc");
            assert_eq!(credential.notices.len(), notices);
            assert!(credential.value.is_sensitive());
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
