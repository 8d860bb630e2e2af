//! An assertion that the client signed for itself or for a user who trusts it (RFC 7523 §2.1).

use super::Grant;
use super::Granted;
use super::authorize;
use crate::jwt::Decoded;
use crate::lab::authorization::Authorization;
use crate::lab::authorization_server::asked::Asked;
use crate::lab::authorization_server::assertion;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Client;
use crate::lab::users::Role;
use crate::lab::users::USERS;

pub(super) const GRANT: Grant = Grant {
    grant_type: "urn:ietf:params:oauth:grant-type:jwt-bearer",
    client: Some(issuer),
    answer,
};

/// RFC 7521 §4.1: the client need not authenticate beside it. Then it is who signed.
fn issuer(asked: &Asked, form: &Form) -> Option<&'static Client> {
    let authenticates = form.get("client_id").is_some()
        || form.get("client_assertion").is_some()
        || asked.headers().contains_key(http::header::AUTHORIZATION);
    if authenticates {
        return None;
    }
    let decoded = Decoded::read(form.get("assertion")?).ok()?;
    oauth_clients::find(decoded.issuer()?)
}

fn answer(asked: &Asked, form: &Form, client: &'static Client) -> Result<Granted, Refusal> {
    let assertion = form
        .get("assertion")
        .ok_or_else(|| Refusal::invalid_request("assertion is missing"))?;
    let decoded = assertion::verify(asked, assertion, client).map_err(Refusal::invalid_grant)?;
    let subject = decoded.subject().unwrap_or_default();
    let holder = match USERS.iter().find(|user| user.name == subject) {
        Some(user) => Authorization::of_user(user),
        None if subject == client.id => Authorization::of(client.id, Role::Admin),
        None => {
            let words = "the assertion's sub is neither a user nor the client";
            return Err(Refusal::invalid_grant(words));
        }
    };
    authorize(asked, form, client, holder).map(Granted::once)
}
