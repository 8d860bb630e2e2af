//! What is printed, and where: streams, colours, pipes, disks; texts as a person reads them.

use std::process::Command;
use std::process::Stdio;

use crate::world::Ran;
use crate::world::World;
use crate::world::grpcauth;

/// Times, durations, hashes and serial numbers blanked.
fn settled(world: &World, text: &str) -> String {
    let mut filtered = world.blank(text);
    for (pattern, blank) in [
        (r"\d{4}-\d{2}-\d{2}T\d{2}:\d{2}:\d{2}(\.\d+)?Z", "TIME"),
        (r"\b[0-9a-f]{40,64}\b", "HASH"),
        (r"\b\d+(\.\d+)? ms\b", "N ms"),
        (r"127\.0\.0\.1:\d+", "ADDRESS"),
    ] {
        filtered = regex::Regex::new(pattern)
            .unwrap()
            .replace_all(&filtered, blank)
            .into_owned();
    }
    filtered
}

#[test]
fn a_failure_says_layer_words_cause_and_cure_in_this_order() {
    let world = World::open();
    let ran = world.run("call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem");
    assert_eq!(ran.stdout, "");
    insta::assert_snapshot!("none_sent", settled(&world, &ran.stderr));
    let ran = world
        .run("call {tls} lab.v1.Vault/GetAdmin --cacert @ca.pem --token file:@token-viewer.jwt");
    insta::assert_snapshot!("permission_denied", settled(&world, &ran.stderr));
    let ran = world
        .run("call 192.0.2.1:1 lab.v1.Vault/GetViewer --plaintext --token file:@token-viewer.jwt");
    insta::assert_snapshot!("plaintext_refused", settled(&world, &ran.stderr));
    let ran = world.run("call {mtls} lab.v1.Vault/GetViewer --cacert @ca.pem");
    insta::assert_snapshot!("mtls_required", settled(&world, &ran.stderr));
}

#[test]
fn colours_appear_only_where_they_belong() {
    let world = World::open();
    let line = "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem";
    let coloured = |ran: &Ran| ran.stderr.contains('\u{1b}');
    assert!(!coloured(&world.run(line)), "a pipe is no terminal");
    assert!(coloured(&world.run(&format!("{line} --color always"))));
    let with =
        |name: &str, value: &str| Ran::new(world.command(line).env(name, value).output().unwrap());
    assert!(coloured(&with("CLICOLOR_FORCE", "1")));
    assert!(!coloured(&with("NO_COLOR", "1")));
    let json = world.run(&format!("{line} --format json --color always"));
    assert!(!json.stdout.contains('\u{1b}'));
}

#[test]
fn a_closed_pipe_ends_quietly_and_a_full_disk_is_told() {
    let world = World::open();
    let line = world
        .words("call {tls} lab.v1.Vault/GetPublic --cacert @ca.pem")
        .join(" ");
    let shell = |script: String| {
        Ran::new(
            Command::new("sh")
                .arg("-c")
                .arg(script)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        )
    };
    let binary = env!("CARGO_BIN_EXE_grpcauth");
    let piped = shell(format!("{{ {binary} {line}; echo code=$? >&2; }} | true"));
    assert_eq!(piped.stderr.trim(), "code=0");
    if std::path::Path::new("/dev/full").exists() {
        let full = shell(format!("{binary} {line} > /dev/full"));
        assert_eq!(full.code, 97, "{}", full.stderr);
        assert!(full.stderr.contains("could not be written"));
    }
}

#[test]
fn quiet_and_verbose() {
    let world = World::open();
    let line = "call {tls} Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt";
    let plain = world.run(line);
    assert!(
        plain
            .stderr
            .contains("the method is lab.v1.Vault/GetViewer")
    );
    assert_eq!(world.run(&format!("{line} -q")).stderr, "");
    let verbose = world.run(&format!("{line} -v")).stderr;
    for shown in [
        "TLSv1.3",
        "certificate 0:",
        "authorization: <redacted>",
        "< content-type",
        "total",
    ] {
        assert!(verbose.contains(shown), "{shown}: {verbose}");
    }
    for once in [
        "* TLS for",
        "* credential",
        "* descriptors",
        "> POST",
        "< content-type",
        "* reached: done",
    ] {
        assert_eq!(verbose.matches(once).count(), 1, "{once}: {verbose}");
    }
    let frames = world.run(&format!("{line} -vv")).stderr;
    for frame in [
        "* sent SETTINGS:",
        "* received SETTINGS:",
        "* sent HEADERS on stream 1:",
        "* received HEADERS on stream 1:",
        "* received DATA on stream ",
    ] {
        assert!(frames.contains(frame), "{frame}: {frames}");
    }
    assert!(!frames.contains("raw bytes"), "{frames}");
    let other = "call {http1} lab.v1.Vault/GetPublic --plaintext --no-probe -vv";
    let other = world.run(other).stderr;
    assert!(
        other.contains("raw bytes received; the first: \"HTTP/1.1"),
        "{other}"
    );
    assert!(!other.contains("SETTINGS:"), "{other}");
}

#[test]
fn documents_fit_the_schema() {
    let world = World::open();
    let schema: serde_json::Value = serde_json::from_str(&grpcauth::internals::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    for line in [
        "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem --token file:@token-viewer.jwt",
        "call {tls} lab.v1.Vault/ListPublic --cacert @ca.pem",
        "call {tls} lab.v1.Vault/GetViewer --cacert @ca.pem",
        "call {unknown-ca} lab.v1.Vault/GetViewer --cacert @ca.pem",
        "call 127.0.0.1:1 lab.v1.Vault/GetViewer",
        "call 192.0.2.1:1 lab.v1.Vault/GetViewer --plaintext --token file:@token-viewer.jwt",
    ] {
        let document = world.run(&format!("{line} --format json")).document();
        let errors: Vec<String> = validator
            .iter_errors(&document)
            .map(|error| error.to_string())
            .collect();
        assert!(errors.is_empty(), "{line}: {errors:?}");
    }
}

#[test]
fn a_usage_error_has_the_shape_of_every_failure_and_a_document() {
    let schema: serde_json::Value = serde_json::from_str(&grpcauth::internals::schema()).unwrap();
    let validator = jsonschema::validator_for(&schema).unwrap();
    let run = |line: &str| {
        let words = line.split(' ');
        Ran::new(
            grpcauth()
                .args(words)
                .stdin(Stdio::null())
                .output()
                .unwrap(),
        )
    };
    for (line, command, what, fix) in [
        (
            "call a:1 b/C --tokn env:X",
            "call",
            "unexpected argument --tokn",
            "did you mean --token?",
        ),
        (
            "token gett",
            "token",
            "unknown command gett",
            "did you mean get?",
        ),
        (
            "list -plaintext=maybe a:1",
            "list",
            "-plaintext",
            "-plaintext",
        ),
        ("call", "call", "missing: <TARGET>", "write it as: "),
    ] {
        let text = run(line);
        assert_eq!(
            (text.code, text.stdout.as_str()),
            (2, ""),
            "{line}: {text:?}"
        );
        let (first, rest) = text.stderr.split_once('\n').unwrap();
        assert!(
            first.starts_with("error[input.usage]: ") && first.contains(what),
            "{first}"
        );
        assert!(rest.starts_with("fix: ") && rest.contains(fix), "{rest}");
        for format in ["--format json", "--format=json"] {
            let ran = run(&format!("{line} {format}"));
            assert_eq!((ran.code, ran.stderr.as_str()), (2, ""), "{line}");
            let document = ran.document();
            assert_eq!(document["command"], command, "{document:#}");
            assert_eq!(document["diagnosis"]["id"], "input.usage");
            assert!(
                document["diagnosis"]["cause"]
                    .as_str()
                    .unwrap()
                    .contains(what)
            );
            assert_eq!(document["exit_code"], 2);
            assert!(validator.is_valid(&document), "{document:#}");
        }
    }
}
