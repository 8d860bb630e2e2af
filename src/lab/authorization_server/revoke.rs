//! `POST /revoke` (RFC 7009).

use http::StatusCode;

use super::answer::Answer;
use super::answer::text;
use super::asked::Asked;
use super::client_authentication;
use super::refusal::Refusal;

/// 200 for a token that is gone, whether or not it was there (RFC 7009 §2.2).
pub(super) fn answer(asked: &Asked) -> Answer {
    revoke(asked).map_or_else(Answer::from, |()| text(StatusCode::OK, ""))
}

/// An access token goes alone, a refresh token with its session. `token_type_hint` is not needed: the
/// lab tells them apart.
fn revoke(asked: &Asked) -> Result<(), Refusal> {
    let form = asked.form()?;
    let client = client_authentication::authenticate(asked, &form)?;
    let token = form
        .get("token")
        .ok_or_else(|| Refusal::invalid_request("token is missing"))?;
    let sessions = &asked.world.sessions;
    sessions.close(token, Some(client.id));
    if let Ok(verified) = asked.world.verify_for_any(token) {
        // RFC 7009 §2.1: a client revokes its own tokens alone.
        if verified.claims.claims["client_id"].as_str() != Some(client.id) {
            let words = "the token is another client's";
            return Err(Refusal::new("unauthorized_client", words));
        }
        if let Some(id) = &verified.caller.token_id {
            sessions.revoke(id);
        }
    }
    Ok(())
}
