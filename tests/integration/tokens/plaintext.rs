//! A credential that may not go out is not even fetched.

use crate::home::Home;
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

#[test]
fn nothing_is_fetched_for_a_server_without_tls() {
    let lab = World::open();
    let home = Home::new();
    let touched = home.path().join("touched");
    for kind in KINDS {
        let kind = kind.replace("TOUCHED", touched.to_str().unwrap());
        for command in [
            "call {plaintext} lab.v1.Vault/GetViewer",
            "list {plaintext}",
            "describe {plaintext}",
        ] {
            let ran = home.run(&lab, &format!("{command} --plaintext {kind}"));
            assert_eq!(ran.code, 2, "{command} {kind}: {ran:?}");
            assert!(
                ran.stderr.contains("credential.plaintext-refused"),
                "{command} {kind}: {ran:?}"
            );
        }
    }
    assert!(!touched.exists());
    assert_eq!(lab.stats(), serde_json::json!({}));
}

#[test]
fn a_unix_socket_and_a_user_who_says_so_are_let_through() {
    let lab = World::open();
    let home = Home::new();
    let login = "--login-url {https-login} --user viewer --password file:@password-viewer.txt --token-cacert @ca.pem";
    for target in [
        "{plaintext} --plaintext --allow-plaintext-credentials",
        "{unix}",
    ] {
        let (address, flags) = target.split_once(' ').unwrap_or((target, "--plaintext"));
        let ran = home.run(
            &lab,
            &format!("call {address} lab.v1.Vault/GetViewer {flags} {login}"),
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
    ] {
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {credential}");
        let ran = home.run(&lab, &line);
        assert!(ran.code == 2 || ran.code == 4, "{credential}: {ran:?}");
    }
}

#[test]
fn a_machine_without_roots_logs_in_where_no_tls_is_wanted() {
    let lab = World::open();
    let home = Home::new();
    let line = "call {plaintext} lab.v1.Vault/GetViewer --plaintext --allow-plaintext-credentials \
        --login-url {http-login} --user viewer --password file:@password-viewer.txt";
    let mut command = home.command(&lab, line);
    for variable in ["SSL_CERT_FILE", "SSL_CERT_DIR"] {
        command.env(variable, "/nonexistent");
    }
    let ran = Ran::new(command.output().unwrap());
    assert_eq!(ran.code, 0, "{ran:?}");
}
