//! `POST /introspect` (RFC 7662).

use serde_json::Value;
use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::asked::Asked;
use super::client_authentication;
use super::refusal::Refusal;
use crate::lab::oauth_clients::Proof;

/// 200 with `active`, and what a token stands for if it is; an error only for the client.
pub(super) fn answer(asked: &Asked) -> Answer {
    introspect(asked).map_or_else(Answer::from, |found| json_document(&found))
}

fn introspect(asked: &Asked) -> Result<Value, Refusal> {
    let form = asked.form()?;
    let client = client_authentication::authenticate(asked, &form)?;
    // RFC 7662 §4: not for anybody, who could try tokens out.
    if client.proof == Proof::Nothing {
        let words = "a public client may not introspect";
        return Err(Refusal::invalid_client(words));
    }
    let token = form
        .get("token")
        .ok_or_else(|| Refusal::invalid_request("token is missing"))?;
    if let Some(authorization) = asked.world.sessions.authorization(token) {
        return Ok(json!({
            "active": true,
            "scope": authorization.scope(),
            "client_id": authorization.client,
            "sub": authorization.subject,
        }));
    }
    // RFC 7662 §2.2: why one is not active is not told.
    let Ok(verified) = asked.world.verify_for_any(token) else {
        return Ok(json!({ "active": false }));
    };
    let mut found = verified.claims.claims;
    found["active"] = Value::from(true);
    found["token_type"] = Value::from("Bearer");
    Ok(found)
}
