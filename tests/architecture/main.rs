//! The house, held to its plan: each room uses only what stands above it, and names say what is inside.

#![allow(clippy::unwrap_used)]

mod tables;

use std::collections::BTreeSet;
use std::fs;
use std::path::Path;
use std::path::PathBuf;

/// The rooms, top first. Those of one line do not use each other, but for the vocabulary.
const ROOMS: &[&[&str]] = &[
    &[
        "clock",
        "exit_status",
        "status",
        "metadata",
        "peer_text",
        "target",
        "runtime",
        "secret",
        "text",
        "trusted_path",
        "whole_file",
        "x509",
        "jwt",
    ],
    &["connect"],
    &["invoke"],
    &["describe"],
    &["identity"],
    &["authenticate"],
    &["evidence"],
    &["verdict"],
    &["suite", "probe"],
    &["lab"],
    &["report"],
    &["cli"],
    &["plan"],
    &["session"],
];

/// Names that refuse nothing.
const VAGUE: &[&str] = &["utils", "util", "helpers", "helper", "common", "misc"];

fn sources() -> Vec<PathBuf> {
    let mut found = Vec::new();
    walk(Path::new("src"), &mut found);
    found.sort();
    found
}

fn walk(directory: &Path, found: &mut Vec<PathBuf>) {
    for entry in fs::read_dir(directory).unwrap() {
        let path = entry.unwrap().path();
        if path.is_dir() {
            walk(&path, found);
        } else if path.extension().is_some_and(|extension| extension == "rs") {
            found.push(path);
        }
    }
}

/// The room that a file belongs to: `src/connect/tls.rs` and `src/connect.rs` to `connect`.
fn room(path: &Path) -> String {
    let within = path.strip_prefix("src").unwrap();
    let first = within.components().next().unwrap();
    Path::new(first.as_os_str())
        .file_stem()
        .unwrap()
        .to_str()
        .unwrap()
        .to_owned()
}

fn floor(room: &str) -> Option<usize> {
    ROOMS.iter().position(|floor| floor.contains(&room))
}

/// The text without comments, so that documentation may point anywhere, and without `cfg(doc)` imports.
fn code(path: &Path) -> String {
    let text = fs::read_to_string(path).unwrap();
    let mut kept = String::new();
    let mut for_documentation = false;
    for line in text.lines() {
        let trimmed = line.trim_start();
        if !trimmed.starts_with("//") && !for_documentation {
            kept.push_str(line);
            kept.push('\n');
        }
        for_documentation = trimmed == "#[cfg(doc)]";
    }
    kept
}

/// The rooms named after `crate::`.
fn used(code: &str) -> BTreeSet<String> {
    code.match_indices("crate::")
        .map(|(at, found)| {
            code[at + found.len()..]
                .chars()
                .take_while(|c| c.is_alphanumeric() || *c == '_')
                .collect()
        })
        .collect()
}

#[test]
fn code_uses_only_what_stands_above_it() {
    let mut backward = Vec::new();
    for path in sources() {
        let own = room(&path);
        if matches!(own.as_str(), "lib" | "main") {
            continue;
        }
        let own_floor = floor(&own).unwrap_or_else(|| panic!("{own} has no place in the house"));
        for other in used(&code(&path)) {
            let Some(other_floor) = floor(&other) else {
                continue;
            };
            let allowed =
                other == own || other_floor < own_floor || (own_floor == 0 && other_floor == 0);
            if !allowed {
                backward.push(format!("{}: {own} uses {other}", path.display()));
            }
        }
    }
    assert!(backward.is_empty(), "{}", backward.join("\n"));
}

#[test]
fn a_planted_backward_import_is_caught() {
    let rooms = used("use crate::report::Style;\nlet x = crate::session::run;");
    assert!(rooms.contains("report") && rooms.contains("session"));
    assert!(floor("connect") < floor("report"));
}

#[test]
fn imports_are_not_grouped_over_the_crate() {
    for path in sources() {
        assert!(
            !code(&path).contains("use crate::{"),
            "{}: name each room on its own line, or this test cannot see it",
            path.display()
        );
    }
}

#[test]
fn invoke_and_describe_know_metadata_but_no_credential() {
    for path in sources() {
        if matches!(room(&path).as_str(), "invoke" | "describe") {
            let code = code(&path);
            assert!(
                !code.contains("CallCredential") && !code.contains("Secret"),
                "{}",
                path.display()
            );
        }
    }
}

/// What a peer wrote is opened in one place, and nobody else cuts it: a token's own names, and our words, aside.
#[test]
fn only_report_opens_and_cuts_what_a_peer_wrote() {
    for path in sources() {
        let code = code(&path);
        let room = room(&path);
        let opens = code.contains("peer_text::pieces") || code.contains("peer_text::Piece");
        assert!(
            !opens || path == Path::new("src/report/opening.rs"),
            "{} opens quotations",
            path.display()
        );
        let cuts = code.contains("text::shorten");
        assert!(
            !cuts || matches!(room.as_str(), "report" | "jwt" | "text"),
            "{} cuts a text: quote it with PeerText",
            path.display()
        );
        // The answers that are read there may hold tokens that nobody knows.
        for made in code.split("PeerText::from(").skip(1) {
            let made = made.split(';').next().unwrap_or_default();
            assert!(
                room != "authenticate" || made.contains("among_tokens()"),
                "{} quotes an answer as if no token could stand in it: {made}",
                path.display()
            );
        }
    }
}

/// A promise without a mechanism and a test is a wish.
#[test]
fn each_promise_names_its_mechanism_and_its_test() {
    let text = fs::read_to_string("SECURITY.md").unwrap();
    let named: Vec<&str> = text
        .split('`')
        .filter(|word| word.starts_with("src/") || word.starts_with("tests/"))
        .collect();
    for path in &named {
        assert!(Path::new(path).exists(), "SECURITY.md names {path}");
    }
    let (_, promises) = text.split_once("## Promises").unwrap();
    let (promises, _) = promises.split_once("## Not promised").unwrap();
    let promises: Vec<&str> = promises.split(". **").skip(1).collect();
    assert_eq!(promises.len(), 8);
    for promise in promises {
        assert!(
            promise.contains("`tests/") || promise.contains("tests there"),
            "{promise}"
        );
    }
}

#[test]
fn names_say_what_is_inside() {
    for path in sources() {
        let name = path.file_stem().unwrap().to_str().unwrap();
        assert!(!VAGUE.contains(&name), "{}", path.display());
    }
}

#[test]
fn main_is_thin() {
    let lines = fs::read_to_string("src/main.rs").unwrap().lines().count();
    assert!(lines <= 30, "main.rs has {lines} lines");
}

/// So renaming what is inside changes no document.
#[test]
fn only_the_documents_own_types_have_a_schema() {
    for path in sources() {
        let is_document = path.starts_with("src/report/schema")
            || path.starts_with("src/suite/document")
            || path == Path::new("src/suite/document.rs");
        assert!(
            is_document || !code(&path).contains("JsonSchema"),
            "{}: give the document a type of its own, and convert",
            path.display()
        );
    }
}

#[test]
fn only_style_colours() {
    for path in sources() {
        let colours = code(&path).contains("colored::");
        assert!(
            !colours || path.ends_with("report/style.rs"),
            "{} uses colored",
            path.display()
        );
    }
}
