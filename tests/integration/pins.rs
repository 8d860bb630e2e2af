//! `--pin`: besides verification, and in its place where a credential is to go to whom `--insecure` let in.

use crate::proxy_server::proxy;
use crate::world::World;

/// The pin of what a door presents, as `handshake` shows it to be copied, and its certificate's digest.
fn shown(world: &World, door: &str) -> (String, String) {
    let line = format!("handshake {{{door}}} --cacert @ca.pem --format json");
    let leaf = &world.run(&line).document()["handshake"]["tls"]["chain"][0];
    let text = |name: &str| leaf[name].as_str().unwrap().to_owned();
    (text("pin"), text("sha256"))
}

#[test]
fn the_pin_that_handshake_shows_fits() {
    let world = World::open();
    let (pin, sha256) = shown(&world, "tls");
    let (other, other_sha256) = shown(&world, "unknown-ca");
    let printed = world.run("handshake {tls} --cacert @ca.pem");
    assert!(
        printed.stdout.contains(&format!("pin {pin}")),
        "{}",
        printed.stdout
    );
    for (pins, code, id) in [
        (format!("--pin {pin}"), 0, ""),
        (format!("--pin {sha256}"), 0, ""),
        (format!("--pin {other} --pin {pin}"), 0, ""),
        (format!("--pin {other}"), 3, "pin.mismatch"),
        (
            format!("--pin {other_sha256} --pin {other}"),
            3,
            "pin.mismatch",
        ),
        (format!("--pin {other} --insecure"), 3, "pin.mismatch"),
    ] {
        for command in [
            "handshake {tls}",
            "call {tls} Vault/GetPublic",
            "list {tls}",
        ] {
            let ran = world.run(&format!("{command} --cacert @ca.pem {pins} --format json"));
            let document = ran.document();
            let said = document["diagnosis"]["id"].as_str().unwrap_or("");
            assert_eq!(
                (ran.code, said),
                (code, id),
                "{command} {pins}: {document:#}"
            );
        }
    }
}

#[test]
fn a_pin_is_on_top_of_verification() {
    let world = World::open();
    let (pin, _) = shown(&world, "unknown-ca");
    let line =
        format!("call {{unknown-ca}} Vault/GetPublic --cacert @ca.pem --pin {pin} --format json");
    let ran = world.run(&line);
    assert_eq!(ran.code, 3);
    assert_eq!(ran.document()["diagnosis"]["id"], "trust.no-path");
    assert_eq!(world.run(&format!("{line} --insecure")).code, 0);
}

/// Behind a proxy nothing is on loopback, whatever is asked for.
#[test]
fn a_pin_lets_the_credential_go_where_insecure_alone_does_not() {
    let world = World::open();
    let (pin, _) = shown(&world, "unknown-ca");
    let proxy = proxy(None, None);
    let line = format!(
        "call {{unknown-ca}} --proxy http://{} Vault/GetViewer --cacert @ca.pem --insecure \
         --token file:@token-viewer.jwt --format json",
        proxy.address
    );
    let withheld = world.run(&line);
    assert_eq!(withheld.code, 80, "{}", withheld.stdout);
    assert!(
        withheld.stdout.contains("credential.withheld"),
        "{}",
        withheld.stdout
    );
    let pinned = world.run(&format!("{line} --pin {pin}"));
    assert_eq!(pinned.code, 0, "{}", pinned.stdout);
    assert!(
        !pinned.stdout.contains("credential.withheld"),
        "{}",
        pinned.stdout
    );
}

#[test]
fn what_a_header_says_of_the_caller_stays_at_home_too() {
    let world = World::open();
    let proxy = proxy(None, None);
    let [file] = world.words("@apikey-viewer.txt").try_into().unwrap();
    let key = std::fs::read_to_string(file).unwrap();
    let line = format!(
        "call {{unknown-ca}} --proxy http://{} Vault/GetViewer --cacert @ca.pem --insecure \
         --rpc-header 'x-api-key: {}' --format json",
        proxy.address,
        key.trim()
    );
    for (flags, code) in [("", 80), ("--allow-unverified-credentials", 0)] {
        let ran = world.run(&format!("{line} {flags}"));
        assert_eq!(ran.code, code, "{}", ran.stdout);
        let warned = ran.stdout.contains("credential.withheld");
        assert_eq!(warned, code == 80, "{}", ran.stdout);
    }
}

#[test]
fn what_is_no_pin_is_refused_with_what_is_wanted() {
    let world = World::open();
    for pin in ["abc", "sha256//xx", "sha1//AAAA"] {
        let ran = world.run(&format!(
            "call {{tls}} Vault/GetPublic --cacert @ca.pem --pin {pin}"
        ));
        assert_eq!(ran.code, 2, "{pin}");
        assert!(ran.stderr.contains("sha256//BASE64"), "{}", ran.stderr);
    }
    let ran = world.run("call {plaintext} Vault/GetPublic --plaintext --pin sha256//xx");
    assert_eq!(ran.code, 2);
}

/// A name is on loopback when it leads there, and not by its spelling.
#[test]
fn insecure_sends_to_whatever_name_leads_to_loopback() {
    let world = World::open();
    let port = world.door("unknown-ca").rsplit_once(':').unwrap().1;
    let line = format!(
        "call lab.test:{port} --resolve lab.test:{port}:127.0.0.1 Vault/GetViewer --cacert @ca.pem --insecure \
         --token file:@token-viewer.jwt"
    );
    assert_eq!(world.run(&line).code, 0);
}
