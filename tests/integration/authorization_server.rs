//! The lab's authorization server, good and at fault, over real connections.

use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpStream;
use std::time::Duration;

use serde_json::Value;

use crate::world::World;

const CI: &str =
    "grant_type=client_credentials&client_id=ci&client_secret=ci-secret-0123456789-0123456789-0";

/// A connection on which a form was posted to `path`.
fn posted(lab: &World, door: &str, path: &str, body: &str) -> TcpStream {
    let authority = lab.door(door).split('/').nth(2).unwrap();
    let mut stream = TcpStream::connect(authority).unwrap();
    let limit = Some(Duration::from_secs(20));
    stream.set_read_timeout(limit).unwrap();
    let length = body.len();
    let head = format!(
        "POST {path} HTTP/1.1\r\nhost: {authority}\r\nconnection: close\r\n\
         content-type: application/x-www-form-urlencoded\r\ncontent-length: {length}\r\n\r\n{body}"
    );
    stream.write_all(head.as_bytes()).unwrap();
    stream
}

/// Everything until the server closes.
fn whole(mut stream: TcpStream) -> String {
    let mut bytes = Vec::new();
    stream.read_to_end(&mut bytes).unwrap();
    String::from_utf8_lossy(&bytes).into_owned()
}

fn token(lab: &World) -> String {
    let answer = whole(posted(lab, "http-login", "/token", CI));
    let (_, body) = answer.split_once("\r\n\r\n").unwrap();
    let document: Value = serde_json::from_str(body).unwrap();
    document["access_token"].as_str().unwrap().to_owned()
}

#[test]
fn raw_faults_arrive_as_they_are_written() {
    let lab = World::open();
    for (fault, fragment, complete) in [
        ("expires-in-text", "\"expires_in\":\"900\"", true),
        ("half-body", "\"access_token\":\"ey", false),
        ("length-too-short", "\"access_token\":\"ey", true),
        ("half-chunk", "transfer-encoding: chunked", false),
        ("closed", "", false),
        ("not-http", "SSH-2.0", false),
    ] {
        let path = format!("/fault/{fault}/token");
        let answer = whole(posted(&lab, "http-faults", &path, CI));
        assert!(answer.contains(fragment), "{fault}: {answer}");
        assert_eq!(answer.ends_with('}'), complete, "{fault}: {answer}");
    }
}

#[test]
fn what_never_ends_is_streamed_and_ends_with_the_client() {
    let lab = World::open();
    for fault in ["10-gb", "endless", "endless-head"] {
        let path = format!("/fault/{fault}/token");
        let mut stream = posted(&lab, "http-faults", &path, CI);
        stream.read_exact(&mut vec![0; 4 * 1024 * 1024]).unwrap();
    }
    // The door still answers: no client above is served any more, or in the way.
    let answer = whole(posted(&lab, "http-faults", "/fault/401/token", CI));
    assert!(answer.starts_with("HTTP/1.1 401 "), "{answer}");
}

#[test]
fn silence_and_dripping_end_with_the_lab() {
    let lab = World::open();
    let mut waiting = Vec::new();
    for (fault, first) in [("silent", ""), ("silent-after-head", "H"), ("drip", "HT")] {
        let path = format!("/fault/{fault}/token");
        let mut stream = posted(&lab, "http-faults", &path, CI);
        let mut got = vec![0; first.len()];
        stream.read_exact(&mut got).unwrap();
        assert_eq!(got, first.as_bytes(), "{fault}");
        waiting.push(stream);
    }
    drop(lab);
    for mut stream in waiting {
        // Closed, or reset where something was left unread: over in any case.
        let mut rest = Vec::new();
        let ended = stream.read_to_end(&mut rest);
        assert!(!matches!(ended, Err(error) if error.kind() == std::io::ErrorKind::WouldBlock));
    }
}

#[test]
fn a_redirect_that_is_followed_would_be_counted() {
    let lab = World::open();
    let path = "/fault/redirect-other-host/token";
    let answer = whole(posted(&lab, "http-faults", path, CI));
    let before = lab.stats();
    assert_eq!(before[path]["requests"], 1);
    assert!(before.get("/token").is_none());
    let location = answer.split_once("location: http://localhost:").unwrap().1;
    let (port, rest) = location.split_once('/').unwrap();
    assert!(lab.door("http-login").contains(port) && rest.starts_with("token\r\n"));
    token(&lab);
    let after = lab.stats();
    assert_eq!(after["/token"]["requests"], 1);
    assert_eq!(after["/token"]["last_grant_type"], "client_credentials");
    assert_eq!(
        after["/token"]["last_client_authentication"],
        "client_secret_post"
    );
}

#[test]
fn a_token_of_the_server_opens_the_vault_until_it_is_revoked_or_spent() {
    let lab = World::open();
    let token = token(&lab);
    let call = |door: &str| {
        let mut command = lab.command(&format!(
            "call {{{door}}} lab.v1.Vault/GetViewer --cacert @ca.pem --token env:LAB_TOKEN"
        ));
        let output = command.env("LAB_TOKEN", &token).output().unwrap();
        crate::world::Ran::new(output)
    };
    assert_eq!(call("token-once").code, 0);
    let spent = call("token-once");
    assert!(
        spent.code == 80 && spent.stderr.contains("TOKEN_SPENT"),
        "{spent:?}"
    );
    assert_eq!(call("tls").code, 0);
    let revoke = format!("{CI}&token={token}");
    let answer = whole(posted(&lab, "http-login", "/revoke", &revoke));
    assert!(answer.starts_with("HTTP/1.1 200 "), "{answer}");
    let revoked = call("tls");
    assert!(
        revoked.code == 80 && revoked.stderr.contains("TOKEN_REVOKED"),
        "{revoked:?}"
    );
}
