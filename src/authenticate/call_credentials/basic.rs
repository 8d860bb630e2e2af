//! `basic`: `authorization: Basic BASE64(user:password)` (RFC 7617).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::PASSWORD;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::call_credentials::USER;
use crate::authenticate::sensitive;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::secret::Secret;

pub(crate) const KIND: CredentialKind = CredentialKind {
    name: "basic",
    summary: "a user and a password, sent as `authorization: Basic …`",
    noun: "user and password",
    is_password: true,
    exposed: "a user's password",
    is_token: false,
    flag_hint: "--user NAME --password SRC",
    parameters: &[USER.required().implies(), PASSWORD.required()],
    ..TOKEN
};

pub(super) fn prepare(spec: &CredentialSpec) -> Result<Option<Prepared>, NotObtained> {
    Ok(Some(Prepared::ready(obtain(spec)?)))
}

fn obtain(spec: &CredentialSpec) -> Result<CallCredential, NotObtained> {
    let missing = |parameter| NotObtained::Missing {
        kind: KIND.name,
        parameter,
    };
    let user = spec.text("user").ok_or(missing("user"))?;
    let (password, source) = spec.secret("password").ok_or(missing("password"))?;
    if user.contains(':') {
        return Err(NotObtained::Malformed {
            kind: KIND.name,
            what: "a user name has no colon in it (RFC 7617 §2)".into(),
        });
    }
    // Known from here on, whether it is ever attached or not: the pair gives the password back.
    let encoded = Secret::new(STANDARD.encode(format!("{user}:{}", password.expose())));
    let value = sensitive(KIND.name, &format!("Basic {}", encoded.expose()))?;
    let entry = (http::header::AUTHORIZATION, value);
    Ok(CallCredential {
        scheme: Some("Basic".into()),
        ..CallCredential::given(KIND.name, source.to_string(), entry, password.clone())
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Parameter;
    use crate::identity::Value;

    fn basic(user: &str, password: &str) -> CredentialSpec {
        CredentialSpec {
            kind: "basic".into(),
            parameters: vec![
                Parameter {
                    name: "user",
                    value: Value::Text(user.into()),
                },
                Parameter {
                    name: "password",
                    value: Value::Secret {
                        secret: Secret::new(password),
                        source: "prompt".parse().unwrap(),
                    },
                },
            ],
        }
    }

    #[test]
    fn the_vector_of_rfc_7617() {
        let credential = obtain(&basic("Aladdin", "open sesame")).unwrap();
        assert_eq!(
            credential.value.to_str().unwrap(),
            "Basic QWxhZGRpbjpvcGVuIHNlc2FtZQ=="
        );
        let known = Secret::known_after(0);
        let is_pair = |secret: &Secret| secret.expose() == "QWxhZGRpbjpvcGVuIHNlc2FtZQ==";
        assert!(known.iter().any(is_pair));
    }

    #[test]
    fn a_colon_in_the_user_is_refused() {
        assert!(obtain(&basic("a:b", "c")).is_err());
    }
}
