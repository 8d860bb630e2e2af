//! A call whose token endpoint does something wrong: it ends in time, with the right exit code, in few words,
//! in bounded memory, and says no secret.

mod places;
mod table;

use std::process::Stdio;
use std::sync::LazyLock;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::thread;
use std::time::Duration;
use std::time::Instant;

use serde_json::Value;

use crate::canary::Canaries;
use crate::canary::has_jwt;
use crate::home::Home;
use crate::hostile::watch_memory;
use crate::world::Ran;
use crate::world::World;

use table::ROWS;
use table::Row;

const SECRET: &str = "p:100%+more &=/ü-0123456789-0123";
const PASSWORD: &str = "viewer-password";

/// The longest that any run may take: `--max-time` and what a debug build needs on a machine that is busy.
const LONGEST: Duration = Duration::from_secs(20);
/// The most lines that a failure may take: the refusal of a call also tells of its credential.
const LINES: usize = 9;
/// The most memory that any run may hold, as for other hostile peers.
const MEMORY: u64 = 100 << 20;
/// How many runs at a time.
const WORKERS: usize = 4;

static SCHEMA: LazyLock<jsonschema::Validator> = LazyLock::new(|| {
    let schema = grpcauth::internals::schema();
    jsonschema::validator_for(&serde_json::from_str(&schema).unwrap()).unwrap()
});

/// By which kind the endpoint is asked.
#[derive(Clone, Copy, Debug)]
enum Kind {
    OAuth,
    Login,
}

fn credential(kind: Kind, fault: &str) -> String {
    match kind {
        Kind::OAuth => format!(
            "--token-url {{https-faults}}/{fault}/token --client-id 'team:a+b c' --client-secret file:@oauth-team.secret"
        ),
        Kind::Login => format!(
            "--login-url {{https-faults}}/{fault}/login --user viewer --password file:@password-viewer.txt"
        ),
    }
}

/// A run, how long it took, and how much memory it held.
fn run(lab: &World, home: &Home, line: &str) -> (Ran, Duration, u64) {
    let began = Instant::now();
    let child = home
        .command(lab, line)
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let watch = watch_memory(child.id());
    let ran = Ran::new(child.wait_with_output().unwrap());
    (ran, began.elapsed(), watch.join().unwrap())
}

/// What is wrong with a run.
fn wrong(row: &Row, kind: Kind, as_json: bool, lab: &World) -> Vec<String> {
    let home = Home::new();
    let format = if as_json { "--format json" } else { "" };
    let line = format!(
        "call {{tls}} lab.v1.Vault/GetViewer --cacert @ca.pem {} --token-cache disk --max-time 3s {format}",
        credential(kind, row.fault)
    );
    let (ran, took, memory) = run(lab, &home, &line);
    // Every second request of these is answered well, and nobody asks twice by himself.
    let second = !as_json && row.fault.ends_with("-then-good");
    let code = if second { 0 } else { row.code };
    let mut wrong = Vec::new();
    if ran.code != code {
        wrong.push(format!("exit code {}", ran.code));
    }
    if took > LONGEST || memory > MEMORY {
        wrong.push(format!("{took:?}, {memory} bytes"));
    }
    wrong.extend(bad_output(&ran, as_json));
    if as_json {
        wrong.extend(bad_document(&ran, row.ids[kind as usize], row.code));
    }
    // A secret that was sent to the endpoint is kept nowhere.
    let canaries = Canaries::new(&[SECRET, PASSWORD]);
    for file in home.files() {
        let content = std::fs::read(&file).unwrap();
        if canaries.heard(&content).is_some() {
            wrong.push(format!("a secret in {}", file.display()));
        }
    }
    if !wrong.is_empty() {
        wrong.push(format!("{ran:?}"));
    }
    wrong
}

/// What no output may have, or lack.
pub fn bad_output(ran: &Ran, as_json: bool) -> Vec<String> {
    let mut wrong = Vec::new();
    let both = format!("{}{}", ran.stdout, ran.stderr);
    if let Some(form) = Canaries::new(&[SECRET, PASSWORD]).heard(both.as_bytes()) {
        wrong.push(format!("the secret as {form}"));
    }
    if has_jwt(both.as_bytes()) {
        wrong.push("a token".to_owned());
    }
    if both.contains("panicked") || ran.code == 96 {
        wrong.push("a panic".to_owned());
    }
    let raw = |letter: char| letter.is_control() && letter != '\n';
    let bidi = |letter: char| matches!(letter, '\u{202a}'..='\u{202e}' | '\u{2066}'..='\u{2069}');
    if both.contains(raw) || both.contains(bidi) {
        wrong.push("a control character".to_owned());
    }
    if ran.stderr.lines().count() > LINES {
        wrong.push("too many lines".to_owned());
    }
    let errors = ran
        .stderr
        .lines()
        .filter(|line| line.starts_with("error["))
        .count();
    if !as_json && errors != usize::from(ran.code != 0) {
        wrong.push(format!("{errors} errors"));
    }
    wrong
}

fn bad_document(ran: &Ran, id: &str, code: i32) -> Vec<String> {
    let Ok(document) = serde_json::from_str::<Value>(&ran.stdout) else {
        return vec!["no document".to_owned()];
    };
    let mut wrong: Vec<String> = SCHEMA
        .iter_errors(&document)
        .map(|error| error.to_string())
        .collect();
    if document["exit_code"] != code {
        wrong.push(format!("exit_code {}", document["exit_code"]));
    }
    if document["diagnosis"]["id"].as_str().unwrap_or_default() != id {
        wrong.push(format!("diagnosis {}", document["diagnosis"]["id"]));
    }
    if code == 4 && (document["outcome"] != "no_status" || !super::attempts(&document).is_empty()) {
        wrong.push("a call without its credential".to_owned());
    }
    wrong
}

#[test]
fn each_fault_comes_to_what_it_should() {
    let lab = World::open();
    let next = AtomicUsize::new(0);
    let work = || {
        let mut found = Vec::new();
        while let Some(row) = ROWS.get(next.fetch_add(1, Ordering::Relaxed)) {
            for kind in [Kind::OAuth, Kind::Login] {
                for as_json in [true, false] {
                    let wrong = wrong(row, kind, as_json, &lab);
                    if !wrong.is_empty() {
                        found.push(format!(
                            "{} {kind:?} {as_json}: {}",
                            row.fault,
                            wrong.join(", ")
                        ));
                    }
                }
            }
        }
        found
    };
    let found: Vec<String> = thread::scope(|scope| {
        let workers: Vec<_> = (0..WORKERS).map(|_| scope.spawn(work)).collect();
        let ended = workers.into_iter().map(|worker| worker.join().unwrap());
        ended.flatten().collect()
    });
    assert!(found.is_empty(), "{}", found.join("\n"));
}

#[test]
fn every_fault_of_the_lab_is_in_the_table() {
    let lab = World::open();
    let listed = lab.faults();
    let here: Vec<&str> = ROWS.iter().map(|row| row.fault).collect();
    assert_eq!(listed, here);
}
