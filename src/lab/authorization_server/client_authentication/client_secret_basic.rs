//! `Authorization: Basic` with id and secret, form-encoded before they are joined (RFC 6749 §2.3.1).

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::header::AUTHORIZATION;

use super::Method;
use super::refused;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::form::decode;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;

pub(super) const METHOD: Method = Method {
    name: "client_secret_basic",
    attempted: |asked, _| asked.headers().contains_key(AUTHORIZATION),
    authenticate,
};

fn authenticate(asked: &Asked, form: &Form) -> Result<&'static Client, Refusal> {
    let (id, secret) = credentials(asked).ok_or_else(|| {
        Refusal::invalid_client("authorization is not Basic with form-encoded id and secret")
    })?;
    if form.get("client_id").is_some_and(|other| other != id) {
        let words = "client_id is not that of authorization";
        return Err(Refusal::invalid_request(words));
    }
    oauth_clients::find(&id)
        .filter(|client| matches!(client.proof, Proof::Secret(known) if known == secret))
        .ok_or_else(refused)
}

fn credentials(asked: &Asked) -> Option<(String, String)> {
    let value = asked.headers().get(AUTHORIZATION)?.to_str().ok()?;
    let (scheme, encoded) = value.split_once(' ')?;
    if !scheme.eq_ignore_ascii_case("basic") {
        return None;
    }
    let decoded = String::from_utf8(STANDARD.decode(encoded.trim()).ok()?).ok()?;
    let (id, secret) = decoded.split_once(':')?;
    Some((decode(id)?, decode(secret)?))
}
