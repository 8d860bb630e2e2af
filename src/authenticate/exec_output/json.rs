//! JSON that a credential program printed: Kubernetes', Docker's, or a token under a usual name.

use serde_json::Map;
use serde_json::Value;

use super::ExecToken;
use super::Fault;
use super::expiry;
use super::secret;
use super::shown;
use crate::peer_text::PeerText;

/// The keys that a token stands under. Several may be there when they say the same.
pub const TOKEN_NAMES: &[&str] = &["access_token", "accessToken", "token", "authorizationToken"];
/// Taken when none of the others is there: beside an access token it is for the client, not for servers.
const ID_TOKEN_NAMES: &[&str] = &["id_token", "idToken"];
/// What a Docker helper gives as the user when the secret is a token.
const DOCKER_TOKEN_USER: &str = "<token>";

const EXEC_VERSIONS: &[&str] = &[
    "client.authentication.k8s.io/v1",
    "client.authentication.k8s.io/v1beta1",
];

pub(super) fn parse(text: &str) -> Result<ExecToken, Fault> {
    let value = serde_json::from_str(text).map_err(|error| Fault::NotJson {
        line: error.line(),
        column: error.column(),
    })?;
    match value {
        Value::Object(object) if object.get("kind").is_some_and(|it| it == "ExecCredential") => {
            exec_credential(&object)
        }
        Value::Object(object) if object.contains_key("Secret") => docker(&object),
        Value::Object(object) => named(&object),
        // `az … --query accessToken` quotes it.
        Value::String(text) => Ok(ExecToken {
            secret: Some(match secret("token", &text) {
                Err(Fault::NotAString(_)) => return Err(Fault::Empty),
                Err(_) => return Err(Fault::ControlCharacter(None)),
                Ok(secret) => secret,
            }),
            ..ExecToken::default()
        }),
        _ => Err(Fault::NotAnObject),
    }
}

/// `client.authentication.k8s.io`: a token, a client certificate, or both in `status`.
fn exec_credential(object: &Map<String, Value>) -> Result<ExecToken, Fault> {
    let version = object.get("apiVersion").and_then(Value::as_str);
    if !version.is_some_and(|version| EXEC_VERSIONS.contains(&version)) {
        return Err(Fault::UnknownVersion);
    }
    let Some(status) = object.get("status").and_then(Value::as_object) else {
        return Err(Fault::NoSecret { keys: keys(object) });
    };
    let token = string(status, "token")?;
    let chain = string(status, "clientCertificateData")?;
    let key = string(status, "clientKeyData")?;
    let has_certificate = match (chain, key) {
        (Some(_), Some(_)) => true,
        (None, None) => false,
        (Some(_), None) => return Err(half("clientKeyData")),
        (None, Some(_)) => return Err(half("clientCertificateData")),
    };
    if token.is_none() && !has_certificate {
        return Err(Fault::NoSecret { keys: keys(status) });
    }
    let (expiry, unread_expiry) = expiry::find(status);
    Ok(ExecToken {
        secret: token.map(|token| secret("token", token)).transpose()?,
        expiry,
        unread_expiry,
        ..ExecToken::default()
    })
}

/// `{"ServerURL", "Username", "Secret"}`.
fn docker(object: &Map<String, Value>) -> Result<ExecToken, Fault> {
    let token = TOKEN_NAMES.iter().find(|name| object.contains_key(**name));
    if let Some(name) = token {
        return Err(Fault::Ambiguous("Secret", name));
    }
    let text = string(object, "Secret")?.ok_or(Fault::NotAString("Secret"))?;
    let username = string(object, "Username")?.filter(|name| *name != DOCKER_TOKEN_USER);
    Ok(ExecToken {
        secret: Some(secret("Secret", text)?),
        username: username.map(str::to_owned),
        ..ExecToken::default()
    })
}

fn named(object: &Map<String, Value>) -> Result<ExecToken, Fault> {
    let found = match one_of(object, TOKEN_NAMES)? {
        None => one_of(object, ID_TOKEN_NAMES)?,
        found => found,
    };
    let Some((name, text)) = found else {
        return Err(Fault::NoSecret { keys: keys(object) });
    };
    let refresh_token = string(object, "refresh_token")?;
    let (expiry, unread_expiry) = expiry::find(object);
    Ok(ExecToken {
        secret: Some(secret(name, text)?),
        expiry,
        refresh_token: refresh_token
            .map(|text| secret("refresh_token", text))
            .transpose()?,
        unread_expiry,
        ..ExecToken::default()
    })
}

/// The value that stands under one of these names, or the same one under several.
fn one_of<'a>(
    object: &'a Map<String, Value>,
    names: &[&'static str],
) -> Result<Option<(&'static str, &'a str)>, Fault> {
    let mut found: Option<(&'static str, &str)> = None;
    for name in names {
        match (found, string(object, name)?) {
            (None, Some(text)) => found = Some((name, text)),
            (Some((before, other)), Some(text)) if other != text => {
                return Err(Fault::Ambiguous(before, name));
            }
            _ => {}
        }
    }
    Ok(found)
}

/// A string that says something; `null` and absence are the same.
fn string<'a>(
    object: &'a Map<String, Value>,
    name: &'static str,
) -> Result<Option<&'a str>, Fault> {
    match object.get(name) {
        None | Some(Value::Null) => Ok(None),
        Some(Value::String(text)) if name == "Username" || !text.is_empty() => Ok(Some(text)),
        Some(_) => Err(Fault::NotAString(name)),
    }
}

fn half(missing: &'static str) -> Fault {
    Fault::HalfACertificate { missing }
}

fn keys(object: &Map<String, Value>) -> Vec<PeerText> {
    shown(object.keys().map(String::as_str))
}
