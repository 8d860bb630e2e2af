//! `api-key`: a key under any metadata name, `x-api-key` unless told otherwise.

use crate::authenticate::CallCredential;
use crate::authenticate::NotObtained;
use crate::authenticate::Prepared;
use crate::authenticate::call_credentials::TOKEN;
use crate::authenticate::sensitive;
use crate::identity::CredentialSpec;
use crate::identity::kind::CredentialKind;
use crate::identity::kind::CredentialParameter;
use crate::metadata;

pub(crate) const KIND: CredentialKind = CredentialKind {
    name: "api-key",
    summary: "a key, sent as `x-api-key: …` or under the name given",
    noun: "API key",
    exposed: "an API key",
    is_token: false,
    goes_beside: true,
    flag_hint: "--api-key SRC",
    key: ("api-key-name", "x-api-key"),
    parameters: &[
        CredentialParameter::secret(
            "api-key",
            "value",
            "Send an API key; may go together with a bearer token",
        )
        .required()
        .implies(),
        CredentialParameter::text(
            "api-key-name",
            "name",
            "KEY",
            "The metadata key that carries the API key",
        ),
    ],
    ..TOKEN
};

pub(super) fn prepare(spec: &CredentialSpec) -> Result<Option<Prepared>, NotObtained> {
    Ok(Some(Prepared::ready(obtain(spec)?)))
}

fn obtain(spec: &CredentialSpec) -> Result<CallCredential, NotObtained> {
    let (secret, source) = spec.secret("api-key").ok_or(NotObtained::Missing {
        kind: KIND.name,
        parameter: "api-key",
    })?;
    let malformed = |what: String| NotObtained::Malformed {
        kind: KIND.name,
        what,
    };
    let name = spec.text("api-key-name").unwrap_or(KIND.key.1);
    let key = metadata::parse_key(name).map_err(|error| malformed(error.to_string()))?;
    let value = sensitive(KIND.name, secret.expose().trim())?;
    let source = source.to_string();
    Ok(CallCredential::given(
        KIND.name,
        source,
        (key, value),
        secret.clone(),
    ))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::identity::Parameter;
    use crate::identity::Value;
    use crate::secret::Secret;

    fn api_key(name: Option<&str>, key: &str) -> CredentialSpec {
        let mut parameters = vec![Parameter {
            name: "api-key",
            value: Value::Secret {
                secret: Secret::new(key),
                source: "env:K".parse().unwrap(),
            },
        }];
        parameters.extend(name.map(|name| Parameter {
            name: "api-key-name",
            value: Value::Text(name.into()),
        }));
        CredentialSpec {
            kind: "api-key".into(),
            parameters,
        }
    }

    #[test]
    fn under_its_own_name_or_another() {
        for (name, key) in [
            (None, "x-api-key"),
            (Some("X-Goog-Api-Key"), "x-goog-api-key"),
        ] {
            let credential = obtain(&api_key(name, "k-1")).unwrap();
            assert_eq!(
                (credential.key.as_str(), credential.value.to_str().unwrap()),
                (key, "k-1")
            );
        }
    }

    #[test]
    fn a_reserved_name_and_an_unsendable_key_are_refused() {
        assert!(obtain(&api_key(Some("grpc-x"), "k")).is_err());
        assert!(obtain(&api_key(None, "k\u{1}")).is_err());
    }
}
