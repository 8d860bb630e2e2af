//! The lab's authorization server, over HTTP/1.1.
//!
//! To add an endpoint: a file in `authorization_server/` and an arm in [`answer`].

use bytes::Bytes;
use http::Method;
use http::Request;
use http::Response;
use http::StatusCode;
use http::header;
use http_body_util::Full;
use hyper::body::Incoming;
use serde_json::Value;
use serde_json::json;

use crate::lab::world::World;

mod login;

type Answer = Response<Full<Bytes>>;

/// Answers one request.
pub async fn answer(world: &World, request: Request<Incoming>) -> Answer {
    let path = request.uri().path().to_owned();
    let known = match path.as_str() {
        "/login" => Method::POST,
        "/jwks" | "/.well-known/openid-configuration" => Method::GET,
        _ => return text(StatusCode::NOT_FOUND, "nothing is here\n"),
    };
    if *request.method() != known {
        let mut answer = text(StatusCode::METHOD_NOT_ALLOWED, "another method is wanted\n");
        let allowed = header::HeaderValue::from_static(match known {
            Method::POST => "POST",
            _ => "GET",
        });
        answer.headers_mut().insert(header::ALLOW, allowed);
        return answer;
    }
    match path.as_str() {
        "/login" => login::answer(world, request).await,
        "/jwks" => json_document(&world.tokens.jwks()),
        _ => json_document(&configuration(world)),
    }
}

/// What is there of OpenID Connect Discovery 1.0 §3.
fn configuration(world: &World) -> Value {
    let issuer = world.tokens.issuer();
    json!({
        "issuer": issuer,
        "jwks_uri": format!("{issuer}/jwks"),
        "response_types_supported": [],
        "subject_types_supported": ["public"],
        "id_token_signing_alg_values_supported": ["ES256"],
    })
}

fn json_document(document: &Value) -> Answer {
    with_type(StatusCode::OK, "application/json", document.to_string())
}

fn text(status: StatusCode, words: impl Into<Bytes>) -> Answer {
    with_type(status, "text/plain; charset=utf-8", words)
}

fn with_type(status: StatusCode, content_type: &'static str, body: impl Into<Bytes>) -> Answer {
    let mut answer = Response::new(Full::new(body.into()));
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(
        header::CONTENT_TYPE,
        header::HeaderValue::from_static(content_type),
    );
    headers.insert(
        header::CACHE_CONTROL,
        header::HeaderValue::from_static("no-store"),
    );
    answer
}
