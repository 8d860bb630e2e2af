//! Each operation that the system can refuse is refused: connecting, reading, writing, renaming, locking, starting a
//! program, opening anything at all. The exit code is the table's, one line gives the reason, and files are whole.

use std::fs;
use std::path::Path;
use std::process::Command;
use std::process::Stdio;
use std::time::Duration;
use std::time::Instant;

use crate::home::Home;
use crate::tokens::PASSWORD;
use crate::world::Ran;
use crate::world::World;

const CALL: &str =
    "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt";

/// No file can be longer than nothing, as on a disk that is full.
const FULL: &str = "trap '' XFSZ; ulimit -f 0;";

/// The longest that a run may take.
const LONGEST: Duration = Duration::from_secs(20);

/// Runs a line in a shell that has done `before`, with redirections behind it, at home in `home`.
fn run(lab: &World, home: &Path, before: &str, line: &str, behind: &str) -> Ran {
    let started = Instant::now();
    let output = Command::new("sh")
        .args(["-c", &format!("{before} exec \"$0\" \"$@\" {behind}")])
        .arg(env!("CARGO_BIN_EXE_grpcauth"))
        .args(lab.words(line))
        .env_clear()
        .env("PATH", "/usr/bin:/bin")
        .env("HOME", home)
        .stdin(Stdio::null())
        .output()
        .unwrap();
    let ran = Ran::new(output);
    assert!(started.elapsed() < LONGEST, "{before} {line} {behind}");
    for word in ["panick", "a bug in"] {
        assert!(
            !ran.stderr.contains(word),
            "{before} {line} {behind}: {ran:?}"
        );
    }
    ran
}

/// Whether one line of standard error has these words.
fn says(ran: &Ran, words: &str) -> bool {
    ran.stderr.lines().any(|line| line.contains(words))
}

#[test]
fn what_cannot_be_opened_read_or_started() {
    let lab = World::open();
    let home = tempfile::tempdir().unwrap();
    let vault = "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem";
    for (line, behind, code, words) in [
        (
            "handshake unix:/nonexistent --plaintext",
            "",
            3,
            "No such file",
        ),
        ("handshake unix:/dev/null --plaintext", "", 3, "refused"),
        (
            "handshake {tls} --cacert /proc/self/mem",
            "",
            2,
            "cannot be read",
        ),
        ("handshake {tls} --cacert /", "", 2, "file"),
        (
            "handshake {tls} --cacert @ca.pem --cert /proc/self/mem --key /dev/null",
            "",
            2,
            "cannot be read",
        ),
        (
            &format!("{vault} --token file:/proc/self/mem"),
            "",
            2,
            "Input/output error",
        ),
        (&format!("{vault} --token file:/"), "", 2, "Is a directory"),
        (&format!("{vault} --token stdin"), "<&-", 2, "stdin"),
        (&format!("{vault} --token stdin"), "</", 2, "Is a directory"),
        (
            &format!("{vault} -H @/proc/self/mem"),
            "",
            2,
            "cannot be read",
        ),
        (
            &format!("{CALL} -d @/proc/self/mem"),
            "",
            2,
            "cannot be read",
        ),
        (&format!("{CALL} -d @-"), "</", 2, "Is a directory"),
        (
            &format!("{CALL} --protoset /proc/self/mem"),
            "",
            2,
            "cannot be read",
        ),
        (
            &format!("{CALL} --config /proc/self/mem -P ci"),
            "",
            2,
            "/proc/self/mem",
        ),
        (
            &format!("{vault} --exec /nonexistent"),
            "",
            4,
            "there is no /nonexistent",
        ),
        (
            &format!("{vault} --exec /dev/null"),
            "",
            4,
            "/dev/null cannot be run",
        ),
        (&format!("{vault} --exec /"), "", 4, "/ cannot be run"),
        (
            &format!("{vault} --token cmd:/nonexistent"),
            "",
            2,
            "there is no /nonexistent",
        ),
        ("lab --dir /proc/none", "", 2, "/proc/none"),
        ("lab --dir /dev/null", "", 2, "/dev/null"),
    ] {
        let ran = run(&lab, home.path(), "", line, behind);
        assert_eq!(
            (ran.code, says(&ran, words)),
            (code, true),
            "{line} {behind}: {ran:?}"
        );
    }
}

#[test]
fn output_that_cannot_be_written() {
    let lab = World::open();
    let home = tempfile::tempdir().unwrap();
    for line in [
        CALL,
        &format!("{CALL} --format json"),
        &format!("{CALL} --format ndjson"),
        "list {tls} --cacert @ca.pem",
        "handshake {tls} --cacert @ca.pem",
        &format!("token get {PASSWORD} --token-cache none"),
        "token explain file:@token-viewer.jwt",
        "explain mtls.required",
        "completions bash",
        "man call",
        "--help",
        "call --help",
        "--version",
    ] {
        let full = run(&lab, home.path(), "", line, ">/dev/full");
        let is_told = says(&full, "standard output could not be written: No space left");
        assert_eq!((full.code, is_told), (97, true), "{line}: {full:?}");
        // Nobody listens: what was earned stands.
        for behind in ["2>/dev/full", "2>&-", ">&-", ">&- 2>&- <&-"] {
            let ran = run(&lab, home.path(), "", line, behind);
            assert_eq!(ran.code, 0, "{line} {behind}: {ran:?}");
        }
    }
}

/// A lab whose doors nobody can read of ends; one whose files cannot be written leaves none, not even its marker.
#[test]
fn a_lab_that_cannot_be_written() {
    let lab = World::open();
    let home = tempfile::tempdir().unwrap();
    for format in ["text", "json"] {
        let line = format!("lab --format {format}");
        let ran = run(&lab, home.path(), "", &line, ">/dev/full");
        let is_told = says(&ran, "standard output could not be written: No space left");
        assert_eq!((ran.code, is_told), (97, true), "{ran:?}");
    }
    let directory = home.path().join("lab");
    let line = format!("lab --dir {}", directory.display());
    let ran = run(&lab, home.path(), FULL, &line, "");
    assert_eq!(
        (ran.code, says(&ran, "cannot be written")),
        (2, true),
        "{ran:?}"
    );
    assert_eq!(fs::read_dir(&directory).unwrap().count(), 0);
}

#[test]
fn files_beside_the_output_that_cannot_be_written() {
    let lab = World::open();
    let home = tempfile::tempdir().unwrap();
    let file = home.path().join("out");
    let file = file.to_str().unwrap();
    for line in [
        &format!("{CALL} --protoset-out"),
        "list {tls} --cacert @ca.pem --protoset-out",
        "handshake {tls} --cacert @ca.pem --chain-pem",
    ] {
        let directory = home.path().to_str().unwrap();
        for (before, place, words) in [
            ("", "/dev/full", "No space left"),
            ("", "/proc/none", "No such file"),
            ("", directory, "Is a directory"),
            (FULL, file, "File too large"),
        ] {
            fs::write(file, "old").unwrap();
            let ran = run(&lab, home.path(), before, &format!("{line} {place}"), "");
            assert_eq!(
                (ran.code, says(&ran, words)),
                (97, true),
                "{line} {place}: {ran:?}"
            );
            assert!(!ran.stderr.contains("at path"), "{ran:?}");
            assert!(
                !ran.stdout.is_empty(),
                "the result is there all the same: {ran:?}"
            );
            assert_eq!(fs::read(file).unwrap(), b"old");
            assert_eq!(
                fs::read_dir(home.path()).unwrap().count(),
                1,
                "{line} {place}"
            );
        }
    }
}

#[test]
fn caches_that_cannot_be_written_renamed_or_locked() {
    let lab = World::open();
    let token = format!("token get {PASSWORD} --token-cache disk");
    let descriptors = format!("{CALL} --descriptor-cache on");
    for place in ["/proc", "/dev/null", "/dev/full/x"] {
        for line in [&token, &descriptors] {
            let before = format!("export XDG_CACHE_HOME={place};");
            let home = tempfile::tempdir().unwrap();
            let ran = run(&lab, home.path(), &before, line, "");
            assert_eq!(
                (ran.code, says(&ran, "note: ")),
                (0, true),
                "{place} {line}: {ran:?}"
            );
        }
    }
    for line in [&token, &descriptors] {
        let home = Home::new();
        let ran = run(&lab, home.path(), FULL, line, "");
        assert_eq!(
            (ran.code, says(&ran, "File too large")),
            (0, true),
            "{line}: {ran:?}"
        );
        let left = home.files().into_iter();
        let mut left = left.filter(|file| file.extension().is_none_or(|name| name != "lock"));
        assert_eq!(left.next(), None, "{line}");
    }
    // An old token stays when the new one cannot be kept.
    let home = Home::new();
    assert_eq!(home.run(&lab, &token).code, 0);
    home.expire();
    let [file] = &home.kept()[..] else { panic!() };
    let old = fs::read(file).unwrap();
    let before = format!("{FULL} export XDG_CACHE_HOME=\"$HOME/cache\";");
    let ran = run(&lab, home.path(), &before, &token, "");
    assert_eq!(
        (ran.code, says(&ran, "could not be kept")),
        (0, true),
        "{ran:?}"
    );
    assert_eq!(fs::read(file).unwrap(), old);
    // A directory in the place of a file can be neither replaced nor locked.
    for name in ["token", "lock"] {
        let file = file.with_extension(name);
        fs::remove_file(&file).unwrap();
        fs::create_dir_all(file.join("inside")).unwrap();
        let ran = home.run(&lab, &token);
        assert_eq!(
            (ran.code, says(&ran, "note: ")),
            (0, true),
            "{name}: {ran:?}"
        );
        assert!(!ran.stderr.contains("a bug in"), "{ran:?}");
        assert!(file.join("inside").exists());
        fs::remove_dir_all(&file).unwrap();
        fs::write(&file, "").unwrap();
    }
}

/// From none that a program can start with to plenty: each open, socket, pipe and spawn is in turn the one that gets none.
#[test]
fn no_file_descriptors_left() {
    let lab = World::open();
    let home = tempfile::tempdir().unwrap();
    let token = lab.directory().join("token-viewer.jwt");
    let token = token.display();
    let vault = "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem";
    for (line, failing) in [
        (CALL.to_owned(), &[3][..]),
        ("handshake {tls} --cacert @ca.pem".to_owned(), &[3]),
        (format!("token get {PASSWORD} --token-cache disk"), &[3, 4]),
        (format!("{vault} --exec 'cat {token}'"), &[3, 4]),
        (format!("{vault} --token 'cmd:cat {token}'"), &[2, 3]),
    ] {
        let mut succeeded = false;
        for most in 4..=20 {
            let ran = run(&lab, home.path(), &format!("ulimit -n {most};"), &line, "");
            // The loader, or a file before the first packet.
            let early = ran.code == 127 || ran.code == 2 && says(&ran, "Too many open files");
            let in_turn = failing.contains(&ran.code) && says(&ran, "Too many open files");
            succeeded |= ran.code == 0;
            assert!(early || in_turn || ran.code == 0, "{most} {line}: {ran:?}");
        }
        assert!(succeeded, "{line}");
    }
}
