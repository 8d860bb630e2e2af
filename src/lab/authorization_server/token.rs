//! `POST /token` (RFC 6749 §3.2).

use serde_json::Value;
use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::asked::Asked;
use super::client_authentication;
use super::grants::GRANTS;
use super::grants::Granted;
use super::refusal::Refusal;
use crate::lab::tokens::LIFETIME;

/// 200 with tokens (RFC 6749 §5.1), else an error (§5.2).
pub(super) fn answer(asked: &Asked) -> Answer {
    grant(asked).map_or_else(Answer::from, |granted| {
        json_document(&document(asked, &granted))
    })
}

fn grant(asked: &Asked) -> Result<Granted, Refusal> {
    let form = asked.form()?;
    let name = form
        .get("grant_type")
        .ok_or_else(|| Refusal::invalid_request("grant_type is missing"))?;
    let grant = GRANTS
        .iter()
        .find(|grant| grant.grant_type == name)
        .ok_or_else(|| Refusal::new("unsupported_grant_type", "the lab has no such grant_type"))?;
    let path = asked.request.uri().path();
    asked.world.statistics.note_grant(path, grant.grant_type);
    let client = match grant.client.and_then(|client| client(asked, &form)) {
        Some(client) => client,
        None => client_authentication::authenticate(asked, &form)?,
    };
    if !client.grants.contains(&grant.word()) {
        let words = "the client may not use this grant_type";
        return Err(Refusal::new("unauthorized_client", words));
    }
    (grant.answer)(asked, &form, client)
}

fn document(asked: &Asked, granted: &Granted) -> Value {
    let world = asked.world;
    let session = granted.session.as_ref();
    let authorization = &granted.authorization;
    let token = world.tokens.issue(
        authorization,
        session.map(|session| session.id.as_str()),
        world.clock.now(),
    );
    let mut document = json!({
        "access_token": token,
        "token_type": granted.token_type,
        "expires_in": LIFETIME.whole_seconds(),
        "scope": authorization.scope(),
    });
    if let Some(session) = session {
        document["refresh_token"] = Value::from(session.refresh_token.as_str());
    }
    if let Some(issued) = granted.issued_token_type {
        document["issued_token_type"] = Value::from(issued);
    }
    document
}
