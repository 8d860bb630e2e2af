//! Where it is not, and what bounds it.

use std::io::Write as _;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use super::attempts;
use super::call;
use crate::grpc_server::Answering;
use crate::grpc_server::GrpcServer;
use crate::home::Home;
use crate::http_server::HttpServer;
use crate::http_server::Reply;
use crate::tokens::CLIENT;
use crate::tokens::PASSWORD;
use crate::tokens::revoked;
use crate::world::Ran;
use crate::world::World;

#[test]
fn what_is_called_once() {
    let lab = World::open();
    let home = Home::new();
    let token = revoked(&lab, &home);
    std::fs::write(home.path().join("revoked.jwt"), &token).unwrap();
    let given = "--token env:LAB_TOKEN --cacert @ca.pem";
    let constant = "--exec 'cat @token-expired.jwt' --cacert @ca.pem";
    let tls = "{tls} lab.v1.Vault/GetViewer";
    let late = "{trailers-16-after-message} lab.v1.Vault/GetViewer";
    for (target, credential, more, code) in [
        (tls, PASSWORD, "--expect UNAUTHENTICATED", 0),
        (tls, PASSWORD, "--expect OK,UNAUTHENTICATED", 0),
        (tls, PASSWORD, "--expect denied", 0),
        (tls, PASSWORD, "--expect denied --retry-auth always", 0),
        (tls, PASSWORD, "--retry-auth never", 80),
        (
            "{tls-reflection-guarded} lab.v1.Vault/GetViewer",
            PASSWORD,
            "--expect denied",
            0,
        ),
        (
            "{tls-reflection-guarded} lab.v1.Vault/GetViewer",
            PASSWORD,
            "--retry-auth never",
            80,
        ),
        // A message was shown.
        (late, PASSWORD, "", 80),
        (late, PASSWORD, "--retry-auth always", 80),
        // There is no other one.
        (tls, given, "--retry-auth always", 80),
        (tls, constant, "--retry-auth always", 80),
    ] {
        let before = lab.requests("/token");
        let line = format!("call {target} {credential} {more} --format json").replace(
            "@token-expired.jwt",
            lab.directory().join("token-expired.jwt").to_str().unwrap(),
        );
        let mut command = home.command(&lab, &line);
        let ran = Ran::new(command.env("LAB_TOKEN", &token).output().unwrap());
        assert_eq!(ran.code, code, "{line}: {ran:?}");
        assert_eq!(attempts(&ran.document()), [16], "{line}");
        assert_eq!(lab.requests("/token"), before, "{line}");
    }
}

#[test]
fn permission_denied_is_no_reason() {
    let lab = World::open();
    let home = Home::new();
    for credential in [PASSWORD, CLIENT] {
        let line = format!("{{tls}} lab.v1.Vault/GetAdmin {credential} --retry-auth always");
        let before = lab.requests("/token");
        assert_eq!(attempts(&call(&lab, &home, 71, &line)), [7]);
        assert_eq!(lab.requests("/token"), before + 1);
    }
}

#[test]
fn input_that_has_not_ended_is_not_sent_again() {
    let lab = World::open();
    let home = Home::new();
    for method in ["CollectViewer", "WatchViewer"] {
        revoked(&lab, &home);
        let before = lab.requests("/token");
        let line = format!("call {{tls}} lab.v1.Vault/{method} -d @- {PASSWORD} --format json");
        let mut child = home
            .command(&lab, &line)
            .stdin(Stdio::piped())
            .stdout(Stdio::piped())
            .stderr(Stdio::piped())
            .spawn()
            .unwrap();
        let mut stdin = child.stdin.take().unwrap();
        stdin.write_all(br#"{"text":"a"}"#).unwrap();
        let ran = Ran::new(child.wait_with_output().unwrap());
        drop(stdin);
        assert_eq!(ran.code, 80, "{method}: {ran:?}");
        assert_eq!(attempts(&ran.document()), [16], "{method}");
        assert_eq!(lab.requests("/token"), before, "{method}");
        // The next run's `token get` shall find it gone.
        home.expire();
    }
}

/// The line of a call without TLS whose login takes its time, or for ever, the second time.
fn slow(second: Reply, server: &GrpcServer) -> String {
    let login = HttpServer::open(vec![Reply::json(r#"{"token":"first"}"#), second]);
    format!(
        "call {} lab.v1.Vault/GetViewer --plaintext --allow-plaintext-credentials --protoset @vault.protoset \
         --login-url {} --user viewer --password file:@password-viewer.txt --format json",
        server.address, login.url
    )
}

#[test]
fn the_deadline_is_shared_not_reset() {
    let lab = World::open();
    let wait = Duration::from_secs(1);
    let server = GrpcServer::open(&[Answering::Refused, Answering::Ok]);
    let line = slow(Reply::json(r#"{"token":"second"}"#).after(wait), &server);
    let ran = Home::new().run(&lab, &format!("{line} --max-time 20s"));
    assert_eq!(ran.code, 0, "{ran:?}");
    let timeouts: Vec<u64> = server
        .seen()
        .iter()
        .map(|metadata| milliseconds(metadata["grpc-timeout"].to_str().unwrap()))
        .collect();
    let [first, second] = timeouts[..] else {
        panic!("{timeouts:?}")
    };
    assert!(first <= 20_000 && second + 1_000 <= first, "{timeouts:?}");
}

/// `grpc-timeout`: a number and a unit.
fn milliseconds(text: &str) -> u64 {
    let (number, unit) = text.split_at(text.len() - 1);
    let number: u64 = number.parse().unwrap();
    match unit {
        "S" => number * 1_000,
        "m" => number,
        "u" => number / 1_000,
        "n" => number / 1_000_000,
        other => panic!("{other}"),
    }
}

#[test]
fn a_renewal_that_never_comes_ends_with_the_deadline() {
    let lab = World::open();
    for (more, longest) in [
        ("--max-time 2s", 10),
        ("--max-time 2s --retry-auth always", 10),
    ] {
        let server = GrpcServer::open(&[Answering::Refused]);
        let line = slow(Reply::never(), &server);
        let began = Instant::now();
        let ran = Home::new().run(&lab, &format!("{line} {more}"));
        assert!(began.elapsed() < Duration::from_secs(longest), "{ran:?}");
        assert_eq!(ran.code, 80, "{ran:?}");
        assert_eq!(attempts(&ran.document()), [16]);
        assert_eq!(server.seen().len(), 1);
    }
}
