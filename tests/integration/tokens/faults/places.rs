//! Where the endpoint is: not there, not trusted, or said to be elsewhere.

use std::net::TcpListener;

use super::Kind;
use super::bad_output;
use super::credential;
use super::run;
use crate::home::Home;
use crate::world::World;

const CLIENT: &str = "--client-id 'team:a+b c' --client-secret file:@oauth-team.secret";
const USER: &str = "--user viewer --password file:@password-viewer.txt";

#[test]
fn an_endpoint_that_cannot_be_reached_or_trusted() {
    let lab = World::open();
    let home = Home::new();
    // A port that was free a moment ago.
    let free = TcpListener::bind("127.0.0.1:0")
        .unwrap()
        .local_addr()
        .unwrap();
    for credential in [
        format!("--token-url https://{free}/token {CLIENT}"),
        format!("--issuer https://{free} {CLIENT}"),
        format!("--login-url https://{free}/login {USER}"),
        format!("--login-rpc auth.v1.AuthService --login-target {free} {USER}"),
        format!("--token-url https://no-such-host.invalid/token {CLIENT}"),
        format!("--login-url https://no-such-host.invalid/login {USER}"),
        format!("--token-url {{https-token-unknown-ca}} {CLIENT}"),
        format!("--login-url {{https-token-unknown-ca}} {USER}"),
        format!("--login-rpc auth.v1.AuthService --login-target {{unknown-ca}} {USER}"),
        format!("--token-url {{issuer}}/token --token-cacert @other-ca.pem {CLIENT}"),
        // `--insecure` is for the target alone.
        format!("--token-url {{https-token-unknown-ca}} {CLIENT} --insecure"),
        format!("--login-url {{https-token-unknown-ca}} {USER} --insecure"),
        // TLS where there is none, and none where there is TLS.
        format!(
            "--token-url https://{}/token {CLIENT}",
            lab.door("plaintext")
        ),
        format!("--token-url http://{}/token {CLIENT}", lab.door("tls")),
    ] {
        let before = lab.stats();
        for format in ["", "--format json"] {
            let line = format!(
                "call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {credential} --max-time 5s {format}"
            );
            let (ran, ..) = run(&lab, &home, &line);
            assert_eq!(ran.code, 4, "{credential}: {ran:?}");
            let wrong = bad_output(&ran, !format.is_empty());
            assert!(wrong.is_empty(), "{credential}: {wrong:?} {ran:?}");
            if !format.is_empty() {
                let document = ran.document();
                // The target is fine. Its SETTINGS are not waited for once there is nothing to call with.
                let reached = document["handshake"]["reached"].as_str().unwrap();
                assert!(
                    ["http2", "done"].contains(&reached),
                    "{credential}: {reached}"
                );
                assert_eq!(document["exit_code"], 4, "{credential}");
            }
        }
        assert_eq!(lab.stats()["/token"], before["/token"], "{credential}");
        assert_eq!(lab.stats()["/login"], before["/login"], "{credential}");
    }
}

#[test]
fn no_redirect_is_followed() {
    let lab = World::open();
    let home = Home::new();
    let faults = [
        "redirect-same-host",
        "redirect-other-host",
        "redirect-to-http",
        "redirect-see-other",
        "redirect-loop",
    ];
    for fault in faults {
        for (kind, endpoint) in [(Kind::OAuth, "token"), (Kind::Login, "login")] {
            let credential = credential(kind, fault);
            let line = format!("token get --cacert @ca.pem {credential}");
            let ran = home.run(&lab, &line);
            assert_eq!((ran.code, &ran.stdout[..]), (4, ""), "{fault}: {ran:?}");
            assert_eq!(lab.requests(&format!("/fault/{fault}/{endpoint}")), 1);
        }
    }
    let asked = lab.stats();
    let elsewhere = asked
        .as_object()
        .unwrap()
        .keys()
        .filter(|path| *path != "/stats" && !faults.iter().any(|fault| path.contains(fault)));
    assert_eq!(elsewhere.count(), 0, "{asked}");
}

#[test]
fn the_targets_own_trouble_comes_first() {
    let lab = World::open();
    let home = Home::new();
    for kind in [Kind::OAuth, Kind::Login] {
        let credential = credential(kind, "401");
        let line =
            format!("call {{unknown-ca}} lab.v1.Vault/GetViewer --cacert @ca.pem {credential}");
        let ran = home.run(&lab, &format!("{line} --format json"));
        assert_eq!(ran.code, 3, "{ran:?}");
        assert_eq!(ran.document()["diagnosis"]["layer"], "tls", "{ran:?}");
    }
}
