//! Names of services and methods, as the completion scripts ask for them, and a script in a real bash.

use std::fs;
use std::io::Write as _;
use std::os::unix::fs::PermissionsExt as _;
use std::process::Command;
use std::process::Stdio;

use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

/// What a command answers to a line on its standard input, as the scripts give it.
fn asked(command: &mut Command, line: &str) -> Ran {
    let mut child = command
        .args(["complete-names", "-"])
        .stdin(Stdio::piped())
        .stdout(Stdio::piped())
        .stderr(Stdio::piped())
        .spawn()
        .unwrap();
    let mut stdin = child.stdin.take().unwrap();
    stdin.write_all(line.as_bytes()).unwrap();
    drop(stdin);
    Ran::new(child.wait_with_output().unwrap())
}

/// What is offered for `line`, which ends at the cursor.
fn offered(world: &World, line: &str) -> Vec<String> {
    let set = world.words("@vault.protoset").concat();
    let ran = asked(&mut grpcauth(), &line.replace("SET", &set));
    assert_eq!((ran.code, ran.stderr.as_str()), (0, ""), "{line}");
    ran.stdout.lines().map(str::to_owned).collect()
}

#[test]
fn names_come_from_a_file() {
    let world = World::open();
    let all = offered(&world, "grpcauth call h:1 --protoset SET ");
    assert!(
        all.contains(&"lab.v1.Vault/GetPublic".to_owned()),
        "{all:?}"
    );
    for (line, names) in [
        (
            "grpcauth call h:1 --protoset SET lab.v1.Vault/GetV",
            &["lab.v1.Vault/GetViewer"][..],
        ),
        (
            "grpcauth call h:1 --protoset SET Vault/GetV",
            &["Vault/GetViewer"],
        ),
        ("grpcauth list --protoset SET lab", &["lab.v1.Vault"]),
        ("grpcauth handshake h:1 lab", &[]),
        ("grpcauth call h:1 --protoset SET --", &[]),
        ("grpcauth call h:1 lab", &[]),
    ] {
        assert_eq!(offered(&world, line), names, "{line}");
    }
}

/// What a call has put into the cache is offered for its target, and for no other.
#[test]
fn names_come_from_the_cache_without_a_connection() {
    let world = World::open();
    let directory = tempfile::tempdir().unwrap();
    let mut call =
        world.command("call {tls} Vault/GetPublic --cacert @ca.pem --descriptor-cache on");
    let called = call
        .env("XDG_CACHE_HOME", directory.path())
        .env("HOME", directory.path());
    assert!(called.output().unwrap().status.success());
    let target = world.door("tls").to_owned();
    for (target, known) in [(target.as_str(), true), ("127.0.0.1:1", false)] {
        let mut command = grpcauth();
        command
            .env("XDG_CACHE_HOME", directory.path())
            .env("HOME", directory.path());
        let line = format!("grpcauth call {target} lab.v1.Vault/GetP");
        let ran = asked(&mut command, &line);
        let expected = if known {
            "lab.v1.Vault/GetPublic\n"
        } else {
            ""
        };
        assert_eq!(ran.stdout, expected, "{target}");
    }
}

/// bash splits words at colons, so the script must not rely on its words.
#[test]
fn bash_offers_names_flags_and_nothing_twice() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    let world = World::open();
    let set = world.words("@vault.protoset").concat();
    let binary = env!("CARGO_BIN_EXE_grpcauth");
    for (line, expected) in [
        (
            format!("grpcauth call localhost:8443 --protoset {set} lab.v1.Vault/GetV"),
            "lab.v1.Vault/GetViewer",
        ),
        (
            format!("grpcauth list --protoset {set} lab"),
            "lab.v1.Vault",
        ),
        (
            format!("{binary} call localhost:8443 --keepalive"),
            "--keepalive-time",
        ),
    ] {
        let script = format!(
            "source <({binary} completions bash)\n\
             COMP_LINE='{line}' COMP_POINT={} COMP_WORDS=({line}) COMP_CWORD=$(( ${{#COMP_WORDS[@]}} - 1 ))\n\
             _grpcauth_names {binary} \"${{COMP_WORDS[COMP_CWORD]}}\" \"${{COMP_WORDS[COMP_CWORD-1]}}\"\n\
             printf '%s\\n' \"${{COMPREPLY[@]}}\"",
            line.len()
        );
        let mut bash = Command::new("bash");
        let ran = Ran::new(bash.args(["--norc", "-c", &script]).output().unwrap());
        assert_eq!(ran.stdout.trim(), expected, "{line}: {}", ran.stderr);
    }
}

/// A list of processes shows what a child was started with.
#[test]
fn no_child_is_started_with_what_is_typed() {
    if Command::new("bash").arg("--version").output().is_err() {
        eprintln!("skipped: there is no bash");
        return;
    }
    let directory = tempfile::tempdir().unwrap();
    let (program, noted) = (
        directory.path().join("grpcauth"),
        directory.path().join("noted"),
    );
    let noting = format!(
        "#!/bin/sh\n{{ echo \"$0 $*\"; env; }} >>{}\ncat >>{}.line\n",
        noted.display(),
        noted.display()
    );
    fs::write(&program, noting).unwrap();
    fs::set_permissions(&program, fs::Permissions::from_mode(0o755)).unwrap();
    let line = "grpcauth call h:1 -H 'authorization: Bearer half-a-s3cret";
    let script = format!(
        "source <({} completions bash)\n\
         COMP_LINE=\"$(cat)\" COMP_POINT={} COMP_WORDS=(grpcauth call h:1 x) COMP_CWORD=3\n\
         _grpcauth_names {} x h:1",
        env!("CARGO_BIN_EXE_grpcauth"),
        line.len(),
        program.display()
    );
    let mut bash = Command::new("bash");
    let mut child = bash
        .args(["--norc", "-c", &script])
        .stdin(Stdio::piped())
        .spawn()
        .unwrap();
    child
        .stdin
        .take()
        .unwrap()
        .write_all(line.as_bytes())
        .unwrap();
    assert!(child.wait().unwrap().success());
    let noted = |name: &str| fs::read_to_string(directory.path().join(name)).unwrap();
    assert!(!noted("noted").contains("s3cret"), "{}", noted("noted"));
    assert_eq!(noted("noted.line"), line);
}
