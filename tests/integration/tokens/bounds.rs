//! What bounds the way to a token: `--max-time`, signals, one login after a refused refresh, and metadata that
//! cannot be used.

use std::fs::File;
use std::net::TcpListener;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use super::PASSWORD;
use super::attempts;
use crate::home::Home;
use crate::http_server::HttpServer;
use crate::http_server::Reply;
use crate::world::Ran;
use crate::world::World;

const USER: &str = "--user viewer --password file:@password-viewer.txt";
const CI: &str = "--client-id ci --client-secret file:@oauth-ci.secret";

#[test]
fn the_time_that_is_given_holds_for_every_kind() {
    let lab = World::open();
    let home = Home::new();
    // Connections are taken by the system, and nobody says anything.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = silent.local_addr().unwrap();
    for credential in [
        "--exec 'sleep 60'".to_owned(),
        format!("--login-rpc auth.v1.AuthService --login-target {address} {USER}"),
        format!("--login-url https://{address}/login {USER}"),
        format!("--issuer https://{address} {CI}"),
        format!("--token-url https://{address}/token {CI}"),
    ] {
        let limits = "--max-time 1s --connect-timeout 60s --token-cache none";
        for command in ["call {tls} lab.v1.Vault/GetViewer", "token get {tls}"] {
            let line = format!("{command} --cacert @ca.pem {credential} {limits}");
            let began = Instant::now();
            let ran = home.run(&lab, &line);
            assert_eq!(ran.code, 4, "{line}: {ran:?}");
            assert!(began.elapsed() < Duration::from_secs(15), "{line}: {ran:?}");
        }
    }
}

/// One deadline for all that a command waits for: other processes' locks, several exchanges, what ends a token.
#[test]
fn the_time_that_is_given_holds_for_a_command_as_a_whole() {
    let lab = World::open();
    let home = Home::new();
    let within = |line: &str| {
        let began = Instant::now();
        let ran = home.run(&lab, line);
        assert_eq!(ran.code, 4, "{line}: {ran:?}");
        assert!(ran.stderr.contains("[token.late]"), "{line}: {ran:?}");
        assert!(began.elapsed() < Duration::from_secs(8), "{line}: {ran:?}");
    };
    assert_eq!(home.run(&lab, &format!("token get {PASSWORD}")).code, 0);
    let [kept] = &home.kept()[..] else {
        panic!("{:?}", home.files());
    };
    let lock = File::open(kept.with_extension("lock")).unwrap();
    lock.lock().unwrap();
    within(&format!("token refresh {PASSWORD} --max-time 1s"));
    home.expire();
    within(&format!("token get {PASSWORD} --max-time 1s"));
    lock.unlock().unwrap();
    // A server that takes the connection and never answers.
    let silent = TcpListener::bind("127.0.0.1:0").unwrap();
    let rpc = format!(
        "--login-rpc auth.v1.AuthService --login-target http://{} {USER}",
        silent.local_addr().unwrap()
    );
    for command in ["get", "refresh"] {
        let line = format!("token {command} {rpc} --max-time 1s --connect-timeout 60s");
        let began = Instant::now();
        let ran = home.run(&lab, &line);
        assert_eq!(ran.code, 4, "{line}: {ran:?}");
        assert!(began.elapsed() < Duration::from_secs(8), "{line}: {ran:?}");
    }
}

#[test]
fn a_signal_ends_the_waiting_for_a_token() {
    let lab = World::open();
    let home = Home::new();
    for (signal, code) in [("INT", 130), ("TERM", 143)] {
        for (kind, endpoint) in [("--token-url", "token"), ("--login-url", "login")] {
            let before = lab.requests(&format!("/fault/silent/{endpoint}"));
            let line = format!(
                "call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {kind} {{https-faults}}/silent/{endpoint} {}",
                if endpoint == "token" { CI } else { USER }
            );
            let mut command = home.command(&lab, &line);
            let child = command
                .stdout(Stdio::piped())
                .stderr(Stdio::piped())
                .spawn()
                .unwrap();
            while lab.requests(&format!("/fault/silent/{endpoint}")) == before {
                std::thread::sleep(Duration::from_millis(5));
            }
            let kill = format!("kill -{signal} {}", child.id());
            assert!(
                std::process::Command::new("sh")
                    .args(["-c", &kill])
                    .status()
                    .unwrap()
                    .success()
            );
            let ran = Ran::new(child.wait_with_output().unwrap());
            assert_eq!(ran.code, code, "{line}: {ran:?}");
        }
    }
}

#[test]
fn a_refused_refresh_is_followed_by_one_login() {
    let lab = World::open();
    let path = "/fault/refresh-refused/token";
    let endpoint =
        format!("--token-url {{https-faults}}/refresh-refused/token {CI} --cacert @ca.pem");
    let call = |home: &Home, grant: &str| {
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer {endpoint} {grant} --format json");
        let mut command = home.command(&lab, &line);
        let ran = Ran::new(
            command
                .env("REFRESH", "refresh_unknown-0123456789")
                .output()
                .unwrap(),
        );
        (ran.code, ran.document())
    };
    let home = Home::new();
    let password = format!("--grant password {USER}");
    assert_eq!(call(&home, &password).0, 0);
    home.expire();
    let before = lab.requests(path);
    let (code, document) = call(&home, &password);
    assert_eq!(
        (code, &attempts(&document)[..]),
        (0, &[0][..]),
        "{document}"
    );
    assert_eq!(document["credential"]["obtained"], "refreshed");
    assert_eq!(lab.requests(path), before + 2);
    // The same within a call: one refresh, one login, one retry.
    lab.revoke(&home.kept_token());
    let (code, document) = call(&home, &password);
    assert_eq!(
        (code, &attempts(&document)[..]),
        (0, &[16, 0][..]),
        "{document}"
    );
    assert_eq!(lab.requests(path), before + 4);
    // With nothing but a refresh token there is no other way.
    let (code, document) = call(&Home::new(), "--refresh-token env:REFRESH");
    assert_eq!(code, 4, "{document}");
    assert_eq!(lab.requests(path), before + 5);
}

#[test]
fn metadata_that_cannot_be_used_leads_nowhere() {
    let lab = World::open();
    let home = Home::new();
    for fault in [
        "404",
        "500",
        "502-html",
        "html",
        "empty",
        "array",
        "deep",
        "bad-utf8",
        "truncated-json",
        "not-http",
        "10-gb",
        "gzip",
        "closed",
        "half-body",
        "redirect-same-host",
        "redirect-to-http",
        "silent",
        // Whole, and of another issuer than was asked.
        "wrong-type",
    ] {
        let line = format!(
            "call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem --issuer {{https-faults}}/{fault} {CI} --max-time 2s --format json"
        );
        let ran = home.run(&lab, &line);
        assert_eq!(ran.code, 4, "{fault}: {ran:?}");
        let document = ran.document();
        assert!(document["diagnosis"]["id"].is_string(), "{fault}: {ran:?}");
        let wrong = super::faults::bad_output(&ran, true);
        assert!(wrong.is_empty(), "{fault}: {wrong:?} {ran:?}");
    }
    assert_eq!(lab.requests("/token"), 0);
}

/// An endpoint that gives a new refresh token with each access token, and what it was asked.
fn rotating(slow: Reply) -> (HttpServer, String) {
    let reply = |number: u32| {
        Reply::json(&format!(
            r#"{{"access_token":"access-{number}","refresh_token":"refresh-{number}","token_type":"Bearer","expires_in":900}}"#
        ))
    };
    let server = HttpServer::open(vec![reply(1), slow, reply(3)]);
    let endpoint = server.url.clone();
    (
        server,
        format!("token get --token-url {endpoint} --client-id ci"),
    )
}

/// The refresh tokens that were sent, in their order.
fn spent(server: &HttpServer) -> Vec<String> {
    let requests = server.requests();
    let spent = requests.iter().filter_map(|request| {
        let (_, rest) = request.split_once("refresh_token=")?;
        Some(rest.split('&').next().unwrap().to_owned())
    });
    spent.collect()
}

#[test]
fn a_refresh_under_way_at_the_end_of_a_run_is_kept() {
    let lab = World::open();
    let home = Home::new();
    let second = r#"{"access_token":"access-2","refresh_token":"refresh-2","token_type":"Bearer","expires_in":900}"#;
    let (server, get) = rotating(Reply::json(second).after(Duration::from_secs(3)));
    let run = |limit: &str| {
        let mut command = home.command(&lab, &format!("{get} --refresh-token env:REFRESH {limit}"));
        Ran::new(command.env("REFRESH", "refresh-0").output().unwrap())
    };
    let ran = run("");
    assert_eq!(
        (ran.code, ran.stdout.trim_end()),
        (0, "access-1"),
        "{ran:?}"
    );
    home.expire();
    let ran = run("--max-time 1s");
    assert_eq!(ran.code, 4, "{ran:?}");
    assert!(ran.stderr.contains("[token.late]"), "{ran:?}");
    assert!(!ran.stderr.contains("interrupted"), "{ran:?}");
    assert_eq!(home.kept_token(), "access-2");
    home.expire();
    assert_eq!(run("").stdout.trim_end(), "access-3");
    assert_eq!(spent(&server), ["refresh-0", "refresh-1", "refresh-2"]);
}

#[test]
fn only_a_refresh_that_is_interrupted_is_told_of() {
    let lab = World::open();
    for (credential, told) in [
        ("--refresh-token env:REFRESH", true),
        ("--refresh-token env:REFRESH --token-cache memory", false),
        ("--client-secret env:REFRESH --token-cache disk", false),
    ] {
        let home = Home::new();
        let server = HttpServer::open(vec![Reply::never()]);
        let endpoint = &server.url;
        let line =
            format!("token get --token-url {endpoint} --client-id ci {credential} --max-time 1s");
        let mut command = home.command(&lab, &line);
        let ran = Ran::new(command.env("REFRESH", "refresh-0").output().unwrap());
        assert_eq!(ran.code, 4, "{line}: {ran:?}");
        assert_eq!(
            ran.stderr.contains("was interrupted"),
            told,
            "{line}: {ran:?}"
        );
        assert!(!ran.stderr.contains("refresh-0"), "{line}: {ran:?}");
    }
}
