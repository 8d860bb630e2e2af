//! Tokens that cannot be obtained: what is said, with which exit code, and nothing of a secret.

use crate::token_server::token_server;
use crate::world::Ran;
use crate::world::World;

const SECRET: &str = "c4nary-cl1ent-s3cret";
const OAUTH: &str = "--client-id ci --client-secret env:SECRET --token-url";
const LOGIN: &str = "--user alice --password env:SECRET --login-url";

fn run(world: &World, kind: &str, answer: &'static str, more: &str) -> Ran {
    let url = format!("http://{}/token", token_server(answer));
    let line = format!(
        "call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {kind} {url} --token-cache none {more}"
    );
    Ran::new(world.command(&line).env("SECRET", SECRET).output().unwrap())
}

#[test]
fn a_refusal_names_the_endpoint_and_the_cure() {
    let world = World::open();
    for (kind, answer, words) in [
        (
            OAUTH,
            "401 Unauthorized\n\n{\"error\":\"invalid_client\",\"error_description\":\"who?\"}",
            "/token failed: invalid_client (HTTP 401)\n",
        ),
        (
            LOGIN,
            "401 Unauthorized\ncontent-type: text/plain\n\nwrong password\u{1b}[31m\n",
            ": unexpected authentication response: 401 Unauthorized from http://127.0.0.1:",
        ),
        (
            LOGIN,
            "401 Unauthorized\n\nwrong password\u{1b}[31m\n",
            "the answer says \"wrong password\\x1b[31m\"",
        ),
        (
            LOGIN,
            "200 OK\n\n{\"jwt\":\"x.y.z\"}",
            "fix: try --token-ptr /jwt",
        ),
        (
            OAUTH,
            "307 Temporary Redirect\nlocation: https://evil.test/?q\n\n",
            "(HTTP 307) to evil.test\n",
        ),
    ] {
        let ran = run(&world, kind, answer, "");
        assert_eq!((ran.code, ran.stdout.as_str()), (4, ""), "{}", ran.stderr);
        assert!(
            ran.stderr.starts_with("error[token.")
                && ran.stderr.contains("\n  no credential for 127.0.0.1:"),
            "{}",
            ran.stderr
        );
        assert!(ran.stderr.contains(words), "{words}: {}", ran.stderr);
    }
}

#[test]
fn what_an_answer_echoes_is_masked() {
    let world = World::open();
    for (kind, answer) in [
        (
            OAUTH,
            "401 Unauthorized\n\n{\"error\":\"invalid_client\",\"error_description\":\"{authorization}\"}",
        ),
        (
            OAUTH,
            "401 Unauthorized\nwww-authenticate: Basic realm=\"c4nary-cl1ent-s3cret\"\n\n",
        ),
        (
            OAUTH,
            "400 Bad Request\n\n{\"error\":\"c4nary-cl1ent-s3cret\"}",
        ),
        (LOGIN, "403 Forbidden\n\nno: {body}"),
        (LOGIN, "200 OK\n\n{\"c4nary-cl1ent-s3cret\":1}"),
    ] {
        for detail in ["", "-vv", "--format json"] {
            let ran = run(&world, kind, answer, detail);
            assert_eq!(ran.code, 4, "{}", ran.stderr);
            for shown in [&ran.stdout, &ran.stderr] {
                assert!(!shown.contains("c4nary"), "{shown}");
                assert!(!shown.contains("YzRuYXJ5"), "{shown}");
            }
        }
    }
}

#[test]
fn a_credential_that_was_not_had_is_in_the_document() {
    let world = World::open();
    let ran = run(
        &world,
        LOGIN,
        "503 Busy\nretry-after: 7\n\n",
        "--format json",
    );
    let document = ran.document();
    assert_eq!(document["exit_code"], 4);
    let credential = &document["credential"];
    assert_eq!(credential["kind"], "login");
    assert!(credential["obtained"].is_null());
    assert_eq!(credential["token_endpoint"]["http_status"], 503);
    assert_eq!(credential["token_endpoint"]["error"], "unexpected_status");
    assert_eq!(document["diagnosis"]["id"], "token.refused");
    let ran = run(&world, LOGIN, "503 Busy\n\n", "-v");
    let exchange = ran
        .stderr
        .lines()
        .find(|line| line.starts_with("* token: POST http://"));
    assert!(
        exchange.unwrap().contains("/token: HTTP 503 ("),
        "{}",
        ran.stderr
    );
}

#[test]
fn a_token_that_was_had_tells_what_the_endpoint_said_of_it() {
    let world = World::open();
    let answer =
        "200 OK\n\n{\"access_token\":\"an-opaque-token\",\"expires_in\":60,\"scope\":\"a\"}";
    let ran = run(&world, OAUTH, answer, "--scope 'a b' --format json");
    let document = ran.document();
    assert_eq!(document["exit_code"], 80);
    let credential = &document["credential"];
    assert_eq!(credential["obtained"], "fetched");
    assert!(credential["expires_at"].is_string());
    assert_eq!(credential["token_endpoint"]["http_status"], 200);
    assert!(credential["token_endpoint"]["error"].is_null());
    assert_eq!(document["warnings"][0]["id"], "token.scope-narrowed");
    let said = document["diagnosis"]["evidence"].to_string();
    assert!(said.contains("requested: unchanged"), "{said}");
}

#[test]
fn where_the_target_fails_too_it_comes_first() {
    let world = World::open();
    let address = token_server("400 Bad Request\n\n{\"error\":\"invalid_grant\"}");
    let line = format!(
        "call {{unknown-ca}} lab.v1.Vault/GetViewer --cacert @ca.pem {OAUTH} http://{address}/token"
    );
    let ran = Ran::new(world.command(&line).env("SECRET", SECRET).output().unwrap());
    assert_eq!(ran.code, 3, "{}", ran.stderr);
    assert!(ran.stderr.contains("[trust."), "{}", ran.stderr);
    assert!(
        ran.stderr
            .contains("\nalso[token.invalid-grant]: the token request to http://127.0.0.1:"),
        "{}",
        ran.stderr
    );
}
