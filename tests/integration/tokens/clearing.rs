//! `token get`, `refresh` and `clear`, against the lab.

use super::LOGIN;
use super::PASSWORD;
use crate::home::Home;
use crate::world::World;

const RPC: &str = "{tls} --login-rpc auth.v1.AuthService --user viewer --password file:@password-viewer.txt --cacert @ca.pem --token-cache disk";

#[test]
fn a_token_is_printed_alone_and_anew_when_that_is_asked() {
    let lab = World::open();
    for credential in [PASSWORD, &format!("{LOGIN} --token-cache disk"), RPC] {
        let home = Home::new();
        let token = |command: &str| {
            let ran = home.run(&lab, &format!("token {command} {credential}"));
            assert_eq!(ran.code, 0, "{ran:?}");
            let [token, ""] = ran.stdout.split('\n').collect::<Vec<_>>()[..] else {
                panic!("{ran:?}")
            };
            assert!(!ran.stderr.contains(token), "{ran:?}");
            token.to_owned()
        };
        let first = token("get");
        assert_eq!(token("get"), first);
        let second = token("refresh");
        assert_ne!(second, first);
        assert_eq!(token("get"), second);
        let ran = home.run(&lab, &format!("token get {credential} --format json"));
        let document = ran.document();
        assert_eq!(document["token"], second);
        assert_eq!(document["credential"]["obtained"], "cache");
    }
}

#[test]
fn one_token_or_all_are_forgotten() {
    let lab = World::open();
    let home = Home::new();
    let login = format!("{LOGIN} --token-cache disk");
    let clear = |arguments: &str| {
        let ran = home.run(&lab, &format!("token clear {arguments} --format json"));
        assert_eq!(ran.code, 0, "{ran:?}");
        ran.document()["cleared"].as_u64().unwrap()
    };
    let get = || {
        for credential in [PASSWORD, &login, RPC] {
            assert_eq!(home.run(&lab, &format!("token get {credential}")).code, 0);
        }
        assert_eq!(home.kept().len(), 3);
    };
    assert_eq!(clear(""), 0);
    get();
    assert_eq!(clear(PASSWORD), 1);
    assert_eq!(clear(PASSWORD), 0);
    assert_eq!(home.kept().len(), 2);
    get();
    assert_eq!(clear(""), 3);
    assert_eq!(home.kept().len(), 0);
}

#[test]
fn logging_out_makes_the_token_void_where_it_came_from() {
    let lab = World::open();
    let home = Home::new();
    let issuer = PASSWORD.replace("--token-url {issuer}/token", "--issuer {issuer}");
    for credential in [&issuer[..], RPC] {
        let ran = home.run(&lab, &format!("token get {credential}"));
        let token = ran.stdout.trim_end().to_owned();
        let call = || {
            let line = "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token env:LAB_TOKEN";
            let mut command = home.command(&lab, line);
            command
                .env("LAB_TOKEN", &token)
                .output()
                .unwrap()
                .status
                .code()
        };
        assert_eq!(call(), Some(0), "{ran:?}");
        let ran = home.run(&lab, &format!("token clear {credential} --log-out"));
        assert_eq!((ran.code, home.kept().len()), (0, 0), "{ran:?}");
        assert_eq!(call(), Some(80), "{credential}");
    }
}

#[test]
fn nothing_to_make_void_and_no_way_to_are_said() {
    let lab = World::open();
    let home = Home::new();
    let ran = home.run(&lab, &format!("token clear {PASSWORD} --log-out"));
    assert!(
        ran.code == 0 && ran.stderr.contains("none to make void"),
        "{ran:?}"
    );
    let login = format!("{LOGIN} --token-cache disk");
    assert_eq!(home.run(&lab, &format!("token get {login}")).code, 0);
    let ran = home.run(&lab, &format!("token clear {login} --log-out"));
    assert!(
        ran.code == 0 && ran.stderr.contains("until it expires"),
        "{ran:?}"
    );
    assert_eq!(home.kept().len(), 0);
    let ran = home.run(&lab, "token clear --log-out");
    assert_eq!(ran.code, 2, "{ran:?}");
}

#[test]
fn what_is_not_to_be_had_leaves_standard_output_empty() {
    let lab = World::open();
    let home = Home::new();
    let wrong = PASSWORD.replace("password-viewer", "password-admin");
    for (line, code) in [
        (format!("token get {wrong}"), 4),
        (format!("token refresh {wrong}"), 4),
        ("token get".to_owned(), 2),
        ("token get --token file:@no-such-file".to_owned(), 2),
        (
            "token get --user a --password file:@password-viewer.txt".to_owned(),
            2,
        ),
        (
            format!("token get {PASSWORD} --login-url {{https-login}}"),
            2,
        ),
    ] {
        let ran = home.run(&lab, &line);
        assert_eq!((ran.code, &ran.stdout[..]), (code, ""), "{line}: {ran:?}");
        let errors = ran.stderr.lines().filter(|line| line.starts_with("error["));
        assert!(errors.count() == 1 || code == 4, "{line}: {ran:?}");
    }
    assert_eq!(home.kept().len(), 0);
}
