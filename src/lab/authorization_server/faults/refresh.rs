//! What goes wrong with refresh tokens. Other requests are answered well.

use bytes::Bytes;
use http::StatusCode;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;
use crate::lab::authorization_server::answer::Answer;
use crate::lab::authorization_server::answer::text;
use crate::lab::authorization_server::form::Form;
use crate::lab::authorization_server::refusal::Refusal;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "refresh-refused",
        "every refresh is refused: invalid_grant",
        |exchange| {
            if !exchange.is_refresh() {
                return exchange.good().into();
            }
            if exchange.endpoint == "/login/refresh" {
                return text(
                    StatusCode::UNAUTHORIZED,
                    "the refresh token is unknown or spent\n",
                )
                .into();
            }
            Answer::from(Refusal::invalid_grant("the refresh token is unknown")).into()
        },
    ),
    fault(
        "refresh-kept",
        "a refresh gives no new refresh token: the old one stays good",
        kept,
    ),
    fault(
        "refresh-lost",
        "a refresh is done, and the connection closed before its answer",
        |exchange| {
            let good = exchange.good();
            if exchange.is_refresh() {
                return Script(Vec::new());
            }
            good.into()
        },
    ),
    fault(
        "refresh-none",
        "there is never a refresh token",
        |exchange| {
            exchange
                .changed(|members| {
                    members.remove("refresh_token");
                })
                .into()
        },
    ),
    fault(
        "refresh-empty",
        "the refresh token is an empty text",
        |exchange| {
            exchange
                .changed(|members| {
                    members.insert("refresh_token".to_owned(), "".into());
                })
                .into()
        },
    ),
];

fn kept(exchange: &Exchange) -> Script {
    if !exchange.is_refresh() {
        return exchange.good().into();
    }
    let answer = exchange.changed(|members| {
        members.remove("refresh_token");
    });
    if let Some(token) = refresh_token(exchange.request.body()) {
        exchange.world.sessions.keep(&token);
    }
    answer.into()
}

/// The refresh token of a body, form or JSON.
fn refresh_token(body: &Bytes) -> Option<String> {
    let form = Form::parse(body).ok();
    let of_form = form.and_then(|form| form.get("refresh_token").map(str::to_owned));
    of_form.or_else(|| {
        let object: serde_json::Value = serde_json::from_slice(body).ok()?;
        object["refresh_token"].as_str().map(str::to_owned)
    })
}
