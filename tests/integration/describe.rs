//! `list` and `describe`: from files, from the lab, from servers that mean well and from those that do not.

mod cache;
mod editions;
mod hostile;
mod log_commands;
mod sources;

use serde_json::Value;

use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

/// The binary with these words.
fn run(words: &[&str]) -> Ran {
    Ran::new(grpcauth().args(words).output().unwrap())
}

/// Compiles sources as the protoset of a file in `directory`.
fn compile(
    directory: &std::path::Path,
    name: &str,
    source: &str,
) -> prost_reflect::prost_types::FileDescriptorSet {
    std::fs::write(directory.join(name), source).unwrap();
    let mut compiler = protox::Compiler::new([directory]).unwrap();
    compiler.include_imports(true).include_source_info(true);
    compiler.open_file(directory.join(name)).unwrap();
    compiler.file_descriptor_set()
}

#[test]
fn the_lab_is_listed_and_described_over_tls() {
    let world = World::open();
    let listed = world.run("list {tls} --cacert @ca.pem");
    assert_eq!(listed.code, 0, "{listed:?}");
    let names: Vec<&str> = listed.stdout.lines().collect();
    assert!(
        names.contains(&"lab.v1.Vault") && names.is_sorted(),
        "{names:?}"
    );

    let methods = world.run("list {tls} Vault --cacert @ca.pem --format json");
    let document = methods.document();
    assert_eq!(document["schema"], "grpcauth/1");
    assert_eq!(document["command"], "list");
    assert_eq!(document["service"], "lab.v1.Vault");
    assert_eq!(document["methods"][0]["name"], "lab.v1.Vault/GetPublic");
    assert_eq!(document["handshake"]["tls"]["verified"], true);
    assert_eq!(
        (&document["diagnosis"], &document["exit_code"]),
        (&Value::Null, &0.into())
    );

    let source = world.run("describe {tls} Vault/GetAdmin --cacert @ca.pem");
    assert_eq!(source.code, 0, "{source:?}");
    assert!(source.stdout.contains("rpc GetAdmin("), "{}", source.stdout);
    assert!(
        source.stderr.contains("lab.v1.Vault.GetAdmin"),
        "{}",
        source.stderr
    );

    let template = world.run("describe {tls} Vault/GetAdmin --cacert @ca.pem --template");
    let value: Value = serde_json::from_str(&template.stdout).unwrap();
    assert!(value.is_object());
    let everything = world.run("describe {tls} --cacert @ca.pem");
    assert!(
        everything.stdout.contains("service Vault {"),
        "{}",
        everything.stdout
    );
}

#[test]
fn a_guarded_reflection_keeps_its_status() {
    let world = World::open();
    for line in [
        "list {tls-reflection-guarded} --cacert @ca.pem",
        "describe {tls-reflection-guarded} lab.v1.Vault --cacert @ca.pem",
    ] {
        let ran = world.run(&format!("{line} --format json"));
        let document = ran.document();
        assert_eq!(ran.code, 80, "{document:#}");
        assert_eq!(document["status"]["name"], "UNAUTHENTICATED");
        // Nothing was sent, which must be fixed first; that it was reflection stands beside it.
        assert_eq!(document["diagnosis"]["id"], "credential.none-sent");
        assert_eq!(document["diagnosis"]["also"][0]["id"], "reflection.denied");
        let told = world.run(line);
        assert!(
            told.stderr.contains("UNAUTHENTICATED (16) from reflection"),
            "{told:?}"
        );
        let opened = world.run(&format!("{line} --token file:@token-viewer.jwt"));
        assert_eq!(opened.code, 0, "{opened:?}");
    }
    let refused = world.run("list 192.0.2.1:1 --plaintext --token file:@token-viewer.jwt");
    assert_eq!(refused.code, 2, "{refused:?}");
}

#[test]
fn what_is_not_there_is_told_with_what_is() {
    let world = World::open();
    for (line, code, id, hint) in [
        (
            "list {tls} lab.v1.Vualt --cacert @ca.pem",
            5,
            "reflection.unknown-symbol",
            "lab.v1.Vault",
        ),
        (
            "describe {tls} Vualt --cacert @ca.pem",
            5,
            "reflection.unknown-symbol",
            "lab.v1.Vault",
        ),
        ("list 127.0.0.1:1 --plaintext", 3, "net.refused", ""),
        (
            "describe {tls} Vault --cacert @ca.pem --template",
            2,
            "input.usage",
            "message or a method",
        ),
        (
            "describe {tls} --template --cacert @ca.pem",
            2,
            "input.usage",
            "",
        ),
        ("describe {tls} a..b --cacert @ca.pem", 2, "input.usage", ""),
        ("list {tls} a/b --cacert @ca.pem", 2, "input.usage", ""),
        ("list", 2, "input.usage", ""),
    ] {
        let ran = world.run(&format!("{line} --format json"));
        let document = ran.document();
        assert_eq!(ran.code, code, "{line}: {document:#}");
        assert_eq!(document["diagnosis"]["id"], id, "{line}: {document:#}");
        assert!(
            document["diagnosis"]["hint"]
                .as_str()
                .unwrap()
                .contains(hint),
            "{line}: {document:#}"
        );
    }
}
