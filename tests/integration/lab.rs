//! `grpcauth lab`: every door's own command lines come to what the table says, and `--doors` lists them.

use std::process::Command;
use std::sync::Mutex;
use std::thread;

use grpcauth::internals::diagnoses;
use grpcauth::internals::diagnoses::Certainty;
use grpcauth::internals::lab::doors;
use serde_json::Value;

use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

/// How many command lines run at a time.
const AT_ONCE: usize = 4;

/// A command line as the lab prints it, and what it must come to.
struct Line {
    door: &'static str,
    demonstrates: Option<&'static str>,
    line: String,
}

/// Every command line of every door.
fn lines(world: &World) -> Vec<Line> {
    let mut lines = Vec::new();
    for door in world.doors() {
        lines.push(Line {
            door: door.id,
            demonstrates: door.demonstrates,
            line: door.example.clone(),
        });
        lines.extend(door.more.iter().map(|example| Line {
            door: door.id,
            demonstrates: Some(example.demonstrates),
            line: example.line.clone(),
        }));
    }
    lines
}

#[test]
fn every_door_shows_what_it_says() {
    let world = World::open();
    let lines = lines(&world);
    assert!(lines.len() >= doors().count());
    let left = Mutex::new(lines.iter());
    let wrong = Mutex::new(Vec::new());
    thread::scope(|scope| {
        for _ in 0..AT_ONCE {
            scope.spawn(|| {
                loop {
                    let Some(line) = left.lock().unwrap().next() else {
                        break;
                    };
                    if let Err(said) = shows(line) {
                        let Line { door, line, .. } = line;
                        wrong
                            .lock()
                            .unwrap()
                            .push(format!("{door}: {said}\n  {line}"));
                    }
                }
            });
        }
    });
    let wrong = wrong.into_inner().unwrap();
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Runs the line in a shell, as it is printed.
fn shows(line: &Line) -> Result<(), String> {
    if !line.line.starts_with("grpcauth ") {
        // The authorization server is asked with another client; `lab/tests.rs` asks it.
        return match line.line.starts_with("curl ") && line.demonstrates.is_none() {
            true => Ok(()),
            false => Err("neither grpcauth nor curl".to_owned()),
        };
    }
    let ran = in_shell(&format!("{} --format json", line.line));
    let document: Value = serde_json::from_str(&ran.stdout)
        .map_err(|error| format!("{error}: {:?} {:?}", ran.stdout, ran.stderr))?;
    let diagnosed = document["diagnosis"]["id"].as_str();
    let told = || {
        format!(
            "{diagnosed:?}, exit code {}, warnings {:?}, {}",
            ran.code,
            ids(&document["warnings"]),
            document["diagnosis"]
        )
    };
    let is_warning = line.demonstrates.is_some_and(|id| {
        let row = diagnoses::find(id).expect("the lab's tables name diagnoses");
        // What --insecure waives is a warning as well.
        row.certainty == Certainty::Warning || line.line.ends_with("--insecure")
    });
    let (expected, warned) = match (is_warning, line.demonstrates) {
        (true, Some(id)) => (None, ids(&document["warnings"]).contains(&id)),
        (_, id) => (id, true),
    };
    let fits = (ran.code == 0) == expected.is_none() && document["exit_code"] == ran.code;
    match diagnosed == expected && warned && fits {
        true => Ok(()),
        false => Err(format!("{} was to be {:?}", told(), line.demonstrates)),
    }
}

fn ids(findings: &Value) -> Vec<&str> {
    let findings = findings.as_array().into_iter().flatten();
    findings
        .filter_map(|finding| finding["id"].as_str())
        .collect()
}

/// The line as typed, with the binary under test as `grpcauth`.
#[expect(clippy::disallowed_methods, reason = "programs are found by PATH")]
fn in_shell(line: &str) -> Ran {
    let binary = std::path::Path::new(env!("CARGO_BIN_EXE_grpcauth"));
    let mut path = binary.parent().unwrap().as_os_str().to_owned();
    path.push(":");
    path.push(std::env::var_os("PATH").unwrap_or_default());
    let mut command = Command::new("sh");
    command.env_clear().env("PATH", path).args(["-c", line]);
    Ran::new(command.output().unwrap())
}

/// What no door shows, and why.
const NOT_SHOWN: &[(&str, &str)] = &[
    ("file.pkcs12", "needs a PKCS#12 bundle"),
    (
        "file.unsupported-key",
        "needs a key that the lab cannot make",
    ),
    ("net.name-not-found", "needs a resolver"),
    ("net.name-temporary", "needs a resolver that fails"),
    ("net.unreachable", "needs a network without a route"),
    ("net.connect-timeout", "needs a network that drops packets"),
    ("http2.keepalive-timeout", "takes 20 s of silence"),
    ("http2.too-many-pings", "needs a server that counts PINGs"),
    ("trust.wrong-store", "needs a public CA's certificate"),
    ("cert.refused", "is for what has no diagnosis of its own"),
    ("reflection.ambiguous", "needs two services that end alike"),
    (
        "reflection.stale-cache",
        "needs a server that changes between two calls",
    ),
    (
        "reflection.unsupported",
        "needs an edition that is not released",
    ),
    ("credential.withheld", "is never so on loopback"),
    ("credential.plaintext-refused", "is never so on loopback"),
    ("revocation.crl", "needs a revocation list"),
    ("revocation.crl-expired", "needs a revocation list"),
    ("revocation.crl-unusable", "needs a revocation list"),
    ("revocation.crl-unused", "needs a revocation list"),
    ("token.signing", "needs a key that stops signing"),
    ("token.busy", "needs another process that does not end"),
    ("token.late", "needs several slow exchanges"),
    ("token.refresh-refused", "needs a token that was kept"),
    (
        "credential.wrong-host",
        "needs a profile: no server has a part in it",
    ),
];

#[test]
fn every_diagnosis_of_a_server_has_a_door() {
    let shown: Vec<&str> = doors()
        .flat_map(|door| {
            let more = door.more.iter().map(|example| example.demonstrates);
            door.demonstrates.into_iter().chain(more)
        })
        .collect();
    let excused: Vec<&str> = NOT_SHOWN.iter().map(|(id, _)| *id).collect();
    for (id, why) in NOT_SHOWN {
        assert!(diagnoses::find(id).is_some(), "{id} ({why})");
        assert!(!shown.contains(id), "{id} is shown");
    }
    let missing: Vec<&str> = diagnoses::rows()
        // A proxy is none of the lab's servers.
        .filter(|row| row.family() != "proxy")
        .map(|row| row.id)
        .filter(|id| !shown.contains(id) && !excused.contains(id))
        .collect();
    assert!(missing.is_empty(), "no door shows {}", missing.join(" "));
}

#[test]
fn the_doors_are_listed_without_being_opened() {
    let directory = tempfile::tempdir().unwrap();
    let path = directory.path().join("lab");
    let listed = |format: &str| {
        let mut command = grpcauth();
        command.args(["lab", "--doors", "--format", format, "--dir"]);
        command.arg(&path).args(["--base-port", "19000"]);
        let ran = Ran::new(command.output().unwrap());
        assert_eq!((ran.code, ran.stderr.as_str()), (0, ""));
        ran
    };
    let document = listed("json").document();
    assert_eq!(document["open"], false);
    let rows = document["doors"].as_array().unwrap();
    assert_eq!(rows.len(), doors().count());
    assert_eq!(rows[0]["address"], "127.0.0.1:19000");
    let text = listed("text").stdout;
    for (row, door) in rows.iter().zip(doors()) {
        assert_eq!(row["id"], door.id);
        assert!(text.contains(row["example"].as_str().unwrap()), "{text}");
        for example in row["more"].as_array().unwrap() {
            assert!(
                text.contains(example["example"].as_str().unwrap()),
                "{text}"
            );
        }
    }
    assert!(!path.exists(), "listing opens nothing");
}
