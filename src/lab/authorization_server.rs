//! The lab's authorization server: OAuth 2.0, and a login with JSON.
//!
//! To add an endpoint: a file in `authorization_server/` and a row in [`ENDPOINTS`]. A grant, a way to
//! authenticate a client and a fault each have a table of their own.

use http::Method;
use http::StatusCode;
use http::header;

use crate::lab::world::Peer;
use crate::lab::world::World;

mod answer;
mod asked;
mod assertion;
mod audience;
mod client_authentication;
mod device;
mod device_authorization;
mod discovery;
pub(super) mod faults;
mod form;
mod grants;
mod introspect;
mod login;
mod refusal;
mod revoke;
mod scope;
mod token;

pub(super) use answer::Answer;
pub(super) use asked::Request;

use answer::json_document;
use answer::text;
use asked::Asked;

/// One endpoint.
struct Endpoint {
    path: &'static str,
    method: Method,
    answer: fn(&Asked) -> Answer,
}

const fn get(path: &'static str, answer: fn(&Asked) -> Answer) -> Endpoint {
    Endpoint {
        path,
        method: Method::GET,
        answer,
    }
}

const fn post(path: &'static str, answer: fn(&Asked) -> Answer) -> Endpoint {
    Endpoint {
        path,
        method: Method::POST,
        answer,
    }
}

const ENDPOINTS: &[Endpoint] = &[
    post("/login", login::answer),
    post("/login/refresh", login::refresh),
    post("/token", token::answer),
    post("/device_authorization", device_authorization::answer),
    get("/device", device::page),
    post("/device", device::answer),
    post("/revoke", revoke::answer),
    post("/introspect", introspect::answer),
    get("/jwks", |asked| json_document(&asked.world.tokens.jwks())),
    get("/.well-known/openid-configuration", discovery::answer),
    get("/.well-known/oauth-authorization-server", discovery::answer),
    get("/stats", |asked| {
        let counts = serde_json::to_value(asked.world.statistics.all());
        json_document(&counts.expect("texts and numbers are JSON"))
    }),
];

/// Answers one request, and counts it.
pub(super) fn answer(world: &World, peer: &Peer, request: &Request) -> Answer {
    let path = request.uri().path();
    let known = ENDPOINTS.iter().any(|endpoint| endpoint.path == path);
    if known && path != "/stats" {
        world.statistics.count(path);
    }
    answer_as(world, peer, request, path)
}

/// Answers a request as if it were for `path`. Counting is the caller's.
fn answer_as(world: &World, peer: &Peer, request: &Request, path: &str) -> Answer {
    let here = || ENDPOINTS.iter().filter(|endpoint| endpoint.path == path);
    let mut answer = match here().find(|endpoint| endpoint.method == *request.method()) {
        Some(endpoint) => (endpoint.answer)(&Asked {
            world,
            peer,
            request,
            path,
        }),
        None => match here().map(|endpoint| endpoint.method.as_str()).collect() {
            allowed if here().next().is_some() => not_allowed(allowed),
            _ => text(StatusCode::NOT_FOUND, "nothing is here\n"),
        },
    };
    answer::date(&mut answer, world.clock.now());
    answer
}

fn not_allowed(allowed: Vec<&str>) -> Answer {
    let mut answer = text(StatusCode::METHOD_NOT_ALLOWED, "another method is wanted\n");
    let allowed = header::HeaderValue::try_from(allowed.join(", "));
    let allowed = allowed.expect("names of methods are a header value");
    answer.headers_mut().insert(header::ALLOW, allowed);
    answer
}

#[cfg(test)]
mod tests;
