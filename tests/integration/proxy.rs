//! Calls through an HTTP proxy: over TLS and in plaintext, with credentials for the proxy, refused by it.

mod socks;

use crate::proxy_server::proxy;
use crate::world::Ran;
use crate::world::World;

const BASIC: &str = "proxy-authorization: Basic bWU6b3Blbi1zZXNhbWUtNDI=";
const CALL: &str = "call {tls} lab.v1.Vault/GetPublic --cacert @ca.pem --format json";

/// Runs a line with these variables, the password of the proxy among them.
fn run(world: &World, line: &str, variables: &[(&str, &str)]) -> Ran {
    let mut command = world.command(line);
    command.env("PROXY_PASSWORD", "open-sesame-42");
    command.envs(variables.iter().copied());
    Ran::new(command.output().unwrap())
}

#[test]
fn a_call_goes_through_the_tunnel_and_the_proxys_credentials_do_not() {
    let world = World::open();
    for line in [
        CALL,
        "call {plaintext} lab.v1.Vault/GetPublic --plaintext --format json",
    ] {
        let proxy = proxy(Some(BASIC), None);
        let flags = format!(
            " --proxy http://{} --proxy-user me --proxy-password env:PROXY_PASSWORD",
            proxy.address
        );
        let ran = run(&world, &format!("{line}{flags}"), &[]);
        let document = ran.document();
        assert_eq!(ran.code, 0, "{document:#}");
        let handshake = &document["handshake"];
        assert_eq!(handshake["proxy"], format!("http://{}", proxy.address));
        assert_eq!(handshake["reached"], "done");
        assert!(!ran.stdout.contains("open-sesame-42") && !ran.stdout.contains("bWU6"));
        let heard = proxy.heard.lock().unwrap();
        assert_eq!(heard.heads.matches("CONNECT 127.0.0.1:").count(), 1);
        let tunnelled = String::from_utf8_lossy(&heard.tunnelled);
        assert!(!tunnelled.contains("open-sesame") && !tunnelled.contains("proxy-auth"));
    }
}

#[test]
fn refusals_of_the_proxy_are_its_own() {
    let world = World::open();
    let forbidden = "HTTP/1.1 403 Forbidden\r\nserver: squid\r\n\r\n";
    for (wanted, refusal, flags, id) in [
        (Some(BASIC), None, "", "proxy.auth-required"),
        (
            Some("another"),
            None,
            "--proxy-user me --proxy-password env:PROXY_PASSWORD",
            "proxy.auth-required",
        ),
        (None, Some(forbidden), "", "proxy.connect-refused"),
        (None, Some("SSH-2.0-OpenSSH\r\n"), "", "proxy.no-tunnel"),
    ] {
        let proxy = proxy(wanted, refusal);
        let line = format!("{CALL} --proxy http://{} {flags}", proxy.address);
        let ran = run(&world, &line, &[]);
        let document = ran.document();
        assert_eq!(document["diagnosis"]["id"], id, "{document:#}");
        assert_eq!(document["handshake"]["reached"], "proxy");
        assert_eq!((ran.code, &document["outcome"]), (3, &"no_status".into()));
    }
}

#[test]
fn the_environment_names_a_proxy_but_never_for_loopback() {
    let world = World::open();
    let proxy = proxy(None, None);
    let url = format!("http://me:open-sesame-42@{}", proxy.address);
    let port = world.door("tls").rsplit_once(':').unwrap().1.to_owned();
    let named = format!(
        "call lab.test:{port} lab.v1.Vault/GetPublic --cacert @ca.pem --servername localhost --resolve lab.test:{port}:127.0.0.1 --format json"
    );
    for (line, variables, proxied) in [
        (CALL, vec![("HTTPS_PROXY", url.as_str())], false),
        (&named, vec![("HTTPS_PROXY", &url)], true),
        (
            &named,
            vec![("HTTPS_PROXY", &url), ("NO_PROXY", ".test")],
            false,
        ),
    ] {
        let ran = run(&world, line, &variables);
        let document = ran.document();
        assert_eq!(ran.code, 0, "{document:#}");
        assert_eq!(
            document["handshake"]["proxy"].is_string(),
            proxied,
            "{variables:?}"
        );
        assert!(!ran.stdout.contains("open-sesame-42"));
    }
    assert!(proxy.heard.lock().unwrap().heads.contains(BASIC));
}
