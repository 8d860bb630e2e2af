//! HTTP statuses of gateways and of servers that are busy.

use http::StatusCode;
use http::header;
use http::header::HeaderValue;
use time::Duration;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;
use crate::clock;
use crate::lab::authorization_server::answer::Answer;
use crate::lab::authorization_server::answer::text;
use crate::lab::authorization_server::answer::with_type;

const BAD_GATEWAY: &str = "<!DOCTYPE html>\n<html><head><title>502 Bad Gateway</title></head>\n<body><h1>502 Bad Gateway</h1></body></html>\n";

pub(super) const FAULTS: &[Fault] = &[
    fault("401", "401 in plain text", |_| {
        plain(StatusCode::UNAUTHORIZED).into()
    }),
    fault("403", "403 in plain text", |_| {
        plain(StatusCode::FORBIDDEN).into()
    }),
    fault("404", "404 in plain text", |_| {
        plain(StatusCode::NOT_FOUND).into()
    }),
    fault("500", "500 in plain text, every time", |_| {
        plain(StatusCode::INTERNAL_SERVER_ERROR).into()
    }),
    fault("502-html", "502 with a page in HTML", |_| {
        let content_type = "text/html; charset=utf-8";
        with_type(StatusCode::BAD_GATEWAY, content_type, BAD_GATEWAY).into()
    }),
    fault("429", "429 with Retry-After: 1, every time", |_| {
        later(StatusCode::TOO_MANY_REQUESTS, "1").into()
    }),
    fault("503", "503 with Retry-After: 1, every time", |_| {
        later(StatusCode::SERVICE_UNAVAILABLE, "1").into()
    }),
    fault(
        "503-date",
        "503 with Retry-After as a date, a second away",
        |exchange| {
            let then = exchange.world.clock.now() + Duration::SECOND;
            later(StatusCode::SERVICE_UNAVAILABLE, &clock::http_date(then)).into()
        },
    ),
    fault("503-tomorrow", "503 with Retry-After of a day", |_| {
        later(StatusCode::SERVICE_UNAVAILABLE, "86400").into()
    }),
    fault(
        "500-then-good",
        "every first request 500, every second one good",
        |exchange| every_other(exchange, plain(StatusCode::INTERNAL_SERVER_ERROR)),
    ),
    fault(
        "429-then-good",
        "the same with 429 and Retry-After: 1",
        |exchange| every_other(exchange, later(StatusCode::TOO_MANY_REQUESTS, "1")),
    ),
    fault(
        "503-then-good",
        "the same with 503 and Retry-After: 1",
        |exchange| every_other(exchange, later(StatusCode::SERVICE_UNAVAILABLE, "1")),
    ),
];

fn plain(status: StatusCode) -> Answer {
    let reason = status.canonical_reason().unwrap_or_default();
    text(status, format!("{reason}\n"))
}

fn later(status: StatusCode, when: &str) -> Answer {
    let mut answer = plain(status);
    let when = HeaderValue::from_str(when).expect("a number or a date is a header value");
    answer.headers_mut().insert(header::RETRY_AFTER, when);
    answer
}

fn every_other(exchange: &Exchange, bad: Answer) -> Script {
    if exchange.earlier.is_multiple_of(2) {
        bad.into()
    } else {
        exchange.good().into()
    }
}
