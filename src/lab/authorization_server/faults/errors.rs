//! Errors that the specifications have, and errors in places where they do not belong.

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::StatusCode;
use http::header::HeaderValue;
use serde_json::json;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;
use crate::lab::authorization_server::answer::Answer;
use crate::lab::authorization_server::answer::json;
use crate::lab::authorization_server::answer::json_document;
use crate::lab::authorization_server::refusal::Refusal;

/// A row for an error of RFC 6749 §5.2, or of one that adds to it.
macro_rules! refusal {
    ($error:literal, $summary:literal) => {
        fault($error, $summary, |_| refuse($error, $summary))
    };
}

pub(super) const FAULTS: &[Fault] = &[
    refusal!("invalid_request", "the request lacks a parameter"),
    refusal!("invalid_client", "client authentication failed, with 401"),
    refusal!("invalid_grant", "the grant is invalid, expired or revoked"),
    refusal!("unauthorized_client", "the client may not use this grant"),
    refusal!("unsupported_grant_type", "the server has no such grant"),
    refusal!("invalid_scope", "the scope is invalid"),
    refusal!("invalid_target", "the resource is invalid (RFC 8707)"),
    refusal!("access_denied", "the user said no (RFC 8628)"),
    refusal!("expired_token", "the device code is expired (RFC 8628)"),
    refusal!("authorization_pending", "the user never decides (RFC 8628)"),
    refusal!("slow_down", "every poll comes too soon (RFC 8628)"),
    fault(
        "use_dpop_nonce",
        "a proof of possession with a nonce is wanted (RFC 9449)",
        |_| {
            let mut answer = Answer::from(Refusal::new("use_dpop_nonce", "a nonce is wanted"));
            let nonce = HeaderValue::from_static("lab-nonce");
            answer.headers_mut().insert("dpop-nonce", nonce);
            answer.into()
        },
    ),
    fault("server_error", "500 with error=server_error", |_| {
        let body = json!({"error": "server_error", "error_description": "it is on fire"});
        json(StatusCode::INTERNAL_SERVER_ERROR, &body).into()
    }),
    fault("error-with-200", "200 with an error in it", |_| {
        json_document(&json!({"error": "invalid_grant", "error_description": "told with 200"}))
            .into()
    }),
    fault("error-as-object", "400 whose error is an object", |_| {
        let body = json!({"error": {"code": 400, "message": "no text"}});
        json(StatusCode::BAD_REQUEST, &body).into()
    }),
    fault(
        "error-hostile",
        "400 whose description has escape sequences and a right-to-left override",
        |_| {
            refuse(
                "invalid_grant",
                "\u{1b}[2J\u{1b}]0;owned\u{7}\r\n\u{202e}\u{9b}31m",
            )
        },
    ),
    fault(
        "echo",
        "400 whose description repeats the request, secrets included",
        echo,
    ),
];

fn refuse(error: &'static str, description: &str) -> Script {
    Answer::from(Refusal::new(error, description)).into()
}

fn echo(exchange: &Exchange) -> Script {
    let request = exchange.request;
    let authorization = request.headers().get(http::header::AUTHORIZATION);
    let header = authorization.map_or_else(String::new, |value| {
        String::from_utf8_lossy(value.as_bytes()).into_owned()
    });
    let decoded = header
        .split_once(' ')
        .and_then(|(_, encoded)| STANDARD.decode(encoded).ok())
        .map(|bytes| String::from_utf8_lossy(&bytes).into_owned())
        .unwrap_or_default();
    let body = String::from_utf8_lossy(request.body());
    let description = format!("refused: {body} (authorization: {header}, that is {decoded})");
    json(
        StatusCode::BAD_REQUEST,
        &json!({"error": "invalid_request", "error_description": description}),
    )
    .into()
}
