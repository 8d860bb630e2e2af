//! Files of several kinds, together and with reflection, and what is written of them.

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorSet;

use super::compile;
use super::run;
use crate::reflection::honest;

const ORDERS: &str = r#"syntax = "proto3"; package shop;
// Keeps orders.
service Orders { rpc Get(Order) returns (Order); }
message Order { string id = 1; State state = 2; }
enum State { NEW = 0; }"#;

#[test]
fn files_alone_need_no_target() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().to_str().unwrap();
    let set = compile(directory.path(), "orders.proto", ORDERS);
    let protoset = format!("{root}/orders.binpb");
    std::fs::write(&protoset, set.encode_to_vec()).unwrap();
    let proto = format!("{root}/orders.proto");
    for source in [["--protoset", &protoset], ["--proto", &proto]] {
        for (words, expected) in [
            (vec!["list"], "shop.Orders\n"),
            (vec!["list", "nobody.example:1"], "shop.Orders\n"),
            (vec!["list", "Orders"], "shop.Orders/Get\n"),
            (
                vec!["list", "nobody.example:1", "shop.Orders"],
                "shop.Orders/Get\n",
            ),
            (
                vec!["describe", "shop.State"],
                "// enum shop.State, in orders.proto\nenum State {\n  NEW = 0;\n}\n",
            ),
            (
                vec!["describe"],
                "// service shop.Orders, in orders.proto\n// Keeps orders.\nservice Orders {\n  rpc Get(Order) returns (Order);\n}\n",
            ),
            (
                vec!["describe", "Orders/Get", "--template"],
                "{\n  \"id\": \"\",\n  \"state\": \"NEW\"\n}\n",
            ),
        ] {
            let words: Vec<&str> = words.into_iter().chain(source).collect();
            let ran = run(&words);
            assert_eq!(
                (ran.code, ran.stdout.as_str()),
                (0, expected),
                "{words:?}: {ran:?}"
            );
        }
    }
}

#[test]
fn a_source_that_does_not_compile_is_told_with_its_place() {
    let directory = tempfile::tempdir().unwrap();
    let file = directory.path().join("bad.proto");
    std::fs::write(&file, "syntax = \"proto3\";\nmessage M { Gone g = 1; }").unwrap();
    for command in [vec!["list"], vec!["call", "nobody.example:1", "a.B/C"]] {
        let mut words = command;
        words.extend(["--proto", file.to_str().unwrap()]);
        let ran = run(&words);
        assert_eq!(ran.code, 5, "{ran:?}");
        assert!(
            ran.stderr
                .contains("bad.proto:2:13: name 'Gone' is not defined"),
            "{ran:?}"
        );
    }
}

#[test]
fn the_file_given_first_counts_and_reflection_fills_the_gaps() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().to_str().unwrap();
    let old = compile(directory.path(), "orders.proto", ORDERS);
    let set = |name: &str, set: &FileDescriptorSet| {
        let path = format!("{root}/{name}");
        std::fs::write(&path, set.encode_to_vec()).unwrap();
        path
    };
    let old_path = set("old.binpb", &old);
    let new = compile(
        directory.path(),
        "orders.proto",
        &ORDERS.replace("NEW", "OPEN"),
    );
    let new_path = set("new.binpb", &new);
    let other = compile(
        directory.path(),
        "other.proto",
        r#"syntax = "proto3"; package other; import "orders.proto"; service Other { rpc Get(shop.Order) returns (shop.Order); }"#,
    );
    for (first, second, value) in [
        (&old_path, &new_path, "NEW"),
        (&new_path, &old_path, "OPEN"),
    ] {
        let ran = run(&[
            "describe",
            "--protoset",
            first,
            "--protoset",
            second,
            "shop.State",
        ]);
        assert!(ran.stdout.contains(value), "{ran:?}");
    }
    let server = honest(other, &["other.Other"]);
    let address = server.address.as_str();
    let merged = ["--use-reflection", "--protoset", &old_path, "--plaintext"];
    let ran = run(&[&["list", address][..], &merged].concat());
    assert_eq!(ran.stdout, "other.Other\nshop.Orders\n", "{ran:?}");
    // The server's own file of that name says OPEN.
    let ran = run(&[
        &["describe", address, "other.Other.Get", "--template"][..],
        &merged,
    ]
    .concat());
    assert!(ran.code == 0 && ran.stdout.contains("NEW"), "{ran:?}");
    let ran = run(&[
        "describe",
        address,
        "other.Other.Get",
        "--template",
        "--plaintext",
    ]);
    assert!(ran.code == 0 && ran.stdout.contains("OPEN"), "{ran:?}");
}

#[test]
fn the_descriptors_are_written_as_they_came() {
    let directory = tempfile::tempdir().unwrap();
    compile(directory.path(), "orders.proto", ORDERS);
    let set = compile(
        directory.path(),
        "other.proto",
        r#"syntax = "proto3"; package other; import "orders.proto"; service Other { rpc Get(shop.Order) returns (shop.Order); }"#,
    );
    let server = honest(set.clone(), &["other.Other"]);
    let out = directory.path().join("out.binpb");
    for words in [
        &["list"][..],
        &["list", "Other"],
        &["describe", "other.Other"],
        &["describe"],
    ] {
        let mut line = vec![words[0], server.address.as_str()];
        line.extend(&words[1..]);
        line.extend(["--plaintext", "--protoset-out", out.to_str().unwrap()]);
        let ran = run(&line);
        assert_eq!(ran.code, 0, "{ran:?}");
        let written = FileDescriptorSet::decode(std::fs::read(&out).unwrap().as_slice()).unwrap();
        assert_eq!(written, set, "{words:?}");
        std::fs::remove_file(&out).unwrap();
    }
    let ran = run(&[
        "list",
        &server.address,
        "--plaintext",
        "--protoset-out",
        "/nonexistent/x",
    ]);
    assert_eq!(ran.code, 97, "{ran:?}");
    assert!(
        ran.stderr
            .contains("--protoset-out: /nonexistent/x could not be written"),
        "{ran:?}"
    );
}

/// Whatever the source, one sentence says that it is a limit of this program, and what needs no linking works.
#[test]
fn editions_that_are_not_known_are_refused_by_name() {
    let directory = tempfile::tempdir().unwrap();
    let root = directory.path().to_str().unwrap();
    let mut set = compile(directory.path(), "orders.proto", ORDERS);
    set.file[0].syntax = Some("editions".to_owned());
    let protoset = format!("{root}/orders.binpb");
    std::fs::write(&protoset, set.encode_to_vec()).unwrap();
    let source = ORDERS.replace("syntax = \"proto3\"", "edition = \"2023\"");
    let proto = format!("{root}/newer.proto");
    std::fs::write(&proto, source).unwrap();
    let server = honest(set, &["shop.Orders"]);
    for (words, code, said) in [
        (vec!["list", "--protoset", &protoset], 0, "shop.Orders"),
        (
            vec![
                "call",
                "127.0.0.1:1",
                "Orders/Get",
                "--plaintext",
                "--protoset",
                &protoset,
            ],
            5,
            "[reflection.unsupported]",
        ),
        (
            vec![
                "describe",
                "Orders/Get",
                "--template",
                "--protoset",
                &protoset,
            ],
            5,
            "[reflection.unsupported]",
        ),
        (
            vec!["describe", "shop.Order", "--proto", &proto],
            5,
            "newer.proto` is a source in edition `2023`",
        ),
        (
            vec!["call", &server.address, "Orders/Get", "--plaintext"],
            5,
            "[reflection.unsupported]",
        ),
    ] {
        let ran = run(&words);
        assert_eq!(ran.code, code, "{words:?}: {} {}", ran.stdout, ran.stderr);
        let told = format!("{}{}", ran.stdout, ran.stderr);
        assert!(told.contains(said), "{words:?}: {told}");
    }
}
