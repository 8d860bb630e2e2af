//! Every kind of secret, echoed wherever a peer can put a text, in every spelling and output: nothing of it is shown.

use std::path::Path;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

use super::cuts::PLACES;
use super::cuts::Peer;
use super::statuses::after_request;
use super::*;
use crate::invoke::data;
use crate::invoke::grpc_headers;
use crate::invoke::headers;
use crate::invoke::message;
use crate::invoke::trailers;
use crate::invoke::trailers_only;
use crate::proxy_server::proxy;
use crate::reflection::Act;
use crate::reflection::Server;
use crate::reflection::error;
use crate::token_server::token_server;

const SECRET: &str = "c4n%ry+v4lue/0f&a_s3cret=";
const JWT: &str = "eyJhbGciOiJIUzI1NiJ9.eyJzdWIiOiJjNG5hcnkiLCJqdGkiOiIxMjM0NSJ9.c2lnbmF0dXJlLW9mLWEtdG9rZW4tMDEyMzQ1Njc4OQ";
/// Made of what separates the parts of headers, URLs and media types.
const SEPARATED: &str = "c4n,4ry/o?ne=f0r;p4rts'#of\"a:s3cret";
/// `me:` and [`SECRET`].
const PAIR: &str = "bWU6YzRuJXJ5K3Y0bHVlLzBmJmFfczNjcmV0PQ==";

/// A kind of secret: how it is given, and what must not be seen of it. `{endpoint}` gives tokens, `{tunnel}` is a proxy.
struct Kind {
    name: &'static str,
    flags: &'static str,
    secret: &'static str,
}

const fn kind(name: &'static str, flags: &'static str, secret: &'static str) -> Kind {
    Kind {
        name,
        flags,
        secret,
    }
}

const KINDS: &[Kind] = &[
    kind("an opaque token", "--token env:SECRET", SECRET),
    kind(
        "a token with separators",
        "--token env:SEPARATED",
        SEPARATED,
    ),
    kind("a JWT", "--token env:JWT", JWT),
    kind(
        "a token of a program",
        "--token 'cmd:printenv SECRET'",
        SECRET,
    ),
    kind("a program's output", "--exec 'printenv SECRET'", SECRET),
    kind(
        "a program's JSON",
        "--exec 'sh -c \"echo {\\\\\\\"token\\\\\\\":\\\\\\\"$SECRET\\\\\\\"}\"'",
        SECRET,
    ),
    kind("an API key with blanks", "--api-key env:PADDED", SECRET),
    kind("a password", "--user me --password env:SECRET", SECRET),
    kind(
        "a user and password",
        "--user me --password env:SECRET",
        PAIR,
    ),
    kind(
        "-H",
        "-H 'x-vault-token: c4n%ry+v4lue/0f&a_s3cret='",
        SECRET,
    ),
    kind(
        "-H of a scheme",
        "-H 'authorization: Token c4n%ry+v4lue/0f&a_s3cret='",
        SECRET,
    ),
    kind(
        "-expand-headers",
        "-expand-headers -H 'x-api-key: ${SECRET}'",
        SECRET,
    ),
    kind(
        "--rpc-header",
        "--rpc-header 'authorization: Bearer c4n%ry+v4lue/0f&a_s3cret='",
        SECRET,
    ),
    kind(
        "--reflect-header",
        "--reflect-header 'authorization: Bearer c4n%ry+v4lue/0f&a_s3cret='",
        SECRET,
    ),
    kind("--header-from", "--header-from x-tenant=env:SECRET", SECRET),
    kind(
        "a client secret",
        "--token-url {endpoint} --client-id ci --client-secret env:SECRET",
        SECRET,
    ),
    kind(
        "a client secret in the body",
        "--token-url {endpoint} --client-id ci --client-secret env:SECRET --client-auth client_secret_post",
        SECRET,
    ),
    kind(
        "a refresh token",
        "--token-url {endpoint} --grant refresh_token --client-id ci --refresh-token env:SECRET",
        SECRET,
    ),
    kind(
        "a password of a grant",
        "--token-url {endpoint} --grant password --client-id ci --user me --password env:SECRET",
        SECRET,
    ),
    kind(
        "a login",
        "--login-url {endpoint} --user me --password env:SECRET",
        SECRET,
    ),
    kind(
        "a login's body",
        "--login-url {endpoint} --user me --password env:SECRET --login-body 'u=${username}&p=${password}'",
        SECRET,
    ),
    kind(
        "a fetched token",
        "--login-url {endpoint} --user me --password env:OTHER",
        "f3tched-t0ken-0f-the-endpo1nt",
    ),
    kind(
        "a fetched refresh token",
        "--login-url {endpoint} --user me --password env:OTHER",
        "f3tched-refresh-0123456789",
    ),
    kind(
        "a proxy's password",
        "--proxy http://{tunnel} --proxy-user me --proxy-password env:SECRET",
        SECRET,
    ),
];

const FETCHED: &str = "200 OK\n\n{\"access_token\":\"f3tched-t0ken-0f-the-endpo1nt\",\"refresh_token\":\"f3tched-refresh-0123456789\"}";

type Spelling = (&'static str, fn(&str) -> String);

fn octets(text: &str, octet: fn(u8) -> String) -> String {
    text.bytes().map(octet).collect()
}

/// As servers spell what they echo, in characters that every place can carry.
const SPELLINGS: &[Spelling] = &[
    ("as it is", str::to_owned),
    ("percent-encoded", |text| {
        octets(text, |octet| format!("%{octet:02X}"))
    }),
    ("percent-encoded twice", |text| {
        octets(text, |octet| format!("%25{octet:02x}"))
    }),
    ("in base64", |text| {
        STANDARD.encode(format!("you sent {text}!"))
    }),
    ("in base64url", |text| URL_SAFE_NO_PAD.encode(text)),
    ("in hexadecimal", |text| {
        octets(text, |octet| format!("{octet:02x}"))
    }),
    ("in entities", |text| {
        octets(text, |octet| format!("&#{octet};"))
    }),
    ("in escapes", |text| {
        octets(text, |octet| format!("\\\\u{octet:04x}"))
    }),
];

const FORMATS: &[&str] = &[
    "",
    "-v",
    "-vv",
    "--format json",
    "--format ndjson",
    "--format json -vv",
    "-q",
];

/// A text as field 2 of a message.
fn field(text: &str) -> Vec<u8> {
    let length = text.len();
    let octet = |shift: usize| u8::try_from(length >> shift & 0x7f).unwrap();
    [
        &[0x12, octet(0) | 0x80, octet(7) | 0x80, octet(14)],
        text.as_bytes(),
    ]
    .concat()
}

fn reply(head: &[(&str, &str)], message_text: &str, tail: &[(&str, &str)]) -> Vec<Step> {
    let base = [(":status", "200"), ("content-type", "application/grpc")];
    let payload = field(message_text);
    after_request(vec![
        headers(&[&base, head].concat()),
        data(message(&payload)),
        trailers(tail),
    ])
}

/// Where a peer can put a text, beside the places that are cut.
const MORE_PLACES: &[(&str, Peer)] = &[
    (
        "a header",
        Peer::Server(|text| reply(&[("x-note", text)], "hi", &[("grpc-status", "0")])),
    ),
    (
        "a trailer",
        Peer::Server(|text| reply(&[], "hi", &[("grpc-status", "7"), ("x-note", text)])),
    ),
    (
        "a header's name's neighbour",
        Peer::Server(|text| reply(&[("set-cookie", text)], "hi", &[("grpc-status", "0")])),
    ),
    (
        "a message's text",
        Peer::Server(|text| reply(&[], text, &[("grpc-status", "0")])),
    ),
    (
        "a message before a refusal",
        Peer::Server(|text| reply(&[], text, &[("grpc-status", "16")])),
    ),
    (
        "grpc-status",
        Peer::Server(|text| after_request(vec![trailers_only(&[("grpc-status", text)])])),
    ),
    (
        "grpc-encoding",
        Peer::Server(|text| {
            let base = [
                (":status", "200"),
                ("content-type", "application/grpc"),
                ("grpc-encoding", text),
            ];
            after_request(vec![
                headers(&base),
                data(crate::invoke::framed(1, b"x")),
                trailers(&[("grpc-status", "0")]),
            ])
        }),
    ),
    (
        "content-type",
        Peer::Server(|text| {
            after_request(vec![trailers(&[
                (":status", "200"),
                ("content-type", text),
                ("grpc-status", "0"),
            ])])
        }),
    ),
    (
        "details",
        Peer::Server(|text| {
            // google.rpc.Status: code 16, and the text as its message.
            let status = [&[0x08, 16][..], &field(text)].concat();
            let details = STANDARD.encode(status);
            after_request(vec![trailers_only(&[
                ("grpc-status", "16"),
                ("grpc-status-details-bin", &details),
            ])])
        }),
    ),
    (
        "a reset after a message",
        Peer::Server(|text| {
            after_request(vec![
                grpc_headers(),
                headers(&[("x-note", text)]),
                Step::Reset(2),
            ])
        }),
    ),
    (
        "a proxy's challenge",
        Peer::Proxy(|text| {
            format!(
                "HTTP/1.1 407 No\r\nproxy-authenticate: Basic realm=\"{text}\"\r\nx: {text}\r\n\r\n{text}"
            )
        }),
    ),
    (
        "an error's URI",
        Peer::Login(|text| {
            format!(
                "400 No\n\n{{\"error\":\"invalid_client\",\"error_uri\":\"https://a.test/{text}\"}}"
            )
        }),
    ),
    (
        "a header of the endpoint",
        Peer::Login(|text| format!("200 OK\nx-token: {text}\nserver: {text}\n\nno")),
    ),
    (
        "a key of the endpoint",
        Peer::Login(|text| format!("200 OK\n\n{{\"{text}\":1}}")),
    ),
    (
        "a page of the endpoint",
        Peer::Login(|text| {
            format!(
                "500 No\ncontent-type: text/html\n\n<html><title>no {text}</title>\n<p>{text}</p></html>"
            )
        }),
    ),
    (
        "a token's type",
        Peer::Login(|text| {
            format!("200 OK\n\n{{\"access_token\":\"t\",\"token_type\":\"{text}\"}}")
        }),
    ),
];

fn places() -> Vec<(&'static str, Peer)> {
    let cut = PLACES.iter().map(|(name, _, peer)| (*name, *peer));
    cut.chain(MORE_PLACES.iter().copied()).collect()
}

/// The longest part of a secret that may stand in an output by chance.
const LONGEST_PART: usize = 8;

fn heard<'a>(form: &'a str, output: &str) -> Option<&'a str> {
    let last = form.len().checked_sub(LONGEST_PART)?;
    (0..=last)
        .filter_map(|from| form.get(from..from + LONGEST_PART))
        .find(|part| output.contains(part))
}

fn run(kind: &Kind, line: &str, text: &str) -> Option<String> {
    let words = shlex::split(line).unwrap();
    let output = grpcauth()
        .args(words)
        .args(["--max-time", "2s"])
        .env("SECRET", SECRET)
        .env("PADDED", format!("  {SECRET} "))
        .env("JWT", JWT)
        .env("SEPARATED", SEPARATED)
        .env("OTHER", "of no interest")
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ran = Ran::new(output);
    let all = format!("{}{}", ran.stdout, ran.stderr);
    // In base64 the first and last letters depend on what stands around a secret.
    let text = match text.contains(['%', ';', '\\']) || text.contains(&kind.secret[..9]) {
        true => text,
        false => &text[12..text.len() - 4],
    };
    let escaped = text.replace('\\', "\\\\");
    let shown = [kind.secret, text, &escaped]
        .iter()
        .find_map(|form| heard(form, &all).map(str::to_owned));
    let is_wrong = shown.is_some() || matches!(ran.code, 2 | 96) || all.contains("panicked");
    is_wrong.then(|| {
        format!(
            "{}, {line}: {shown:?} of {text}\n{} {all}",
            kind.name, ran.code
        )
    })
}

fn echo(
    kind: &Kind,
    peer: Peer,
    spelled: fn(&str) -> String,
    format: &str,
    protoset: &Path,
) -> Option<String> {
    let asks_endpoint = kind.flags.contains("{endpoint}");
    let text = spelled(kind.secret);
    let served = |script: Vec<Step>| serve(&script);
    let good = || served(reply(&[], "hi", &[("grpc-status", "0")]));
    let (target, refusal, answer) = match peer {
        Peer::Server(script) => (served(script(&text)), None, FETCHED),
        Peer::Proxy(answer) => (good(), Some(&*answer(&text).leak()), FETCHED),
        Peer::Login(answer) if asks_endpoint => (good(), None, &*answer(&text).leak()),
        Peer::Login(_) => return None,
    };
    // What was not fetched, or never made, nobody can know.
    let made_for_server = kind.name.contains("fetched") || kind.secret == PAIR;
    if made_for_server && !matches!(peer, Peer::Server(_)) {
        return None;
    };
    let endpoint = format!("http://{}/", token_server(answer));
    let tunnel = proxy(None, refusal).address;
    let mut flags = kind
        .flags
        .replace("{endpoint}", &endpoint)
        .replace("{tunnel}", &tunnel.to_string());
    if refusal.is_some() && !kind.flags.contains("{tunnel}") {
        flags.push_str(&format!(" --proxy http://{tunnel}"));
    }
    let line = format!(
        "call {flags} {target} hostile.v1.Peer/Get --plaintext --protoset {} --token-cache none \
         --allow-plaintext-credentials --allow-http-token-endpoint {format}",
        protoset.display()
    );
    run(kind, &line, &text)
}

/// Each kind in each place, the spellings and outputs in turn; ECHOES=1 to 7 turns them further.
#[test]
#[expect(clippy::disallowed_methods, reason = "a variable asks for others")]
fn nothing_of_a_secret_comes_back_from_anywhere() {
    let directory = tempfile::tempdir().unwrap();
    let protoset = &protoset(&directory);
    let places = places();
    let round = std::env::var("ECHOES").ok();
    let round: usize = round.and_then(|round| round.parse().ok()).unwrap_or(0);
    let found = in_parallel(KINDS.len() * places.len(), |index| {
        let kind = &KINDS[index % KINDS.len()];
        let (place, peer) = places[index / KINDS.len()];
        let turn = index % KINDS.len() + index / KINDS.len();
        let (spelling, spelled) = SPELLINGS[(turn + round) % SPELLINGS.len()];
        let format = FORMATS[(index + round) % FORMATS.len()];
        let wrong = echo(kind, peer, spelled, format, protoset)?;
        Some(format!("{place}, {spelling}: {wrong}"))
    });
    assert!(
        found.is_empty(),
        "{}: {}",
        found.len(),
        found[..found.len().min(12)].join("\n\n")
    );
}

#[test]
fn nothing_of_a_secret_comes_back_from_reflection() {
    let kinds: Vec<_> = KINDS
        .iter()
        .filter(|kind| !kind.flags.contains("{tunnel}"))
        .collect();
    let found = in_parallel(kinds.len(), |index| {
        let kind = kinds[index];
        let (_, spelled) = SPELLINGS[index % SPELLINGS.len()];
        let format = FORMATS[index % FORMATS.len()];
        let text = spelled(kind.secret);
        let told = text.clone();
        let server = Server::start(move |_| Act::Answer(error(16, &told)));
        let endpoint = format!("http://{}/", token_server(FETCHED));
        let line = format!(
            "call {} {} hostile.v1.Peer/Get --plaintext --token-cache none --allow-plaintext-credentials {format}",
            kind.flags.replace("{endpoint}", &endpoint),
            server.address
        );
        run(kind, &line, &text)
    });
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}
