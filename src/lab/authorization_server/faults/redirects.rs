//! Redirects, which a secret must not follow. Where they lead, requests are counted.

use http::StatusCode;
use http::header;
use http::header::HeaderValue;

use super::Fault;
use super::fault;
use super::script::Script;
use crate::lab::authorization_server::answer::text;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "redirect-same-host",
        "307 to another path of this host",
        |exchange| {
            let path = format!("/fault/redirected{}", exchange.endpoint);
            redirect(StatusCode::TEMPORARY_REDIRECT, &path)
        },
    ),
    fault(
        "redirect-other-host",
        "307 to a host of another name",
        |exchange| {
            let other = exchange
                .world
                .addresses
                .plaintext
                .replace("127.0.0.1", "localhost");
            let location = format!("{other}{}", exchange.endpoint);
            redirect(StatusCode::TEMPORARY_REDIRECT, &location)
        },
    ),
    fault("redirect-to-http", "308 to a URL without TLS", |exchange| {
        let location = format!(
            "{}{}",
            exchange.world.addresses.plaintext, exchange.endpoint
        );
        redirect(StatusCode::PERMANENT_REDIRECT, &location)
    }),
    fault("redirect-see-other", "303 to a login page", |_| {
        redirect(
            StatusCode::SEE_OTHER,
            "https://login.lab.test/authorize?client_id=lab",
        )
    }),
    fault("redirect-loop", "307 to itself", |exchange| {
        let itself = exchange.request.uri().path();
        redirect(StatusCode::TEMPORARY_REDIRECT, itself)
    }),
    fault(
        "redirected",
        "where redirect-same-host leads: a good answer",
        |exchange| exchange.good().into(),
    ),
];

fn redirect(status: StatusCode, location: &str) -> Script {
    let mut answer = text(status, "elsewhere\n");
    if let Ok(location) = HeaderValue::from_str(location) {
        answer.headers_mut().insert(header::LOCATION, location);
    }
    answer.into()
}
