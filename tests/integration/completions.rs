//! Names of services and methods, as the completion scripts ask for them, and a script in a real bash.

use std::process::Command;

use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

/// What is offered for `line`, which ends at the cursor.
fn offered(world: &World, line: &str) -> Vec<String> {
    let mut command = grpcauth();
    let set = world.words("@vault.protoset").concat();
    command.args(["complete-names", "--", &line.replace("SET", &set)]);
    let ran = Ran::new(command.output().unwrap());
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
            .args([
                "complete-names",
                "--",
                &format!("grpcauth call {target} lab.v1.Vault/GetP"),
            ])
            .env("XDG_CACHE_HOME", directory.path())
            .env("HOME", directory.path());
        let ran = Ran::new(command.output().unwrap());
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
