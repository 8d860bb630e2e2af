//! SOCKS5: calls and fetches through a proxy, its login, its resolver, and each of its refusals.

use crate::proxy::run;
use crate::socks::Manner;
use crate::socks::Socks;
use crate::socks::socks;
use crate::world::World;

const LOGIN: Option<(&str, &str)> = Some(("me", "open-sesame-42"));
const WITH_LOGIN: &str = "--proxy-user me --proxy-password env:PROXY_PASSWORD";

fn asked(proxy: &Socks) -> Vec<String> {
    proxy.asked.lock().unwrap().clone()
}

fn port(world: &World, door: &str) -> String {
    world.door(door).rsplit_once(':').unwrap().1.to_owned()
}

#[test]
fn who_resolves_the_name_is_as_curl_has_it() {
    let world = World::open();
    let port = port(&world, "tls");
    let call = "lab.v1.Vault/GetPublic --cacert @ca.pem --servername localhost --format json";
    for (scheme, target, flags, destination) in [
        ("socks5", format!("localhost:{port}"), String::new(), None),
        (
            "socks5h",
            format!("localhost:{port}"),
            String::new(),
            Some(format!("localhost:{port}")),
        ),
        // No resolver knows this name; the proxy does.
        (
            "socks5h",
            format!("lab.invalid:{port}"),
            String::new(),
            Some(format!("lab.invalid:{port}")),
        ),
        (
            "socks5h",
            format!("lab.invalid:{port}"),
            format!("--resolve lab.invalid:{port}:192.0.2.7"),
            Some(format!("192.0.2.7:{port}")),
        ),
        (
            "socks5",
            format!("192.0.2.8:{port}"),
            String::new(),
            Some(format!("192.0.2.8:{port}")),
        ),
    ] {
        for login in [None, LOGIN] {
            let proxy = socks(Manner {
                login,
                ..Manner::default()
            });
            let with = login.map_or("", |_| WITH_LOGIN);
            let line = format!(
                "call {target} {call} --proxy {scheme}://{} {flags} {with}",
                proxy.address
            );
            let ran = run(&world, &line, &[]);
            let document = ran.document();
            assert_eq!(ran.code, 0, "{line}: {document:#}");
            let handshake = &document["handshake"];
            assert_eq!(handshake["proxy"], format!("{scheme}://{}", proxy.address));
            assert!(!ran.stdout.contains("open-sesame-42"));
            let asked = asked(&proxy);
            assert_eq!(asked.len(), 1);
            match &destination {
                Some(destination) => assert_eq!(asked[0], *destination),
                None => assert!(
                    ["127.0.0.1", "::1"]
                        .iter()
                        .any(|local| asked[0].starts_with(local))
                ),
            }
        }
    }
}

#[test]
fn each_refusal_has_its_diagnosis() {
    let world = World::open();
    let reply = |reply| Manner {
        reply: Some(reply),
        ..Manner::default()
    };
    let instead = |instead| Manner {
        instead: Some(instead),
        ..Manner::default()
    };
    let guarded = Manner {
        login: Some(("another", "x")),
        ..Manner::default()
    };
    for (manner, flags, id) in [
        (guarded, "", "proxy.auth-required"),
        (guarded, WITH_LOGIN, "proxy.auth-required"),
        (reply(2), "", "proxy.connect-refused"),
        (reply(4), "", "proxy.target-unreachable"),
        (reply(5), "", "proxy.target-unreachable"),
        (reply(6), "", "proxy.target-unreachable"),
        (instead(b"SSH-2.0-x\r\n"), "", "proxy.no-tunnel"),
        (
            instead(b"HTTP/1.1 400 Bad Request\r\n\r\n"),
            "",
            "proxy.no-tunnel",
        ),
        (instead(b""), "--connect-timeout 3s", "proxy.no-tunnel"),
    ] {
        let proxy = socks(manner);
        let line = format!(
            "call {{tls}} lab.v1.Vault/GetPublic --cacert @ca.pem --format json --proxy socks5h://{} {flags}",
            proxy.address
        );
        let ran = run(&world, &line, &[]);
        let document = ran.document();
        assert_eq!(document["diagnosis"]["id"], id, "{document:#}");
        assert_eq!(document["handshake"]["reached"], "proxy");
        assert_eq!(ran.code, 3);
        assert!(!ran.stdout.contains("open-sesame-42"));
    }
    let unresolved = socks(Manner::default());
    let line = format!(
        "call lab.invalid:1 a.B/C --insecure --format json --proxy socks5://{}",
        unresolved.address
    );
    let document = run(&world, &line, &[]).document();
    let id = document["diagnosis"]["id"].as_str().unwrap();
    assert!(id.starts_with("net.name-"), "{document:#}");
    let cause = document["diagnosis"]["cause"].as_str().unwrap();
    assert!(cause.contains("lab.invalid"), "{cause}");
    assert_eq!(asked(&unresolved), [""; 0]);
}

/// The token endpoint, its metadata and its keys are reached the same way as the target.
#[test]
fn tokens_and_keys_are_fetched_through_it() {
    let world = World::open();
    let proxy = socks(Manner {
        login: LOGIN,
        ..Manner::default()
    });
    let through = format!("--proxy socks5h://{} {WITH_LOGIN}", proxy.address);
    let line = format!(
        "call {{tls}} lab.v1.Vault/GetPublic --cacert @ca.pem --token-cacert @ca.pem --issuer {{issuer}} --client-id ci --client-secret file:@oauth-ci.secret --format json {through}"
    );
    let ran = run(&world, &line, &[]);
    assert_eq!(ran.code, 0, "{:#}", ran.document());
    let issuer = world.issuer().split('/').nth(2).unwrap().to_owned();
    let seen = asked(&proxy);
    assert!(seen.contains(&issuer), "{seen:?}");
    assert!(seen.contains(&world.door("tls").to_owned()), "{seen:?}");
}

/// A proxy on loopback leads elsewhere: what may not cross a network in the clear does not go there.
#[test]
fn a_credential_is_not_sent_in_plaintext_through_a_proxy_on_loopback() {
    let world = World::open();
    let proxy = socks(Manner::default());
    let line = format!(
        "call {{plaintext}} lab.v1.Vault/GetViewer --plaintext --token file:@token-viewer.jwt --format json --proxy socks5h://{}",
        proxy.address
    );
    let ran = run(&world, &line, &[]);
    assert_eq!(ran.code, 2);
    let document = ran.document();
    assert_eq!(document["diagnosis"]["id"], "credential.plaintext-refused");
    assert_eq!(asked(&proxy), [""; 0]);
}

#[test]
fn the_environment_names_it_as_it_does_an_http_proxy() {
    let world = World::open();
    let proxy = socks(Manner {
        login: LOGIN,
        ..Manner::default()
    });
    let url = format!("socks5h://me:open-sesame-42@{}", proxy.address);
    let port = port(&world, "tls");
    let line = format!(
        "call lab.invalid:{port} lab.v1.Vault/GetPublic --cacert @ca.pem --servername localhost --format json"
    );
    for variable in ["HTTPS_PROXY", "ALL_PROXY"] {
        let ran = run(&world, &line, &[(variable, &url)]);
        assert_eq!(ran.code, 0, "{:#}", ran.document());
        assert!(!ran.stdout.contains("open-sesame-42"));
    }
    assert_eq!(asked(&proxy).len(), 2);
}
