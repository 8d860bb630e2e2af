//! Which token is used again, by whom, and what becomes of a cache that is not as it should be.

use std::fs;
use std::os::unix::fs::PermissionsExt;
use std::path::Path;

use super::CLIENT;
use super::LOGIN;
use super::PASSWORD;
use crate::home::Home;
use crate::world::Ran;
use crate::world::World;

/// How the credential of a call was come by, and who the caller was.
fn obtained(lab: &World, home: &Home, credential: &str) -> (String, String) {
    let line = format!("call {{tls}} lab.v1.Vault/GetViewer {credential} --format json");
    let ran = home.run(lab, &line);
    assert_eq!(ran.code, 0, "{line}: {ran:?}");
    let document = ran.document();
    let text = |value: &serde_json::Value| value.as_str().unwrap().to_owned();
    (
        text(&document["credential"]["obtained"]),
        text(&document["messages"][0]["caller"]["subject"]),
    )
}

fn words(lab: &World, home: &Home, credential: &str) -> String {
    obtained(lab, home, credential).0
}

#[test]
fn where_a_token_is_kept_and_what_it_is_then_called() {
    let lab = World::open();
    let given = "--token file:@token-viewer.jwt --cacert @ca.pem";
    for (credential, mode, second, files) in [
        (PASSWORD, "auto", "cache", 1),
        (PASSWORD, "disk", "cache", 1),
        (PASSWORD, "memory", "fetched", 0),
        (PASSWORD, "none", "fetched", 0),
        (CLIENT, "auto", "fetched", 0),
        (CLIENT, "disk", "cache", 1),
        (LOGIN, "disk", "cache", 1),
        (given, "disk", "given", 0),
    ] {
        let home = Home::new();
        let credential = format!("{credential} --token-cache {mode}");
        let first = if second == "given" {
            "given"
        } else {
            "fetched"
        };
        assert_eq!(words(&lab, &home, &credential), first, "{credential}");
        assert_eq!(words(&lab, &home, &credential), second, "{credential}");
        assert_eq!(home.kept().len(), files, "{credential}");
        for file in home.kept() {
            let mode = fs::metadata(&file).unwrap().permissions().mode();
            assert_eq!(mode & 0o7777, 0o600, "{credential}");
            home.expire();
            assert_eq!(words(&lab, &home, &credential), "refreshed", "{credential}");
            assert_eq!(words(&lab, &home, &credential), "cache", "{credential}");
        }
    }
}

#[test]
fn what_is_asked_differently_is_not_shared() {
    let lab = World::open();
    let home = Home::new();
    let base = "--cacert @ca.pem --token-cache disk";
    let password =
        format!("{base} --grant password --user viewer --password file:@password-viewer.txt");
    let admin = "--grant password --user admin --password file:@password-admin.txt";
    let ci = "--client-id ci --client-secret file:@oauth-ci.secret";
    let rows = [
        (format!("{password} --issuer {{issuer}} {ci}"), "viewer"),
        (format!("{base} {admin} --issuer {{issuer}} {ci}"), "admin"),
        (
            format!("{password} --token-url {{issuer}}/token {ci}"),
            "viewer",
        ),
        (
            format!("{password} --issuer {{issuer}} --client-id public"),
            "viewer",
        ),
        (
            format!("{password} --issuer {{issuer}} {ci} --client-auth client_secret_post"),
            "viewer",
        ),
        (
            format!("{password} --issuer {{issuer}} {ci} --scope vault.read"),
            "viewer",
        ),
        (
            format!("{password} --issuer {{issuer}} {ci} --audience vault"),
            "viewer",
        ),
        (
            format!("{password} --issuer {{issuer}} {ci} --resource urn:lab:vault"),
            "viewer",
        ),
        (format!("{base} --issuer {{issuer}} {ci}"), "ci"),
        (
            format!(
                "{base} --login-url {{https-login}} --user viewer --password file:@password-viewer.txt"
            ),
            "viewer",
        ),
        (
            format!(
                "{base} --login-url {{https-login}} --user admin --password file:@password-admin.txt"
            ),
            "admin",
        ),
        (
            format!(
                "{base} --login-rpc auth.v1.AuthService --user admin --password file:@password-admin.txt"
            ),
            "admin",
        ),
    ];
    for (number, (credential, subject)) in rows.iter().enumerate() {
        let got = obtained(&lab, &home, credential);
        assert_eq!(got, ("fetched".into(), (*subject).into()), "{credential}");
        assert_eq!(home.kept().len(), number + 1, "{credential}");
    }
    for (credential, subject) in &rows {
        let got = obtained(&lab, &home, credential);
        assert_eq!(got, ("cache".into(), (*subject).into()), "{credential}");
    }
}

#[test]
fn a_wrong_password_is_no_way_to_anothers_token() {
    let lab = World::open();
    let home = Home::new();
    let base = "call {tls} lab.v1.Vault/GetViewer --login-url {https-login} --user viewer --cacert @ca.pem --token-cache disk";
    for (password, code) in [("viewer", 0), ("admin", 4)] {
        let ran = home.run(
            &lab,
            &format!("{base} --password file:@password-{password}.txt"),
        );
        assert_eq!(ran.code, code, "{ran:?}");
    }
}

#[test]
fn a_directory_that_is_open_to_others_is_refused() {
    let lab = World::open();
    let home = Home::new();
    assert_eq!(words(&lab, &home, PASSWORD), "fetched");
    let before = lab.requests("/token");
    for mode in [0o755, 0o770] {
        fs::set_permissions(home.tokens(), PermissionsExt::from_mode(mode)).unwrap();
        for command in [
            "call {tls} lab.v1.Vault/GetViewer",
            "token get",
            "token clear",
        ] {
            let ran = home.run(&lab, &format!("{command} {PASSWORD}"));
            assert_eq!(ran.code, 2, "{command}: {ran:?}");
            assert!(
                ran.stdout.is_empty() && ran.stderr.contains("tokens"),
                "{ran:?}"
            );
        }
    }
    assert_eq!(lab.requests("/token"), before);
    let memory = format!("{PASSWORD} --token-cache memory");
    assert_eq!(words(&lab, &home, &memory), "fetched");
}

#[test]
fn a_damaged_file_is_passed_over_and_replaced() {
    let lab = World::open();
    let home = Home::new();
    assert_eq!(words(&lab, &home, PASSWORD), "fetched");
    let file = home.kept().remove(0);
    let good = fs::read(&file).unwrap();
    type Damage<'a> = &'a dyn Fn(&Path);
    let damages: [(&str, Damage<'_>); 5] = [
        ("cut off", &|file| {
            fs::write(file, &good[..good.len() / 2]).unwrap()
        }),
        ("garbage", &|file| fs::write(file, [0xff; 300]).unwrap()),
        ("empty", &|file| fs::write(file, "").unwrap()),
        ("wide", &|file| {
            fs::set_permissions(file, PermissionsExt::from_mode(0o644)).unwrap()
        }),
        ("a link", &|file| {
            let elsewhere = file.with_extension("elsewhere");
            fs::rename(file, &elsewhere).unwrap();
            std::os::unix::fs::symlink(elsewhere, file).unwrap();
        }),
    ];
    for (name, damage) in damages {
        damage(&file);
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer {PASSWORD}");
        let ran = home.run(&lab, &line);
        assert_eq!(ran.code, 0, "{name}: {ran:?}");
        assert!(
            ran.stderr.contains(file.to_str().unwrap()),
            "{name}: {ran:?}"
        );
        assert_eq!(words(&lab, &home, PASSWORD), "cache", "{name}");
        let found = fs::symlink_metadata(&file).unwrap();
        assert!(
            found.is_file() && found.permissions().mode() & 0o777 == 0o600,
            "{name}"
        );
    }
}

#[test]
fn without_a_place_for_it_a_token_is_fetched_each_time_and_that_is_said() {
    let lab = World::open();
    for (home, cache) in [
        ("/proc/nowhere", None),
        ("/proc/nowhere", Some("/dev/null/cache")),
    ] {
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer {PASSWORD}");
        for _ in 0..2 {
            let mut command = lab.command(&line);
            command.env("HOME", home);
            if let Some(cache) = cache {
                command.env("XDG_CACHE_HOME", cache);
            }
            let before = lab.requests("/token");
            let ran = Ran::new(command.output().unwrap());
            assert_eq!(ran.code, 0, "{ran:?}");
            assert!(ran.stderr.contains(cache.unwrap_or(home)), "{ran:?}");
            assert_eq!(lab.requests("/token"), before + 1);
        }
    }
}
