//! Where the call is made once more.

use std::fs;
use std::io;
use std::net::TcpListener;
use std::net::TcpStream;
use std::path::PathBuf;
use std::thread;

use super::attempts;
use super::call;
use super::differ;
use crate::grpc_server::Answering;
use crate::grpc_server::GrpcServer;
use crate::home::Home;
use crate::http_server::HttpServer;
use crate::http_server::Reply;
use crate::tokens::LOGIN;
use crate::tokens::PASSWORD;
use crate::tokens::revoked;
use crate::world::World;

#[test]
fn a_revoked_token_is_refreshed_once_for_every_kind_of_call() {
    let lab = World::open();
    let home = Home::new();
    for (method, input, messages, received) in [
        ("GetViewer", r#"{"text":"a"}"#, 1, 1),
        ("ListViewer", r#"{"count":3}"#, 3, 1),
        ("CollectViewer", r#"{"text":"a"}{"text":"b"}"#, 1, 2),
        ("WatchViewer", r#"{"text":"a"}{"text":"b"}"#, 2, 2),
    ] {
        revoked(&lab, &home);
        let before = lab.requests("/token");
        let line = format!("{{tls}} lab.v1.Vault/{method} -d '{input}' {PASSWORD}");
        let document = call(&lab, &home, 0, &line);
        assert_eq!(attempts(&document), [16, 0], "{method}");
        assert!(differ(&document), "{document}");
        assert_eq!(document["credential"]["obtained"], "refreshed");
        let got = document["messages"].as_array().unwrap();
        assert_eq!(got.len(), messages, "{method}");
        assert_eq!(got.last().unwrap()["received"], received, "{method}");
        assert_eq!(lab.requests("/token"), before + 1, "{method}");
        assert_eq!(lab.stats()["/token"]["last_grant_type"], "refresh_token");
        // What came is kept.
        let document = call(&lab, &home, 0, &line);
        assert_eq!(attempts(&document), [0], "{method}");
        assert_eq!(document["credential"]["obtained"], "cache");
    }
}

#[test]
fn input_from_a_pipe_that_has_ended_is_sent_again_whole() {
    let lab = World::open();
    let home = Home::new();
    let file = home.path().join("input");
    fs::write(&file, r#"{"text":"a"}{"text":"b"}{"text":"c"}"#).unwrap();
    for method in ["CollectViewer", "WatchViewer"] {
        revoked(&lab, &home);
        let line = format!("call {{tls}} lab.v1.Vault/{method} -d @- {PASSWORD} --format json");
        let mut command = home.command(&lab, &line);
        let output = command.stdin(fs::File::open(&file).unwrap()).output();
        let document = crate::world::Ran::new(output.unwrap()).document();
        assert_eq!(attempts(&document), [16, 0], "{document}");
        let got = document["messages"].as_array().unwrap();
        assert_eq!(got.last().unwrap()["received"], 3, "{document}");
    }
}

#[test]
fn guarded_reflection_is_asked_again_too() {
    let lab = World::open();
    let home = Home::new();
    revoked(&lab, &home);
    let before = lab.requests("/token");
    let guarded = "{tls-reflection-guarded}";
    let line = format!("{guarded} lab.v1.Vault/GetViewer {PASSWORD}");
    let document = call(&lab, &home, 0, &line);
    assert_eq!(attempts(&document), [16, 0]);
    assert!(differ(&document), "{document}");
    for command in ["list", "describe"] {
        revoked(&lab, &home);
        let ran = home.run(&lab, &format!("{command} {guarded} {PASSWORD}"));
        assert_eq!(ran.code, 0, "{ran:?}");
        assert!(ran.stdout.contains("lab.v1.Vault"), "{ran:?}");
        assert!(
            ran.stderr.contains("refused; retrying with a new token"),
            "{ran:?}"
        );
    }
    // One for each of the three; `token get` found what was kept.
    assert_eq!(lab.requests("/token"), before + 3);
}

#[test]
fn a_login_a_login_rpc_and_a_spent_token_are_renewed() {
    let lab = World::open();
    let home = Home::new();
    let rpc = "--login-rpc auth.v1.AuthService --user viewer --password file:@password-viewer.txt --cacert @ca.pem";
    for (credential, path) in [
        (LOGIN, "/login"),
        (rpc, "/auth.v1.AuthService/RefreshToken"),
    ] {
        let line = format!("{{token-once}} lab.v1.Vault/GetViewer {credential} --token-cache disk");
        assert_eq!(attempts(&call(&lab, &home, 0, &line)), [0]);
        let before = lab.requests(path);
        let document = call(&lab, &home, 0, &line);
        assert_eq!(attempts(&document), [16, 0], "{credential}");
        assert_eq!(document["credential"]["obtained"], "refreshed");
        assert_eq!(lab.requests(path), before + 1, "{credential}");
    }
    let faults = "--login-url {https-faults}/token-refused-then-good/login --user viewer --password file:@password-viewer.txt --cacert @ca.pem";
    let document = call(
        &lab,
        &home,
        0,
        &format!("{{tls}} lab.v1.Vault/GetViewer {faults}"),
    );
    assert_eq!(attempts(&document), [16, 0]);
    assert_eq!(lab.requests("/fault/token-refused-then-good/login"), 2);
}

/// Replaces a file when a client comes, and lets it through to the door.
fn rotating(door: &str, file: PathBuf, content: Vec<u8>) -> String {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap().to_string();
    let door = door.to_owned();
    thread::spawn(move || {
        let (client, _) = listener.accept().unwrap();
        fs::write(file, content).unwrap();
        let server = TcpStream::connect(door).unwrap();
        let (mut from, mut to) = (client.try_clone().unwrap(), server.try_clone().unwrap());
        thread::spawn(move || io::copy(&mut from, &mut to));
        let _ = io::copy(&mut &server, &mut &client);
    });
    address
}

#[test]
fn a_token_file_that_was_replaced_is_read_again() {
    let lab = World::open();
    let home = Home::new();
    let file = home.path().join("token");
    let [old, new] = ["token-expired.jwt", "token-viewer.jwt"]
        .map(|name| fs::read(lab.directory().join(name)).unwrap());
    for (now, codes, code) in [(&new, &[16, 0][..], 0), (&old, &[16], 80)] {
        fs::write(&file, &old).unwrap();
        let address = rotating(lab.door("tls"), file.clone(), now.clone());
        let line = format!(
            "{address} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:{}",
            file.display()
        );
        assert_eq!(attempts(&call(&lab, &home, code, &line)), codes);
    }
}

#[test]
fn refused_again_is_the_end() {
    let lab = World::open();
    let home = Home::new();
    // Tokens that are bound to a certificate which the call does not show: each is new, none is good.
    let bound = "--issuer {issuer} --client-id mtls-client --client-auth tls_client_auth --token-cert @client-viewer.pem --token-key @client-viewer.key --cacert @ca.pem";
    let document = call(
        &lab,
        &home,
        80,
        &format!("{{tls}} lab.v1.Vault/GetViewer {bound}"),
    );
    assert_eq!(attempts(&document), [16, 16]);
    assert!(differ(&document), "{document}");
    let gateway =
        format!("{{gateway-401}} lab.v1.Vault/GetViewer {PASSWORD} --protoset @vault.protoset");
    let before = lab.requests("/token");
    let document = call(&lab, &home, 80, &gateway);
    assert_eq!(attempts(&document), [16, 16]);
    let by: Vec<_> = document["attempts"]
        .as_array()
        .unwrap()
        .iter()
        .map(|it| &it["answered_by"])
        .collect();
    assert_eq!(by, ["proxy", "proxy"]);
    assert_eq!(lab.requests("/token"), before + 2);
}

/// A login that gives another token each time, and a server without TLS that answers as it is told.
#[test]
fn after_headers_only_always_and_after_nothing_always_and_auto() {
    let lab = World::open();
    let tokens = || {
        vec![
            Reply::json(r#"{"token":"first"}"#),
            Reply::json(r#"{"token":"second"}"#),
        ]
    };
    for (answers, retry, codes) in [
        (
            &[Answering::Refused, Answering::Ok][..],
            "auto",
            &[16, 0][..],
        ),
        (&[Answering::Refused, Answering::Ok], "always", &[16, 0]),
        (&[Answering::Refused, Answering::Ok], "never", &[16]),
        (
            &[Answering::RefusedAfterHeaders, Answering::Ok],
            "auto",
            &[16],
        ),
        (
            &[Answering::RefusedAfterHeaders, Answering::Ok],
            "always",
            &[16, 0],
        ),
        (&[Answering::RefusedAfterHeaders], "always", &[16, 16]),
        (&[Answering::Refused], "always", &[16, 16]),
    ] {
        let (login, server) = (HttpServer::open(tokens()), GrpcServer::open(answers));
        let line = format!(
            "{} lab.v1.Vault/GetViewer --plaintext --allow-plaintext-credentials --protoset @vault.protoset \
             --login-url {} --user viewer --password file:@password-viewer.txt --retry-auth {retry}",
            server.address, login.url
        );
        let code = if codes.last() == Some(&0) { 0 } else { 80 };
        let document = call(&lab, &Home::new(), code, &line);
        assert_eq!(attempts(&document), codes, "{answers:?} {retry}");
        assert_eq!(login.requests().len(), codes.len(), "{answers:?} {retry}");
        let sent: Vec<_> = server
            .seen()
            .iter()
            .map(|it| it["authorization"].clone())
            .collect();
        assert_eq!(sent, ["Bearer first", "Bearer second"][..codes.len()]);
    }
}
