//! The refusals of real servers in `tests/data/refusals.tsv`, as evidence. To add one, add a row there.
//! `GRPCAUTH_REFUSALS=FILE` has the tests read another file of the same form: rows that the rules have not seen yet.

use std::sync::LazyLock;

use rcgen::ExtendedKeyUsagePurpose;
use serde_json::json;

use crate::evidence::Evidence;
use crate::evidence::answers::NOON;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::credential;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::evidence::answers::token;
use crate::evidence::answers::with_details;
use crate::evidence::answers::with_headers;
use crate::evidence::answers::with_scheme;
use crate::evidence::handshakes::Turned;
use crate::evidence::handshakes::attempt;
use crate::evidence::handshakes::turned_away;
use crate::invoke::Answer;
use crate::x509::test_pki::Authority;
use crate::x509::test_pki::plain;
use prost::Message as _;

#[expect(
    clippy::disallowed_methods,
    reason = "a contributor reads another collection with the same tests"
)]
static CORPUS: LazyLock<String> = LazyLock::new(|| {
    let own = concat!(env!("CARGO_MANIFEST_DIR"), "/tests/data/refusals.tsv");
    let path = std::env::var("GRPCAUTH_REFUSALS").unwrap_or_else(|_| own.to_owned());
    std::fs::read_to_string(path).unwrap()
});

pub(crate) struct Row<'a> {
    pub(crate) id: &'a str,
    pub(crate) source: &'a str,
    pub(crate) status: &'a str,
    pub(crate) message: &'a str,
    extra: &'a str,
    pub(crate) sent: &'a str,
    pub(crate) label: &'a str,
}

pub(crate) fn rows() -> Vec<Row<'static>> {
    CORPUS
        .lines()
        .skip(1)
        .map(|line| {
            let cells: Vec<&str> = line.split('\t').collect();
            Row {
                id: cells[0],
                source: cells[1],
                status: cells[3],
                message: cells[4],
                extra: cells[5],
                sent: cells[6],
                label: cells[7],
            }
        })
        .collect()
}

impl Row<'_> {
    pub(crate) fn answer(&self) -> Answer {
        let mut reason = None;
        let mut headers: Vec<(String, String)> = Vec::new();
        for part in self.extra.split("; ").filter(|part| !part.is_empty()) {
            if let Some((name, value)) = part.split_once(": ") {
                headers.push((name.to_owned(), value.to_owned()));
            } else if let Some(value) = part.strip_prefix("reason=") {
                reason = Some(value);
            }
        }
        let mut answer = match (self.status.strip_prefix("http:"), reason) {
            (Some(code), _) => http(
                code.parse().unwrap(),
                &[(
                    "content-type",
                    match self.message.chars().next() {
                        Some('{') => "application/json",
                        Some('<') => "text/html",
                        _ => "text/plain",
                    },
                )],
                self.message,
            ),
            (None, Some(reason)) => {
                let info = tonic_types::pb::ErrorInfo {
                    reason: reason.to_owned(),
                    domain: "example.com".into(),
                    metadata: Default::default(),
                };
                with_details(
                    self.status.parse().unwrap(),
                    self.message,
                    "google.rpc.ErrorInfo",
                    info.encode_to_vec(),
                )
            }
            (None, None) => status(self.status.parse().unwrap(), self.message),
        };
        for (name, value) in headers {
            let name: &'static str = Box::leak(name.into_boxed_str());
            answer = with_headers(answer, &[(name, &value)]);
        }
        answer
    }

    pub(crate) fn evidence(&self) -> Evidence {
        let evidence = called(self.answer());
        let jwt = token(&json!({
            "iss": "https://other.example", "aud": "billing", "sub": "svc-a", "exp": NOON + 3600, "nbf": NOON - 60,
            "scope": "orders.read",
        }));
        match self.sent {
            "bearer-jwt" => bearer(evidence, &jwt),
            "bearer-opaque" => bearer(evidence, "MTQ0NjJkZmQ5OTM2NDE1ZTZjNGZmZjI3"),
            "basic" => with_scheme(evidence, "Basic", "c3ZjOnB3"),
            "api-key" => credential(evidence, "api-key", "x-api-key", "", "k-12345678"),
            "any" => bearer(evidence, &jwt),
            "mtls" => {
                let ca = Authority::root("clients' root", plain);
                let ours = ca.leaf(&["client.test"], |params| {
                    params.extended_key_usages = vec![ExtendedKeyUsagePurpose::ClientAuth];
                });
                let mut evidence = turned_away(Turned::Http400(""), &[&ca], Some(&[&ours]));
                evidence.call.attempts = vec![attempt(self.answer())];
                evidence
            }
            "none" => evidence,
            other => panic!("{other}"),
        }
    }
}
