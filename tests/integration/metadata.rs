//! Metadata from the command line, from files, from standard input and from secrets.

use std::io::Write as _;
use std::process::Stdio;

use crate::world::Ran;
use crate::world::World;

const SECRET: &str = "c4nary-0f-a-tenant";

/// Runs `line` with `input` on standard input, and a secret in the environment.
fn run(world: &World, line: &str, input: &str) -> Ran {
    let mut child = world
        .command(line)
        .env("SECRET", SECRET)
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    // Who claims it not may have gone by now.
    let _ = child.stdin.take().unwrap().write_all(input.as_bytes());
    Ran::new(child.wait_with_output().unwrap())
}

#[test]
fn a_token_in_a_file_of_headers_is_a_token() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let token = run(
        &world,
        "call {tls} Vault/GetViewer --cacert @ca.pem -H @- -v",
        &headers(&world),
    );
    assert_eq!(token.code, 0, "{}", token.stderr);
    assert!(token.stderr.contains("x-tenant: a"), "{}", token.stderr);
    assert!(token.stderr.contains("trace-bin: +/8"), "{}", token.stderr);
    let file = directory.path().join("headers.txt");
    std::fs::write(&file, headers(&world)).unwrap();
    let line = format!(
        "call {{tls}} Vault/GetViewer --cacert @ca.pem --format json -H '@{}'",
        file.display()
    );
    let ran = run(&world, &line, "");
    assert_eq!(ran.code, 0, "{}", ran.stderr);
    let credential = &ran.document()["credential"];
    assert_eq!(credential["kind"], "bearer");
    assert_eq!(credential["source"], format!("-H @{}", file.display()));
}

fn headers(world: &World) -> String {
    let [path] = world.words("@token-viewer.jwt").try_into().unwrap();
    let token = std::fs::read_to_string(path).unwrap();
    format!(
        "# who calls\nauthorization: Bearer {}\n\nx-tenant: a\ntrace-bin: -_8=\n",
        token.trim()
    )
}

#[test]
fn standard_input_is_claimed_once() {
    let world = World::open();
    for (line, code) in [
        ("-H @- -d ' {}'", 0),
        ("-H @- -H @-", 2),
        ("-H @- -d @-", 2),
        ("-H @- --token stdin", 2),
        ("--header-from x-tenant=stdin --rpc-header @-", 2),
    ] {
        let line = format!("call {{tls}} Vault/GetPublic --cacert @ca.pem {line}");
        let ran = run(&world, &line, "x-tenant: a\n");
        assert_eq!(ran.code, code, "{line}: {}", ran.stderr);
        assert!(
            code == 0 || ran.stderr.contains("claimed twice"),
            "{}",
            ran.stderr
        );
    }
}

#[test]
fn a_header_from_a_source_is_sent_and_never_shown() {
    let world = World::open();
    for (key, id) in [("x-tenant", ""), ("authorization", "credential.scheme")] {
        for detail in ["-v", "-vv", "--format json", "-v --format json"] {
            let line = format!(
                "call {{tls}} Vault/GetViewer --cacert @ca.pem --header-from {key}=env:SECRET {detail}"
            );
            let ran = run(&world, &line, "");
            assert_eq!(ran.code, 80, "{line}: {}", ran.stderr);
            assert!(!ran.stdout.contains(SECRET), "{line}: {}", ran.stdout);
            assert!(!ran.stderr.contains(SECRET), "{line}: {}", ran.stderr);
            assert!(
                ran.stdout.contains(id) || ran.stderr.contains(id),
                "{}",
                ran.stderr
            );
        }
    }
    let [key] = world.words("file:@apikey-viewer.txt").try_into().unwrap();
    let line =
        format!("call {{tls}} Vault/GetViewer --cacert @ca.pem --header-from x-api-key={key}");
    assert_eq!(run(&world, &line, "").code, 0);
}

#[test]
fn a_header_from_a_source_stays_off_plaintext() {
    let world = World::open();
    let flags = "Vault/GetPublic --plaintext --header-from x-tenant=env:SECRET";
    let ran = run(&world, &format!("call 192.0.2.1:1 {flags}"), "");
    assert_eq!(ran.code, 2, "{}", ran.stderr);
    assert!(
        ran.stderr.contains("[credential.plaintext-refused]"),
        "{}",
        ran.stderr
    );
    let on_loopback = format!("call {{plaintext}} {flags}");
    assert_eq!(run(&world, &on_loopback, "").code, 0);
}

#[test]
fn a_secret_in_place_of_its_source_is_not_repeated() {
    let world = World::open();
    let ran = run(
        &world,
        &format!("call {{tls}} Vault/GetPublic --header-from x-tenant={SECRET}"),
        "",
    );
    assert_eq!(ran.code, 2);
    assert!(ran.stderr.contains("env:NAME"), "{}", ran.stderr);
    assert!(!ran.stderr.contains(SECRET), "{}", ran.stderr);
}
