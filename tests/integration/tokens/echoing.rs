//! What an endpoint echoes of the tokens that it gave, when they are refreshed, forgotten or made void.

use std::io::Read as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use crate::home::Home;
use crate::world::World;

const TOKEN: &str = "acc3ss~t0ken+of/th3.endpoint=";
const REFRESH: &str = "r3fresh, t0ken & \"more\" of it";
const SECRET: &str = "s3cret%of the client";

/// How an endpoint answers with a text of its choice.
const ANSWERS: &[fn(&str) -> String] = &[
    |text| {
        format!(
            "400 No|content-type: application/json|{}",
            serde_json::json!({"error": "invalid_grant", "error_description": text})
        )
    },
    |text| format!("401 No|content-type: text/plain|no: {text}"),
    |text| format!("403 No|content-type: text/html|<html><title>{text}</title></html>"),
    |text| format!("503 No|www-authenticate: Bearer realm={text}|"),
    |text| format!("500 No|content-type: text/plain; x={text}|no"),
];

/// How it spells the text.
const SPELLINGS: &[fn(&str) -> String] = &[
    str::to_owned,
    |text| form_urlencoded::byte_serialize(text.as_bytes()).collect(),
    |text| STANDARD.encode(text),
    |text| {
        serde_json::Value::from(text)
            .to_string()
            .replace('&', "\\u0026")
    },
    |text| text.replace('&', "&amp;").replace('"', "&quot;"),
];

/// Gives a token, and then nothing but echoes.
fn endpoint(answer: fn(&str) -> String, spelling: fn(&str) -> String) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let given = Arc::new(AtomicUsize::new(0));
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, given) = (stream.unwrap(), Arc::clone(&given));
            thread::spawn(move || serve(stream, address, &given, answer, spelling));
        }
    });
    address
}

fn serve(
    mut client: TcpStream,
    address: SocketAddr,
    given: &AtomicUsize,
    answer: fn(&str) -> String,
    spelling: fn(&str) -> String,
) -> Option<()> {
    let mut head = Vec::new();
    let mut octet = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut octet).ok()?;
        head.push(octet[0]);
    }
    let head = String::from_utf8(head).ok()?.to_lowercase();
    let length = head.split_once("content-length: ");
    let length = length.map_or(0, |(_, rest)| rest.lines().next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    client.read_exact(&mut body).ok()?;
    let url = format!("http://{address}");
    let reply = if head.starts_with("get ") {
        let metadata = serde_json::json!({"issuer": url, "token_endpoint": format!("{url}/token"), "revocation_endpoint": format!("{url}/revoke")});
        format!("200 OK|content-type: application/json|{metadata}")
    } else if given.fetch_add(1, Ordering::Relaxed) == 0 {
        let token = serde_json::json!({"access_token": TOKEN, "refresh_token": REFRESH, "expires_in": 3600});
        format!("200 OK|content-type: application/json|{token}")
    } else {
        answer(&spelling(&format!("{REFRESH} {TOKEN} {SECRET}")))
    };
    let parts: Vec<&str> = reply.splitn(3, '|').collect();
    let [status, header, body] = parts[..] else {
        return None;
    };
    let whole = format!(
        "HTTP/1.1 {status}\r\n{header}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{body}",
        body.len()
    );
    client.write_all(whole.as_bytes()).ok()
}

/// The parts by which a secret is known, spelled in any way.
const PARTS: &[&str] = &[
    "acc3ss",
    "t0ken",
    "endpoint",
    "r3fresh",
    "more",
    "s3cret",
    "the client",
    "the+client",
];

#[test]
fn nothing_that_was_given_is_shown_again() {
    let lab = World::open();
    let mut wrong = Vec::new();
    for (index, answer) in ANSWERS.iter().enumerate() {
        for (round, spelling) in SPELLINGS.iter().enumerate() {
            let home = Home::new();
            let credential = format!(
                "--issuer http://{} --grant password --user me --password env:PW --client-id ci --client-secret env:SECRET --token-cache disk",
                endpoint(*answer, *spelling)
            );
            let format = ["", "--format json"][(index + round) % 2];
            let run = |command: &str| {
                let line = format!("{command} {credential} {format}");
                let mut command = home.command(&lab, &line);
                command
                    .env("SECRET", SECRET)
                    .env("PW", "of the us3r, and long");
                crate::world::Ran::new(command.output().unwrap())
            };
            let first = run("token get");
            assert_eq!((first.code, home.kept().len()), (0, 1), "{first:?}");
            for command in ["token refresh", "token clear --log-out", "token clear"] {
                let ran = run(command);
                let all = format!("{}{}", ran.stdout, ran.stderr);
                let failed = command != "token clear";
                let encoded = STANDARD.encode(format!("{REFRESH} {TOKEN} {SECRET}"));
                let is_heard =
                    PARTS.iter().any(|part| all.contains(part)) || all.contains(&encoded[8..24]);
                if is_heard || failed && ran.code == 0 || ran.code == 96 {
                    wrong.push(format!("{command}, {index}, {round}: {ran:?}"));
                }
            }
        }
    }
    assert!(wrong.is_empty(), "{}: {}", wrong.len(), wrong.join("\n\n"));
}
