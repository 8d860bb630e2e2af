//! Targets and URLs that are given with a user, a password or a query: no output repeats these.

use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;

use crate::world::Ran;
use crate::world::grpcauth;

/// A password of a length that is found in running text, and a short one.
const SECRETS: &[&str] = &["c4nary-0f-a-pl4ce", "pw-7"];

const FORMATS: &[&str] = &["", "-vv", "--format json", "--format ndjson"];

/// Command lines; SECRET stands where nothing is shown.
const LINES: &[&str] = &[
    "call https://user:SECRET@127.0.0.1:9 a.B/C",
    "call user:SECRET@127.0.0.1:9 a.B/C",
    "call 127.0.0.1:9?token=SECRET a.B/C",
    "call https://127.0.0.1:9/?a=b&sig=SECRET a.B/C",
    "call https://127.0.0.1:9/p#SECRET a.B/C",
    "call dns:///user:SECRET@h:9 a.B/C",
    "call dns://SECRET@h:9 a.B/C",
    "call unix:///tmp/x?token=SECRET a.B/C",
    "call 127.0.0.1:9 a.B/C?token=SECRET",
    "call 127.0.0.1:9 https://u:SECRET@h/a.B/C",
    "call 127.0.0.1:9 a.B/C --proxy http://u:SECRET@127.0.0.1:9",
    "call 127.0.0.1:9 a.B/C --proxy u:SECRET@127.0.0.1:9",
    "call 127.0.0.1:9 a.B/C --proxy http://127.0.0.1:9/?token=SECRET",
    "call 127.0.0.1:9 a.B/C --proxy socks5://u:SECRET@127.0.0.1:9",
    "call 127.0.0.1:9 a.B/C --authority u:SECRET@h",
    "call 127.0.0.1:9 a.B/C --servername u:SECRET@h",
    "call 127.0.0.1:9 a.B/C --resolve u:SECRET@h:9:127.0.0.1",
    "call 127.0.0.1:9 a.B/C --cacert https://u:SECRET@h",
    "call 127.0.0.1:9 a.B/C --plaintext --client-id x --token-url http://u:SECRET@127.0.0.1:9/t",
    "call 127.0.0.1:9 a.B/C --plaintext --client-id x --token-url http://127.0.0.1:9/t?key=SECRET",
    "call 127.0.0.1:9 a.B/C --plaintext --client-id x --issuer http://127.0.0.1:9/t?access_token=SECRET",
    "call 127.0.0.1:9 a.B/C --plaintext --client-id x --issuer=http://u:SECRET@127.0.0.1:9/t",
    "call 127.0.0.1:9 a.B/C --plaintext --user x --password env:HOME --login-url http://127.0.0.1:9/t?sig=SECRET",
    "call 127.0.0.1:9 a.B/C --plaintext --user x --password env:HOME --login-url u:SECRET@127.0.0.1:9/t",
    "call 127.0.0.1:9 a.B/C --plaintext --user x --password env:HOME --login-rpc a.B/C --login-target u:SECRET@h:9",
    "call 127.0.0.1:9 a.B/C --plaintext --user x --password env:HOME --login-rpc a.B/C --login-target h:9?t=SECRET",
    "call @PROFILE a.B/C",
    "list https://user:SECRET@127.0.0.1:9",
    "describe 127.0.0.1:9?token=SECRET a.B",
    "handshake https://user:SECRET@127.0.0.1:9",
    "token get user:SECRET@127.0.0.1:9",
    "token clear 127.0.0.1:9?token=SECRET",
    "token verify env:HOME --jwks-url https://u:SECRET@h/k",
    "token verify env:HOME --issuer https://h/?token=SECRET",
    "https://u:SECRET@h/ call",
    "call https://u:SECRET@h/ --no-such-flag",
    "-plaintext -authority u:SECRET@h 127.0.0.1:9 a.B/C",
];

fn shown(line: &str, secret: &str, format: &str) -> Option<String> {
    let home = tempfile::tempdir().unwrap();
    let config = home.path().join("config.toml");
    let target = format!("[profiles.p]\ntarget = \"https://user:{secret}@127.0.0.1:9\"\n");
    std::fs::write(&config, target).unwrap();
    let line = line.replace("SECRET", secret);
    // `token` has neither a verbosity nor events.
    let format = match line.starts_with("token") {
        true => "--format json",
        false => format,
    };
    let profile = format!("-P p --config {}", config.display());
    let line = line.replace("@PROFILE", &profile);
    let output = grpcauth()
        .args(line.split_whitespace().chain(format.split_whitespace()))
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ran = Ran::new(output);
    let all = format!("{}{}", ran.stdout, ran.stderr);
    (all.contains(secret) || all.is_empty()).then(|| format!("{line} {format}:\n{all}"))
}

#[test]
fn places_are_shown_without_user_password_and_query() {
    let rows: Vec<_> = LINES
        .iter()
        .flat_map(|line| SECRETS.iter().map(move |secret| (line, secret)))
        .flat_map(|row| FORMATS.iter().map(move |format| (row, format)))
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(((line, secret), format)) = rows.get(next.fetch_add(1, Ordering::Relaxed)) {
            found.extend(shown(line, secret, format));
        }
        found
    };
    let found: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..4).map(|_| scope.spawn(work)).collect();
        workers
            .into_iter()
            .flat_map(|worker| worker.join().unwrap())
            .collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n\n"));
}

#[test]
fn what_is_no_place_is_shown_as_it_was_given() {
    for (line, shown) in [
        (
            "call https://me:pw-7@127.0.0.1:9 a.B/C --format json",
            "\"target\":\"https://127.0.0.1:9\"",
        ),
        ("call 127.0.0.1:9 a.B@C", "`a.B@C`"),
        (
            "call me@127.0.0.1:9 a.B/C --format json",
            "no user or password",
        ),
    ] {
        let ran = Ran::new(grpcauth().args(line.split(' ')).output().unwrap());
        let all = format!("{}{}", ran.stdout, ran.stderr);
        assert!(all.contains(shown), "{line}: {all}");
    }
}
