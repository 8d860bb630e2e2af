//! A secret that lies across the place where a peer's text is cut: nothing of it is shown.

use std::path::Path;

use super::statuses::after_request;
use super::*;
use crate::invoke::grpc_headers;
use crate::invoke::headers;
use crate::invoke::last_data;
use crate::invoke::trailers;
use crate::proxy_server::proxy;
use crate::token_server::token_server;

const SECRET: &str = "c4nary+v4lue/0f-a_s3cret";
const CALL: &str = "--token env:SECRET --allow-plaintext-credentials";
const FORMATS: &[&str] = &["", "-v", "-vv", "--format json"];

/// What a peer sends around this text.
#[derive(Clone, Copy, Debug)]
pub(super) enum Peer {
    /// A server of gRPC, or of something else on its port.
    Server(fn(&str) -> Vec<Step>),
    /// What a proxy answers to CONNECT.
    Proxy(fn(&str) -> String),
    /// What a token endpoint answers.
    Login(fn(&str) -> String),
}

fn http(status: &str, name: &str, value: &str, body: &str) -> Vec<Step> {
    after_request(vec![
        headers(&[(":status", status), (name, value)]),
        last_data(body),
    ])
}

/// Every place that shows a peer's text, and where it cuts that.
pub(super) const PLACES: &[(&str, usize, Peer)] = &[
    (
        "a status message",
        600,
        Peer::Server(|text| {
            after_request(vec![
                grpc_headers(),
                trailers(&[("grpc-status", "16"), ("grpc-message", text)]),
            ])
        }),
    ),
    (
        "a page's title",
        120,
        Peer::Server(|text| {
            http(
                "403",
                "content-type",
                "text/html",
                &format!("<title>{text}</title>"),
            )
        }),
    ),
    (
        "a body",
        120,
        Peer::Server(|text| http("403", "content-type", "text/plain", text)),
    ),
    (
        "server",
        600,
        Peer::Server(|text| http("404", "server", text, "")),
    ),
    (
        "location",
        600,
        Peer::Server(|text| http("302", "location", text, "")),
    ),
    (
        "www-authenticate",
        600,
        Peer::Server(|text| {
            http(
                "401",
                "www-authenticate",
                &format!("Bearer error=\"{text}\""),
                "",
            )
        }),
    ),
    ("GOAWAY", 600, Peer::Server(goaway)),
    ("the end of GOAWAY", 8192, Peer::Server(goaway)),
    (
        "first bytes",
        64,
        Peer::Server(|text| vec![Step::Raw(text.into()), Step::Close]),
    ),
    (
        "first bytes, in the diagnosis",
        24,
        Peer::Server(|text| vec![Step::Raw(text.into()), Step::Close]),
    ),
    ("what is no proxy", 64, Peer::Proxy(str::to_owned)),
    (
        "a proxy's reason",
        600,
        Peer::Proxy(|text| format!("HTTP/1.1 403 {text}\r\n\r\n")),
    ),
    (
        "error_description",
        300,
        Peer::Login(|text| {
            format!("401 No\n\n{{\"error\":\"invalid_client\",\"error_description\":\"{text}\"}}")
        }),
    ),
    (
        "an error's code",
        60,
        Peer::Login(|text| format!("401 No\n\n{{\"error\":\"{text}\"}}")),
    ),
    (
        "a login's body",
        200,
        Peer::Login(|text| format!("401 No\ncontent-type: text/plain\n\nno {text} !")),
    ),
    (
        "content-encoding",
        20,
        Peer::Login(|text| format!("200 OK\ncontent-encoding: {text}\n\nx")),
    ),
    (
        "content-type",
        60,
        Peer::Login(|text| format!("401 No\ncontent-type: {text}\n\nx")),
    ),
    (
        "a challenge",
        300,
        Peer::Login(|text| format!("401 No\nwww-authenticate: {text}\n\nx")),
    ),
    (
        "retry-after",
        60,
        Peer::Login(|text| format!("429 No\nretry-after: {text}\n\nx")),
    ),
];

fn goaway(text: &str) -> Vec<Step> {
    after_request(vec![
        Step::GoAway {
            last: 0,
            code: 11,
            debug: text.into(),
        },
        Step::Close,
    ])
}

/// What is shown of the secret, or of a mark of ours.
fn shown(peer: Peer, text: &str, protoset: &Path) -> Option<String> {
    let method = "hostile.v1.Peer/Get";
    let set = format!("--protoset {}", protoset.display());
    let line = match peer {
        Peer::Server(script) => {
            let address = serve(&script(text));
            format!("call {address} {method} {CALL} --plaintext {set}")
        }
        Peer::Proxy(answer) => {
            let refusal: &'static str = answer(text).leak();
            let address = proxy(None, Some(refusal)).address;
            format!("call peer.test:1 {method} {CALL} --plaintext {set} --proxy http://{address}")
        }
        Peer::Login(answer) => {
            let target = serve(&after_request(Vec::new()));
            let address = token_server(answer(text).leak());
            format!(
                "call {target} {method} --plaintext {set} --token-cache none --allow-plaintext-credentials \
                 --user alice --password env:SECRET --login-url http://{address}/"
            )
        }
    };
    FORMATS.iter().find_map(|format| {
        let output = grpcauth()
            .args(line.split_whitespace())
            .args(format.split_whitespace())
            .args(["--max-time", "1s"])
            .env("SECRET", SECRET)
            .stdin(Stdio::null())
            .output()
            .unwrap();
        let ran = Ran::new(output);
        let all = format!("{}{}", ran.stdout, ran.stderr);
        let heard = (0..SECRET.len() - 5).find(|from| all.contains(&SECRET[*from..from + 6]));
        let marked = all.contains(|shown| ('\u{fdd0}'..='\u{fdef}').contains(&shown))
            || ["ufdd", "u{fdd", "ufde"]
                .iter()
                .any(|escaped| all.contains(escaped));
        let reached = all.contains("<redacted>") || all.contains('…') || all.contains("xxx");
        (heard.is_some() || marked || !reached).then(|| format!("{line} {format}:\n{all}"))
    })
}

#[test]
fn nothing_of_a_secret_that_a_cut_goes_through_is_shown() {
    let directory = tempfile::tempdir().unwrap();
    let protoset = &protoset(&directory);
    let wrong: Vec<String> = thread::scope(|scope| {
        let runs: Vec<_> = PLACES
            .iter()
            .map(|(name, limit, peer)| {
                scope.spawn(move || {
                    [1, 6, SECRET.len() / 2, SECRET.len() - 1]
                        .into_iter()
                        .filter_map(|inside| {
                            let before = "x".repeat(limit.saturating_sub(inside));
                            let text = format!("{before}{SECRET}{}", "y".repeat(700));
                            let shown = shown(*peer, &text, protoset)?;
                            Some(format!("{name}, {inside} inside: {shown}"))
                        })
                        .collect::<Vec<String>>()
                })
            })
            .collect();
        runs.into_iter()
            .flat_map(|run| run.join().unwrap())
            .collect()
    });
    assert!(wrong.is_empty(), "{}", wrong.join("\n\n"));
}
