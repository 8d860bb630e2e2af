//! How a client says who it is at a token endpoint (RFC 6749 §2.3). To add a method: a file beside these,
//! and its row in [`ALL`].

mod client_secret_basic;
mod client_secret_jwt;
mod client_secret_post;
mod none;
mod private_key_jwt;
mod tls_client_auth;

use http::HeaderName;
use http::HeaderValue;
use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;

use crate::jwt::signing::SigningKey;
use crate::secret::Secret;

/// A method, as the registry of token endpoint authentication methods names it.
#[derive(Debug)]
pub(crate) struct Method {
    pub name: &'static str,
    /// One line for help and documentation.
    pub summary: &'static str,
    /// The parameter without which it cannot be used.
    pub needs: Option<&'static str>,
    /// Adds to a request what proves the client.
    pub apply: fn(&Client, &Attempt<'_>, &mut Request) -> Result<(), String>,
}

/// Every method, in the order in which help lists them.
pub(crate) const ALL: &[&Method] = &[
    &client_secret_basic::METHOD,
    &client_secret_post::METHOD,
    &private_key_jwt::METHOD,
    &client_secret_jwt::METHOD,
    &tls_client_auth::METHOD,
    &none::METHOD,
];

/// The method of this name.
pub(crate) fn find(name: &str) -> Option<&'static Method> {
    ALL.iter().copied().find(|method| method.name == name)
}

/// A client that is registered with the authorization server.
#[derive(Clone, Debug)]
pub(crate) struct Client {
    pub id: String,
    pub method: &'static Method,
    pub secret: Option<Secret>,
    /// The key that assertions are signed with.
    pub key: Option<SigningKey>,
    /// `kid` of an assertion's header.
    pub key_id: Option<String>,
    /// SHA-256 of the certificate that is presented, as `x5t#S256` has it.
    pub certificate_thumbprint: Option<String>,
}

/// What differs from one request to the next.
#[derive(Debug)]
pub(crate) struct Attempt<'a> {
    /// `aud` of an assertion: the issuer where it is known, else the token URL.
    pub audience: &'a str,
    pub now: OffsetDateTime,
    /// Unique for every request: servers refuse an assertion that they have seen (RFC 7523 §3).
    pub id: String,
}

/// What a method adds to.
#[derive(Debug, Default)]
pub(crate) struct Request {
    pub headers: Vec<(HeaderName, HeaderValue)>,
    /// The form's fields, in their order.
    pub form: Vec<(&'static str, String)>,
}

/// How long an assertion is good for.
pub(crate) const ASSERTION_LIFETIME: time::Duration = time::Duration::seconds(60);
const ASSERTION_TYPE: &str = "urn:ietf:params:oauth:client-assertion-type:jwt-bearer";

/// Adds an assertion signed with `key` (RFC 7523 §2.2).
fn assert(
    client: &Client,
    key: &SigningKey,
    attempt: &Attempt<'_>,
    request: &mut Request,
) -> Result<(), String> {
    let mut header = Map::new();
    header.insert("typ".to_owned(), Value::from("JWT"));
    if let Some(id) = client.key_id.as_deref().or(key.id()) {
        header.insert("kid".to_owned(), Value::from(id));
    }
    if let Some(thumbprint) = &client.certificate_thumbprint {
        header.insert("x5t#S256".to_owned(), Value::from(thumbprint.as_str()));
    }
    let issued = attempt.now.unix_timestamp();
    let expires = issued + ASSERTION_LIFETIME.whole_seconds();
    let mut claims = Map::new();
    for (name, value) in [
        ("iss", Value::from(client.id.as_str())),
        ("sub", Value::from(client.id.as_str())),
        ("aud", Value::from(attempt.audience)),
        ("jti", Value::from(attempt.id.as_str())),
        ("iat", Value::from(issued)),
        ("exp", Value::from(expires)),
    ] {
        claims.insert(name.to_owned(), value);
    }
    let assertion = key.sign(header, &claims);
    request.form.push(("client_id", client.id.clone()));
    request
        .form
        .push(("client_assertion_type", ASSERTION_TYPE.to_owned()));
    request.form.push(("client_assertion", assertion));
    Ok(())
}

#[cfg(test)]
mod tests;
