//! A credential that may not go out is not even fetched.

use crate::home::Home;
use crate::proxy_server::proxy;
use crate::world::Ran;
use crate::world::World;

/// Every kind, for a server without TLS.
const KINDS: &[&str] = &[
    "--token file:@token-viewer.jwt",
    "--user viewer --password file:@password-viewer.txt",
    "--api-key file:@apikey-viewer.txt",
    "-H 'authorization: Bearer a-token'",
    "--login-url {https-login} --user viewer --password file:@password-viewer.txt --token-cacert @ca.pem",
    "--login-url {http-login} --user viewer --password file:@password-viewer.txt",
    "--login-rpc auth.v1.AuthService --user viewer --password file:@password-viewer.txt",
    "--login-rpc auth.v1.AuthService --login-target {plaintext} --user viewer --password file:@password-viewer.txt",
    "--issuer {issuer} --client-id ci --client-secret file:@oauth-ci.secret --token-cacert @ca.pem",
    "--token-url {issuer}/token --client-id ci --client-secret file:@oauth-ci.secret --token-cacert @ca.pem",
    "--token-url {issuer}/token --grant password --user viewer --password file:@password-viewer.txt --client-id public --token-cacert @ca.pem",
    "--auth jwt --assertion-key file:@jwt-hs256.secret --assertion-alg HS256",
    "--exec 'touch TOUCHED'",
];

/// Targets that are not on loopback, whatever they are called.
const ELSEWHERE: &[&str] = &[
    "192.0.2.1:1",
    "[::ffff:192.0.2.1]:1",
    "localhost:1 --resolve localhost:1:192.0.2.1",
    "a.localhost:1 --resolve a.localhost:1:127.0.0.1,192.0.2.1",
    "127.0.0.1:1 --proxy http://127.0.0.1:1",
    "localhost:1 --proxy http://127.0.0.1:1",
];

#[test]
fn nothing_is_fetched_for_a_server_without_tls() {
    let lab = World::open();
    let home = Home::new();
    let touched = home.path().join("touched");
    let refused = |line: &str| {
        let ran = home.run(&lab, line);
        assert_eq!(ran.code, 2, "{line}: {ran:?}");
        let said = &ran.stderr;
        assert!(
            said.contains("credential.plaintext-refused") || said.contains("read the password"),
            "{line}: {ran:?}"
        );
    };
    for kind in KINDS {
        let kind = kind.replace("TOUCHED", touched.to_str().unwrap());
        for command in [
            "call 192.0.2.1:1 lab.v1.Vault/GetViewer",
            "list 192.0.2.1:1",
            "describe 192.0.2.1:1",
        ] {
            refused(&format!("{command} --plaintext {kind}"));
        }
    }
    for target in ELSEWHERE {
        let (address, flags) = target.split_once(' ').unwrap_or((target, ""));
        let token = "--plaintext --token file:@token-viewer.jwt";
        refused(&format!(
            "call {address} lab.v1.Vault/GetViewer {flags} {token}"
        ));
        refused(&format!("list {address} {flags} {token}"));
    }
    assert!(!touched.exists());
    assert_eq!(lab.stats(), serde_json::json!({}));
}

/// A name for 192.0.2.1 that the resolver alone can read.
const NAME: &str = "192.0.513:1";

/// What a name resolves to is known to the dial alone: nothing is dialled, and nothing fetched.
#[test]
fn a_name_that_resolves_to_another_address_gets_nothing() {
    let lab = World::open();
    let home = Home::new();
    let touched = home.path().join("touched");
    let touch = format!("--exec 'touch {}'", touched.display());
    for line in [
        format!("call {NAME} lab.v1.Vault/GetViewer --plaintext {touch}"),
        format!("call {NAME} lab.v1.Vault/GetViewer --plaintext --wait-for 5s {touch}"),
        format!("list {NAME} --plaintext {touch}"),
    ] {
        let ran = home.run(&lab, &line);
        assert_eq!(ran.code, 2, "{line}: {ran:?}");
        let id = "credential.plaintext-refused";
        assert!(ran.stderr.contains(id), "{line}: {ran:?}");
    }
    let login = "--user viewer --password file:@password-viewer.txt";
    let oauth = "--client-id ci --client-secret file:@oauth-ci.secret";
    for credential in [
        format!("--token-url http://{NAME}/token {oauth}"),
        format!("--issuer http://{NAME} {oauth}"),
        format!("--login-url http://{NAME}/login {login}"),
        format!("--login-rpc auth.v1.AuthService --login-target http://{NAME} {login}"),
    ] {
        let ran = home.run(&lab, &format!("token get {credential}"));
        assert_eq!(ran.code, 4, "{credential}: {ran:?}");
        let said = "is plaintext: everybody on the way could read";
        assert!(ran.stderr.contains(said), "{credential}: {ran:?}");
    }
    let verify = format!("token verify file:@token-viewer.jwt --jwks http://{NAME}/jwks");
    let ran = home.run(&lab, &verify);
    assert!(
        ran.code == 3 && ran.stderr.contains("https is needed"),
        "{ran:?}"
    );
    assert!(!touched.exists());
}

#[test]
fn loopback_a_unix_socket_and_a_user_who_says_so_are_let_through() {
    let lab = World::open();
    let home = Home::new();
    let port = lab.door("plaintext").rsplit_once(':').unwrap().1.to_owned();
    let proxy = proxy(None, None);
    let allowed = "--allow-plaintext-credentials";
    let login = "--login-url {https-login} --user viewer --password file:@password-viewer.txt --token-cacert @ca.pem";
    for target in [
        "{plaintext}".to_owned(),
        format!("localhost:{port}"),
        format!("127.1:{port}"),
        format!("db.test:{port} --resolve db.test:{port}:127.0.0.1"),
        format!("{{plaintext}} --proxy http://{} {allowed}", proxy.address),
        "{unix}".to_owned(),
    ] {
        let (address, flags) = target.split_once(' ').unwrap_or((&target, ""));
        let ran = home.run(
            &lab,
            &format!("call {address} lab.v1.Vault/GetViewer --plaintext {flags} {login}"),
        );
        assert_eq!(ran.code, 0, "{target}: {ran:?}");
    }
}

#[test]
fn secrets_go_to_no_token_endpoint_without_tls_that_is_not_here() {
    let lab = World::open();
    let home = Home::new();
    for credential in [
        "--token-url http://192.0.2.7/token --client-id ci --client-secret file:@oauth-ci.secret",
        "--issuer http://192.0.2.7 --client-id ci --client-secret file:@oauth-ci.secret",
        "--login-url http://192.0.2.7/login --user viewer --password file:@password-viewer.txt",
        "--token-url http://127.0.0.1:1/token --client-id ci --client-secret file:@oauth-ci.secret --proxy http://127.0.0.1:1",
        "--login-url http://localhost:1/login --resolve localhost:1:192.0.2.7 --user viewer --password file:@password-viewer.txt",
    ] {
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {credential}");
        let ran = home.run(&lab, &line);
        assert_eq!(ran.code, 2, "{credential}: {ran:?}");
    }
}

#[test]
fn a_machine_without_roots_logs_in_where_no_tls_is_wanted() {
    let lab = World::open();
    let home = Home::new();
    let line = "call {plaintext} lab.v1.Vault/GetViewer --plaintext \
        --login-url {http-login} --user viewer --password file:@password-viewer.txt";
    let mut command = home.command(&lab, line);
    for variable in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        command.env(variable, "/nonexistent");
    }
    let ran = Ran::new(command.output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
}
