//! A half-typed line, read for what may come next in it. Whatever is wrong with it, nothing is offered.

use std::ffi::OsString;
use std::path::Path;

use clap::ArgMatches;
use clap::CommandFactory as _;
use clap::FromArgMatches as _;

use crate::cli::Cli;
use crate::cli::descriptors::DescriptorFlags;
use crate::cli::grpcurl;
use crate::describe::cache;
use crate::describe::given::Given;
use crate::plan::descriptors;
use crate::plan::environment;

/// Stands on the line where the cursor is: nobody types it.
const CURSOR: &str = "\u{1}";

/// Names of what kind.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum NameKind {
    Services,
    Methods,
    /// Either.
    Symbols,
}

/// What is to be completed.
#[derive(Debug)]
pub(crate) struct Half {
    pub kind: NameKind,
    /// What has been typed of it.
    pub word: String,
    /// Where names are found without asking anybody.
    pub given: Given,
}

/// Reads `line`, which ends at the cursor. `None`: no name belongs there, or none is known.
pub(crate) fn plan(line: &str) -> Option<Half> {
    let mut words = split(line)?;
    let word = match line.ends_with(char::is_whitespace) {
        true => String::new(),
        false => words.pop()?,
    };
    if word.starts_with('-') {
        return None;
    }
    words.push(CURSOR.to_owned());
    let words: Vec<OsString> = words.into_iter().map(OsString::from).collect();
    let words = grpcurl::translate(words, &|_| None).ok()?;
    let matches = Cli::command()
        .ignore_errors(true)
        .try_get_matches_from(words)
        .ok()?;
    let (command, matches) = matches.subcommand()?;
    if !matches!(command, "call" | "list" | "describe") {
        return None;
    }
    let flags = DescriptorFlags::from_arg_matches(matches).ok()?;
    let files_say_all = descriptors::files_say_all(&flags);
    let here = |name| text(matches, name) == Some(CURSOR);
    // With files, the first word may be the name already.
    let kind = match command {
        "call" if here("method") => NameKind::Methods,
        "list" if here("service") || files_say_all && here("target") => NameKind::Services,
        "describe" if here("symbol") || files_say_all && here("target") => NameKind::Symbols,
        _ => return None,
    };
    let given = match descriptors::has_files(&flags) {
        true => descriptors::plan(&flags, &[]).ok()?.given().ok()?,
        false => kept(text(matches, "target")?)?,
    };
    Some(Half { kind, word, given })
}

fn text<'a>(matches: &'a ArgMatches, name: &str) -> Option<&'a str> {
    let value = matches.try_get_one::<String>(name).ok().flatten()?;
    Some(value.as_str())
}

fn kept(target: &str) -> Option<Given> {
    let directory = descriptors::cache_directory().ok()?;
    Some(cache::of_target(&directory, target))
}

/// The line's words from the program's name on, as a shell would split them; a quote may be open still.
fn split(line: &str) -> Option<Vec<String>> {
    let words = ["", "'", "\""]
        .iter()
        .find_map(|end| shlex::split(&format!("{line}{end}")))?;
    let is_ours = |word: &String| {
        Path::new(word)
            .file_name()
            .is_some_and(|name| name == env!("CARGO_PKG_NAME"))
    };
    let start = words.iter().position(is_ours).unwrap_or(0);
    Some(words[start..].iter().map(|word| at_home(word)).collect())
}

/// `~/` as the shell will write it out.
fn at_home(word: &str) -> String {
    match (word.strip_prefix("~/"), environment::text("HOME")) {
        (Some(rest), Some(home)) => format!("{home}/{rest}"),
        _ => word.to_owned(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    /// What a line asks for, with a set that is there in place of `SET`.
    fn half(line: &str) -> Option<(NameKind, String)> {
        let set = concat!(env!("CARGO_MANIFEST_DIR"), "/src/lab/generated/lab.binpb");
        plan(&line.replace("SET", set)).map(|half| (half.kind, half.word))
    }

    #[test]
    fn names_are_offered_where_names_belong() {
        for (line, kind, word) in [
            ("grpcauth call h:1 --protoset SET ", NameKind::Methods, ""),
            (
                "grpcauth call h:1 --protoset SET lab.v1",
                NameKind::Methods,
                "lab.v1",
            ),
            (
                "grpcauth call --protoset=SET h:1 --plaintext 'lab.v",
                NameKind::Methods,
                "lab.v",
            ),
            (
                "sudo /usr/bin/grpcauth call h:1 --protoset SET L",
                NameKind::Methods,
                "L",
            ),
            (
                "grpcauth call -plaintext -protoset SET h:1 L",
                NameKind::Methods,
                "L",
            ),
            (
                "grpcauth call h:1 -H 'a: b' --protoset SET -d '{}' L",
                NameKind::Methods,
                "L",
            ),
            ("grpcauth list --protoset SET ", NameKind::Services, ""),
            (
                "grpcauth list h:1 --protoset SET L",
                NameKind::Services,
                "L",
            ),
            ("grpcauth describe --protoset SET L", NameKind::Symbols, "L"),
            (
                "grpcauth describe h:1 --protoset SET --template L",
                NameKind::Symbols,
                "L",
            ),
        ] {
            assert_eq!(half(line), Some((kind, word.to_owned())), "{line}");
        }
    }

    #[test]
    fn and_nowhere_else() {
        for line in [
            "",
            "grpcauth",
            "grpcauth ",
            "grpcauth call ",
            "grpcauth call --protoset SET h",
            "grpcauth call h:1 --protoset SET -",
            "grpcauth call h:1 --protoset SET --tok",
            "grpcauth call h:1 --protoset SET --token ",
            "grpcauth call h:1 --protoset S",
            "grpcauth call h:1 lab.v1.Vault/GetPublic --protoset SET ",
            "grpcauth list h",
            "grpcauth handshake h:1 ",
            "grpcauth lab ",
            "grpcauth call h:1 --protoset /nonexistent ",
            "grpcauth call h:1 -nonsense --protoset SET ",
            "\"'\\",
        ] {
            assert_eq!(half(line), None, "{line}");
        }
    }
}
