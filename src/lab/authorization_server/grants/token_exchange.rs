//! One of the lab's tokens for another (RFC 8693).

use super::Grant;
use super::Granted;
use super::authorize;
use crate::lab::api_keys;
use crate::lab::authorization::Authorization;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::oauth_clients::Client;
use crate::lab::tokens::Verified;
use crate::lab::users::Role;

const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const JWT: &str = "urn:ietf:params:oauth:token-type:jwt";

pub(super) const GRANT: Grant = Grant {
    grant_type: "urn:ietf:params:oauth:grant-type:token-exchange",
    client: None,
    answer,
};

fn answer(asked: &Asked, form: &Form, client: &'static Client) -> Result<Granted, Refusal> {
    let subject = shown(asked, form, "subject_token", "subject_token_type")?
        .ok_or_else(|| Refusal::invalid_request("subject_token is missing"))?;
    let actor = shown(asked, form, "actor_token", "actor_token_type")?;
    let issued = match form.get("requested_token_type").unwrap_or(ACCESS_TOKEN) {
        ACCESS_TOKEN => ACCESS_TOKEN,
        JWT => JWT,
        _ => {
            let words = "the lab issues access tokens and JWTs alone";
            return Err(Refusal::invalid_request(words));
        }
    };
    let holder = Authorization {
        actor: actor.map(|actor| actor.caller.subject),
        ..held(&subject)
    };
    Ok(Granted {
        // RFC 8693 §2.2.1: what is no access token is of no type that could be sent as one.
        token_type: if issued == JWT { "N_A" } else { "Bearer" },
        issued_token_type: Some(issued),
        ..Granted::once(authorize(asked, form, client, holder)?)
    })
}

/// The token in a parameter, if it is there, with its type beside it (RFC 8693 §2.1).
fn shown(
    asked: &Asked,
    form: &Form,
    token: &'static str,
    kind: &'static str,
) -> Result<Option<Verified>, Refusal> {
    match (form.get(token), form.get(kind)) {
        (None, None) => Ok(None),
        (Some(token), Some(ACCESS_TOKEN | JWT)) => asked
            .world
            .verify_for_any(token)
            .map(Some)
            .map_err(|problem| Refusal::invalid_request(problem.to_string())),
        (Some(_), Some(_)) => {
            let words = format!("{kind} is neither {ACCESS_TOKEN} nor {JWT}");
            Err(Refusal::invalid_request(words))
        }
        _ => {
            let words = format!("{token} and {kind} go together");
            Err(Refusal::invalid_request(words))
        }
    }
}

/// What a token stands for: its scopes, or its role's where it has none.
fn held(token: &Verified) -> Authorization {
    let all = Authorization::of(&token.caller.subject, token.caller.role);
    let named = token.claims.scopes();
    let scopes = api_keys::permissions_of(Role::Admin)
        .iter()
        .copied()
        .filter(|scope| all.scopes.contains(scope) && (named.is_empty() || named.contains(scope)))
        .collect();
    Authorization { scopes, ..all }
}
