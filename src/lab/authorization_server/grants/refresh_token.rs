//! A refresh token, which is spent by it (RFC 6749 §6, RFC 9700 §4.14.2).

use super::Grant;
use super::Granted;
use super::bound_to;
use crate::lab::authorization::Authorization;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::authorization_server::scope;
use crate::lab::oauth_clients::Client;
use crate::lab::sessions::NotRefreshed;

pub(super) const GRANT: Grant = Grant {
    grant_type: "refresh_token",
    client: None,
    answer,
};

fn answer(asked: &Asked, form: &Form, client: &'static Client) -> Result<Granted, Refusal> {
    let token = form
        .get("refresh_token")
        .ok_or_else(|| Refusal::invalid_request("refresh_token is missing"))?;
    let sessions = &asked.world.sessions;
    // Before it is spent: a request that is refused for its scope may be sent again.
    let narrowed = match sessions.authorization(token) {
        Some(held) => narrowed(form.get("scope"), &held)?,
        None => Vec::new(),
    };
    let (held, session) = sessions
        .refresh(token, Some(client.id))
        .map_err(|problem| {
            Refusal::invalid_grant(match problem {
                NotRefreshed::Unknown => "the refresh token is unknown",
                NotRefreshed::AnotherClient => "the refresh token is another client's",
                NotRefreshed::Reused => {
                    "the refresh token was spent before, so its session is closed"
                }
            })
        })?;
    let authorization = Authorization {
        scopes: narrowed,
        thumbprint: bound_to(asked, client),
        ..held
    };
    Ok(Granted::in_session(authorization, session))
}

/// RFC 6749 §6: no scope that was not granted at first.
fn narrowed(asked: Option<&str>, held: &Authorization) -> Result<Vec<&'static str>, Refusal> {
    let beyond = asked.unwrap_or_default().split_whitespace();
    if beyond.clone().any(|scope| !held.scopes.contains(&scope)) {
        let words = "a scope was not granted with the refresh token";
        return Err(Refusal::invalid_scope(words));
    }
    scope::granted(asked, &held.scopes)
}
