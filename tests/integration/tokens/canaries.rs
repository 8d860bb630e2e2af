//! No secret of any kind of credential in any output, file or list of processes.

use std::fs;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Stdio;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;

use crate::canary::Canaries;
use crate::canary::has_jwt;
use crate::home::Home;
use crate::world::Ran;
use crate::world::World;

/// What the lab takes, and what it does not.
const GOOD: &[&str] = &[
    "viewer-password",
    "ci-secret-0123456789-0123456789-0",
    "p:100%+more &=/ü-0123456789-0123",
    // As Basic has them.
    "viewer:viewer-password",
    "ci:ci-secret-0123456789-0123456789-0",
    "team%3Aa%2Bb+c:p%3A100%25%2Bmore+%26%3D%2F%C3%BC-0123456789-0123",
];
const WRONG: &str = "wr0ng \"c4nary\" \\ 100%&more=+ü";

/// Each kind that fetches or makes its token, with the secrets in `GOOD`, or `WRONG`.
const KINDS: &[&str] = &[
    "--login-url {https-login} --user viewer --password PASSWORD",
    "--login-url {issuer}/token --login-body 'grant_type=password&client_id=public&username=${username}&password=${password}' --user viewer --password PASSWORD",
    "--login-rpc auth.v1.AuthService --user viewer --password PASSWORD",
    "--issuer {issuer} --client-id 'team:a+b c' --client-secret TEAM",
    "--issuer {issuer} --client-id 'team:a+b c' --client-secret TEAM --client-auth client_secret_post",
    "--issuer {issuer} --client-id ci --client-secret CI --client-auth client_secret_jwt",
    "--issuer {issuer} --grant password --user viewer --password PASSWORD --client-id ci --client-secret CI",
    "--issuer {issuer} --client-id jwt-client --assertion-key file:@oauth-jwt-client.key",
    // An endpoint that says back what it was sent.
    "--token-url {https-faults}/echo/token --client-id 'team:a+b c' --client-secret TEAM",
    "--token-url {https-faults}/echo/token --client-id 'team:a+b c' --client-secret TEAM --client-auth client_secret_post",
    "--login-url {https-faults}/echo/login --user viewer --password PASSWORD",
    "--auth jwt --assertion-key file:@jwt-hs256.secret --assertion-alg HS256 --kid lab-hs256",
    "--exec 'cat TOKEN_FILE'",
];

const OUTPUTS: &[&str] = &[
    "",
    "-v",
    "-vv",
    "-q",
    "--format json",
    "--format json -vv",
    "--format ndjson",
    "--format ndjson -vv",
    "--color always -v",
];

/// What is done with a credential; whether it prints the token. With the lab's own secrets all of it is, with
/// wrong ones the first few.
const COMMANDS: &[(&str, bool)] = &[
    ("call {tls} lab.v1.Vault/GetViewer", false),
    ("list {tls-reflection-guarded}", false),
    ("token get {tls}", true),
    ("call {tls} lab.v1.Vault/GetAdmin", false),
    (
        "call {gateway-401} lab.v1.Vault/GetViewer --protoset @vault.protoset",
        false,
    ),
    ("call {unknown-ca} lab.v1.Vault/GetViewer", false),
    ("token clear {tls} --log-out", false),
];

/// The secrets by reference: the lab's own, or one that it does not know.
fn filled(lab: &World, kind: &str, right: bool) -> String {
    let token = lab.directory().join("token-viewer.jwt");
    let (password, team, ci) = if right {
        (
            "file:@password-viewer.txt",
            "file:@oauth-team.secret",
            "file:@oauth-ci.secret",
        )
    } else {
        ("env:WRONG", "env:WRONG", "env:WRONG")
    };
    kind.replace("PASSWORD", password)
        .replace("TEAM", team)
        .replace("CI ", &format!("{ci} "))
        .replace("--client-secret CI", &format!("--client-secret {ci}"))
        .replace("TOKEN_FILE", token.to_str().unwrap())
}

/// All secrets that the lab's directory holds and that are used here.
fn secrets(lab: &World) -> Canaries {
    let read = |name: &str| fs::read_to_string(lab.directory().join(name)).unwrap();
    let key = read("oauth-jwt-client.key");
    let shared = read("jwt-hs256.secret");
    let mut secrets = GOOD.to_vec();
    secrets.extend([WRONG, shared.trim(), key.lines().nth(1).unwrap()]);
    Canaries::new(&secrets)
}

/// Where a secret was found after a run.
fn singing(ran: &Ran, prints_token: bool, home: &Home, canaries: &Canaries) -> Option<String> {
    for (name, text) in [("stdout", &ran.stdout), ("stderr", &ran.stderr)] {
        if let Some(form) = canaries.heard(text.as_bytes()) {
            return Some(format!("{name} has {form}"));
        }
        let may = prints_token && name == "stdout";
        if has_jwt(text.as_bytes()) && !may {
            return Some(format!("{name} has a token"));
        }
    }
    for file in home.files() {
        let content = fs::read(&file).unwrap();
        let is_token = file.extension().is_some_and(|name| name == "token");
        let mode = fs::metadata(&file).unwrap().permissions().mode() & 0o777;
        if canaries.heard(&content).is_some() || (has_jwt(&content) && !is_token) || mode != 0o600 {
            return Some(format!("{} (mode {mode:o})", file.display()));
        }
    }
    None
}

#[test]
fn canaries_of_tokens_do_not_sing() {
    let lab = World::open();
    let canaries = secrets(&lab);
    let rows: Vec<_> = KINDS
        .iter()
        .flat_map(|kind| [true, false].map(|right| (kind, right)))
        .flat_map(|row| {
            let commands = if row.1 { COMMANDS } else { &COMMANDS[..3] };
            commands.iter().map(move |command| (row, command))
        })
        .collect();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(((kind, right), (command, prints))) =
            rows.get(next.fetch_add(1, Ordering::Relaxed))
        {
            let home = Home::new();
            let credential = filled(&lab, kind, *right);
            for output in OUTPUTS {
                // `token` has neither a verbosity nor events.
                if command.starts_with("token")
                    && (output.contains("-v") || output.contains("ndjson"))
                {
                    continue;
                }
                let line =
                    format!("{command} --cacert @ca.pem {credential} --token-cache disk {output}");
                let ran = Ran::new(
                    home.command(&lab, &line)
                        .env("WRONG", WRONG)
                        .output()
                        .unwrap(),
                );
                if let Some(what) = singing(&ran, *prints, &home, &canaries) {
                    found.push(format!("{line}: {what}\n{ran:?}"));
                }
                if ran.code == 96 || ran.stderr.contains("panicked") {
                    found.push(format!("{line}: {ran:?}"));
                }
            }
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
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn the_search_finds_what_it_looks_for() {
    let canaries = Canaries::new(&[WRONG]);
    for heard in [
        WRONG,
        r#"{"a":"wr0ng \"c4nary\" \\ 100%&more=+ü"}"#,
        "wr0ng+%22c4nary%22+%5C+100%25%26more%3D%2B%C3%BC",
        "wr0ng%20%22c4nary%22%20%5C%20100%25%26more%3D%2B%C3%BC",
        "d3IwbmcgImM0bmFyeSIgXCAxMDAlJm1vcmU9K8O8",
    ] {
        assert!(canaries.heard(heard.as_bytes()).is_some(), "{heard}");
    }
    assert!(canaries.heard(b"wr0ng c4nary").is_none());
    let lab = World::open();
    assert!(has_jwt(
        &fs::read(lab.directory().join("token-viewer.jwt")).unwrap()
    ));
    assert!(!has_jwt(b"eyJhbGciOi is how one begins"));
}

#[test]
fn the_list_of_processes_shows_references_alone() {
    let lab = World::open();
    let canaries = secrets(&lab);
    for (kind, path) in [
        (
            "--token-url {https-faults}/silent/token --client-id ci --client-secret file:@oauth-ci.secret",
            "/fault/silent/token",
        ),
        (
            "--login-url {https-faults}/silent/login --user viewer --password file:@password-viewer.txt",
            "/fault/silent/login",
        ),
    ] {
        let home = Home::new();
        let line = format!("call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {kind}");
        let mut command = home.command(&lab, &line);
        let mut child = command
            .stdout(Stdio::null())
            .stderr(Stdio::null())
            .spawn()
            .unwrap();
        while lab.requests(path) == 0 {
            assert!(child.try_wait().unwrap().is_none(), "it has ended");
            thread::sleep(Duration::from_millis(5));
        }
        // The secrets are on the wire by now.
        let shown = fs::read(format!("/proc/{}/cmdline", child.id())).unwrap();
        child.kill().unwrap();
        child.wait().unwrap();
        assert!(shown.starts_with(env!("CARGO_BIN_EXE_grpcauth").as_bytes()));
        assert_eq!(canaries.heard(&shown), None);
    }
}
