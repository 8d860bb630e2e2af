//! Which client is asking, and whether it is (RFC 6749 §2.3).
//!
//! To add a method: a file in `client_authentication/` and a row in [`METHODS`].

use super::asked::Asked;
use super::form::Form;
use super::refusal::Refusal;
use crate::lab::oauth_clients::Client;

mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod none;
mod private_key_jwt;
mod tls_client_auth;

/// One way to authenticate.
pub(super) struct Method {
    /// As the registry of RFC 7591 §2 has it.
    pub name: &'static str,
    /// Whether the request has what the method sends.
    attempted: fn(&Asked, &Form) -> bool,
    /// # Errors
    /// invalid_client for a client that is unknown or of another method, and for a wrong proof.
    authenticate: fn(&Asked, &Form) -> Result<&'static Client, Refusal>,
}

pub(super) const METHODS: &[Method] = &[
    client_secret_basic::METHOD,
    client_secret_post::METHOD,
    client_secret_jwt::METHOD,
    private_key_jwt::METHOD,
    tls_client_auth::METHOD,
    none::METHOD,
];

/// The client of a request. How it authenticated is noted for `/stats`.
///
/// # Errors
/// invalid_client, or invalid_request if it tries more than one way (RFC 6749 §2.3).
pub(super) fn authenticate(asked: &Asked, form: &Form) -> Result<&'static Client, Refusal> {
    let mut attempted = METHODS
        .iter()
        .filter(|method| (method.attempted)(asked, form));
    let Some(method) = attempted.next() else {
        return Err(Refusal::invalid_client("the client does not authenticate"));
    };
    if attempted.next().is_some() {
        let words = "the client authenticates in more than one way";
        return Err(Refusal::invalid_request(words));
    }
    let client = (method.authenticate)(asked, form)?;
    let path = asked.request.uri().path();
    asked
        .world
        .statistics
        .note_client_authentication(path, method.name);
    Ok(client)
}

/// Whether the request has anything that proves a client.
fn has_proof(asked: &Asked, form: &Form) -> bool {
    asked.headers().contains_key(http::header::AUTHORIZATION)
        || form.get("client_secret").is_some()
        || form.get("client_assertion").is_some()
}

/// The same words for an unknown client and for a wrong proof.
fn refused() -> Refusal {
    Refusal::invalid_client("the client is unknown, or its authentication is wrong")
}

#[cfg(test)]
mod tests;
