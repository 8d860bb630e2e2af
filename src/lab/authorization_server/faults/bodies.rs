//! Bodies that are not the document that they should be.

use http::StatusCode;
use http::header;
use http::header::HeaderValue;
use serde_json::Map;
use serde_json::Value;

use super::Fault;
use super::fault;
use crate::lab::authorization_server::answer::json_document;
use crate::lab::authorization_server::answer::with_type;

/// Deeper than any parser should follow.
const DEEP: usize = 10_000;
const PAGE: &str = "<!DOCTYPE html>\n<html><head><title>Sign in</title></head>\n<body><h1>Sign in to continue</h1></body></html>\n";

pub(super) const FAULTS: &[Fault] = &[
    fault("empty", "200 without a body", |_| {
        with_type(StatusCode::OK, "application/json", "").into()
    }),
    fault("204", "204", |_| {
        with_type(StatusCode::NO_CONTENT, "application/json", "").into()
    }),
    fault("html", "200 with a login page", |_| {
        with_type(StatusCode::OK, "text/html; charset=utf-8", PAGE).into()
    }),
    fault("array", "a JSON array", |exchange| {
        exchange
            .rewritten(|members| Value::from(vec![members.into()] as Vec<Value>).to_string())
            .into()
    }),
    fault("no-token", "a JSON object without a token", |_| {
        json_document(&serde_json::json!({"ok": true, "id_token": null})).into()
    }),
    fault(
        "wrong-type",
        "good JSON that says to be text/plain",
        |exchange| {
            let mut good = exchange.good();
            let plain = HeaderValue::from_static("text/plain");
            good.headers_mut().insert(header::CONTENT_TYPE, plain);
            good.into()
        },
    ),
    fault(
        "form",
        "the members as a form, as some old servers write it",
        |exchange| {
            let mut answer = exchange.rewritten(as_form);
            let form = HeaderValue::from_static("application/x-www-form-urlencoded");
            answer.headers_mut().insert(header::CONTENT_TYPE, form);
            answer.into()
        },
    ),
    fault("bad-utf8", "a member that is not UTF-8", |exchange| {
        let broken = |members: Map<String, Value>| {
            let mut body = Value::Object(members).to_string().into_bytes();
            body.truncate(body.len() - 1);
            body.extend_from_slice(b",\"note\":\"\xFF\xFE\"}");
            body
        };
        exchange.rewritten(broken).into()
    }),
    fault("bom", "a byte order mark in front", |exchange| {
        exchange
            .rewritten(|members| format!("\u{feff}{}", Value::Object(members)))
            .into()
    }),
    fault("trailing-garbage", "words after the JSON", |exchange| {
        exchange
            .rewritten(|members| format!("{}\n<!-- 3 ms -->", Value::Object(members)))
            .into()
    }),
    fault(
        "truncated-json",
        "JSON without its end, of the right length",
        |exchange| {
            exchange
                .rewritten(|members| {
                    let mut body = Value::Object(members).to_string();
                    body.truncate(body.len() / 2);
                    body
                })
                .into()
        },
    ),
    fault(
        "deep",
        "arrays 10,000 deep in place of the token",
        |exchange| {
            let member = exchange.token_member();
            let (open, close) = ("[".repeat(DEEP), "]".repeat(DEEP));
            let body = format!("{{\"{member}\":{open}{close}}}");
            with_type(StatusCode::OK, "application/json", body).into()
        },
    ),
    fault(
        "duplicate-keys",
        "the token twice, another one first",
        |exchange| {
            let member = exchange.token_member();
            exchange
                .rewritten(|members| {
                    let body = Value::Object(members).to_string();
                    format!("{{\"{member}\":\"not-the-token\",{}", &body[1..])
                })
                .into()
        },
    ),
];

/// `name=value` pairs. The lab's tokens need no encoding in it.
fn as_form(members: Map<String, Value>) -> String {
    let pairs: Vec<_> = members
        .iter()
        .map(|(name, value)| match value.as_str() {
            Some(text) => format!("{name}={}", text.replace(' ', "+")),
            None => format!("{name}={value}"),
        })
        .collect();
    pairs.join("&")
}
