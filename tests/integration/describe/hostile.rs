//! Reflection servers that are broken or hostile: each ends in time, with the right code and one line
//! that says what happened.

use std::time::Duration;
use std::time::Instant;

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::ServiceDescriptorProto;
use tonic::Status;

use super::run;
use crate::reflection::Act;
use crate::reflection::MessageRequest;
use crate::reflection::Server;
use crate::reflection::error;
use crate::reflection::files;
use crate::reflection::services;

/// File `name`, which declares service `p.S` if it is the first, and imports.
fn file(name: &str, imports: &[&str]) -> FileDescriptorProto {
    FileDescriptorProto {
        name: Some(name.to_owned()),
        package: Some("p".to_owned()),
        dependency: imports.iter().map(|import| (*import).to_owned()).collect(),
        syntax: Some("proto3".to_owned()),
        service: match name {
            "a" => vec![ServiceDescriptorProto {
                name: Some("S".to_owned()),
                ..ServiceDescriptorProto::default()
            }],
            _ => Vec::new(),
        },
        ..FileDescriptorProto::default()
    }
}

/// Sends these files, the first for any symbol.
fn sends(all: Vec<FileDescriptorProto>) -> impl Fn(MessageRequest) -> Act + Send + Sync + 'static {
    move |question| {
        let wanted = match &question {
            MessageRequest::FileContainingSymbol(_) => all.first(),
            MessageRequest::FileByFilename(name) => all.iter().find(|file| file.name() == name),
            _ => return Act::Answer(services(["p.S"])),
        };
        Act::Answer(match wanted {
            Some(file) => files(vec![file.encode_to_vec()]),
            None => error(5, "no such file \u{1b}[31m"),
        })
    }
}

/// The words after the address; the exit code; words in the one line that says what happened.
fn meets(
    script: impl Fn(MessageRequest) -> Act + Send + Sync + 'static,
    words: &[&str],
    code: i32,
    says: &str,
) {
    let server = Server::start(script);
    let mut line = vec![words[0], server.address.as_str()];
    line.extend(&words[1..]);
    // Where the limit is not what is tested, a busy machine must not reach it.
    let limit = if code == 68 { "2" } else { "120" };
    line.extend(["--plaintext", "--max-time", limit]);
    let started = Instant::now();
    let ran = run(&line);
    assert!(
        code != 68 || started.elapsed() < Duration::from_secs(10),
        "{line:?}"
    );
    assert_eq!(ran.code, code, "{line:?}: {ran:?}");
    let told = format!("{}{}", ran.stdout, ran.stderr);
    assert!(
        told.lines().any(|line| line.contains(says)),
        "{line:?}: {told}"
    );
    let is_plain = |c: char| c == '\n' || grpcauth::internals::is_plain(c);
    assert!(told.chars().all(is_plain), "{told:?}");
    assert!(!told.contains("a bug in"), "{told}");
}

const DESCRIBE: &[&str] = &["describe", "p.S"];
const LIST: &[&str] = &["list"];

#[test]
fn imports_that_cannot_be() {
    meets(
        sends(vec![file("a", &["b"]), file("b", &["a"])]),
        DESCRIBE,
        5,
        "in a circle: `a` → `b` → `a`",
    );
    meets(
        sends(vec![file("a", &["a"])]),
        DESCRIBE,
        5,
        "`a` imports itself",
    );
    // An import that nothing needs is told under -v alone.
    let gone = || sends(vec![file("a", &["gone"])]);
    meets(gone(), DESCRIBE, 0, "service S {}");
    meets(
        gone(),
        &["describe", "p.S", "-v"],
        0,
        "`gone` is missing; `a` imports it (the server says: no such file \\x1b[31m)",
    );
    // A type that is not there is told where it is shown.
    let mut using = file("a", &["gone"]);
    using.service[0].method = vec![MethodDescriptorProto {
        name: Some("M".to_owned()),
        input_type: Some(".gone.Q".to_owned()),
        output_type: Some(".google.protobuf.Empty".to_owned()),
        ..MethodDescriptorProto::default()
    }];
    using
        .dependency
        .push("google/protobuf/empty.proto".to_owned());
    for words in [DESCRIBE, &["describe", "p.S.M"]] {
        meets(
            sends(vec![using.clone()]),
            words,
            0,
            "// declared by none of the files: gone.Q",
        );
    }
    meets(
        sends(vec![using]),
        &["call", "p.S/M"],
        5,
        "the type `gone.Q`, which none of the files declares; `gone` is missing; `a` imports it (the server says",
    );
    let other = |question: MessageRequest| match question {
        MessageRequest::FileByFilename(_) => {
            Act::Answer(files(vec![file("c", &[]).encode_to_vec()]))
        }
        other => sends(vec![file("a", &["b"])])(other),
    };
    meets(
        other,
        &["describe", "p.S", "-v"],
        0,
        "(the server sends `c` for it)",
    );
    meets(
        sends(vec![file("c", &[])]),
        DESCRIBE,
        5,
        "which does not declare it",
    );
    let name = |index: usize| match index {
        0 => "a".to_owned(),
        index => format!("f{index}"),
    };
    let chain = (0..1100).map(|index| file(&name(index), &[&name(index + 1)]));
    let all: Vec<Vec<u8>> = chain.map(|file| file.encode_to_vec()).collect();
    let at_once = move |question: MessageRequest| match question {
        MessageRequest::FileContainingSymbol(_) => Act::Answer(files(all.clone())),
        MessageRequest::FileByFilename(name) => {
            Act::Answer(files(vec![file(&name, &[]).encode_to_vec()]))
        }
        _ => Act::Answer(services(["p.S"])),
    };
    meets(at_once, DESCRIBE, 5, "more than 1024 deep");
}

#[test]
fn answers_that_are_none() {
    meets(
        |_| Act::Answer(files(vec![b"\xff\xff\xff".to_vec()])),
        DESCRIBE,
        5,
        "is no descriptor",
    );
    meets(
        |_| Act::Answer(files(Vec::new())),
        DESCRIBE,
        5,
        "it sends nothing",
    );
    meets(
        |_| Act::Answer(services(["x"])),
        DESCRIBE,
        5,
        "answers another question",
    );
    meets(
        |_| Act::Answer(files(Vec::new())),
        LIST,
        5,
        "answers another question",
    );
    meets(
        |_| Act::Answer(error(13, "\u{9b}31m list \u{202e}")),
        LIST,
        5,
        "it gives no list of services: \\x9b31m list \\u{202e}",
    );
    meets(
        |_| Act::Answer(services(["\u{1b}[2J.S\n"])),
        LIST,
        0,
        "\\x1b[2J.S\\n",
    );
    let named = |question| match question {
        MessageRequest::ListServices(_) => Act::Answer(services(["p.Listed"])),
        _ => Act::Answer(error(5, "no")),
    };
    meets(
        named,
        &["list", "p.Listed"],
        5,
        "it lists `p.Listed` but does not describe it",
    );
}

#[test]
fn answers_without_end_or_measure() {
    meets(|_| Act::Silence, LIST, 68, "DEADLINE_EXCEEDED");
    meets(|_| Act::Silence, DESCRIBE, 68, "DEADLINE_EXCEEDED");
    meets(|_| Act::Flood(services(["p.S"])), LIST, 0, "p.S");
    meets(
        |_| Act::Answer(files(vec![vec![0; 40 << 20]])),
        DESCRIBE,
        5,
        "it sends more than 32 MB",
    );
    let many = |_| Act::Answer(services((0..100_000).map(|index| format!("p.S{index}"))));
    meets(many, LIST, 0, "p.S99999");
    meets(many, &["describe"], 5, "it lists 100000 services");
}

#[test]
fn refusals_keep_their_status() {
    meets(
        |_| Act::Fail(Status::unauthenticated("who are you")),
        LIST,
        80,
        "UNAUTHENTICATED (16) from reflection",
    );
    meets(
        |_| Act::Fail(Status::permission_denied("no")),
        DESCRIBE,
        71,
        "PERMISSION_DENIED (7) from reflection",
    );
    meets(
        |_| Act::Fail(Status::unavailable("later")),
        LIST,
        78,
        "UNAVAILABLE (14) from reflection",
    );
    meets(
        |_| Act::Fail(Status::unimplemented("none")),
        LIST,
        5,
        "reflection",
    );
}
