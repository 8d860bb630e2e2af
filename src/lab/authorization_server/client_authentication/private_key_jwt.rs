//! An assertion signed with the client's private key (RFC 7523 §2.2).

use super::Method;
use super::refused;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::assertion;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Client;
use crate::lab::oauth_clients::Proof;

/// The only `client_assertion_type` with a JWT.
const TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

pub(super) const METHOD: Method = Method {
    name: "private_key_jwt",
    attempted: |_, form| {
        let assertion = form.get("client_assertion");
        assertion.is_some_and(|it| !assertion::is_symmetric(it))
    },
    authenticate: |asked, form| {
        authenticate_by_assertion(asked, form, |proof| matches!(proof, Proof::PrivateKey))
    },
};

/// The client that signed, if it has this kind of proof.
pub(super) fn authenticate_by_assertion(
    asked: &Asked,
    form: &Form,
    has_key: fn(Proof) -> bool,
) -> Result<&'static Client, Refusal> {
    if form.get("client_assertion_type") != Some(TYPE) {
        let words = format!("client_assertion_type is not {TYPE}");
        return Err(Refusal::invalid_request(words));
    }
    let text = form.get("client_assertion").unwrap_or_default();
    let subject = crate::jwt::Decoded::read(text)
        .ok()
        .and_then(|decoded| decoded.subject().map(str::to_owned))
        .ok_or_else(|| Refusal::invalid_client("the assertion is not a JWT with a sub"))?;
    if form.get("client_id").is_some_and(|other| other != subject) {
        let words = "client_id is not the assertion's sub";
        return Err(Refusal::invalid_client(words));
    }
    let client = oauth_clients::find(&subject)
        .filter(|client| has_key(client.proof))
        .ok_or_else(refused)?;
    // RFC 7523 §3: iss and sub are both the client.
    assertion::verify(asked, text, client).map_err(Refusal::invalid_client)?;
    Ok(client)
}
