//! What clap refuses, in this program's own shape: what is wrong, what to type, and a document where one is asked for.

mod foreign;

use std::error::Error as _;
use std::ffi::OsString;

use clap::CommandFactory as _;
use clap::error::ContextKind;
use clap::error::ContextValue;
use clap::error::ErrorKind;

use crate::cli::Cli;
use crate::cli::output::OutputFlags;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::report::formats;
use crate::report::style::ColorChoice;
use crate::secret::places;
use crate::session;
use crate::session::token;

/// Reports a command line that was refused before it was read as a whole.
pub(super) fn refuse(words: &[OsString], what: String, fix: String) -> ExitStatus {
    let command = command(words);
    let flags = OutputFlags {
        format: value_of(words, "format")
            .filter(|name| formats::find(name).is_some())
            .unwrap_or(formats::text::ROW.name)
            .to_owned(),
        verbose: 0,
        quiet: false,
        color: ColorChoice::Auto,
    };
    let reporter = session::reporter(&flags, false);
    let refusal = Refusal::Usage { what, hint: fix };
    token::refuse(&command, refusal, &reporter)
}

/// The value of a long flag, however it is written.
fn value_of<'w>(words: &'w [OsString], flag: &str) -> Option<&'w str> {
    let mut words = words.iter().filter_map(|word| word.to_str());
    loop {
        let word = words.next()?;
        let bare = word.trim_start_matches('-');
        match bare.strip_prefix(flag) {
            Some("") if bare != word => return words.next(),
            Some(rest) if bare != word && rest.starts_with('=') => return Some(&rest[1..]),
            _ => {}
        }
    }
}

/// The command that the words name: `call`, `token get`; empty if they name none.
fn command(words: &[OsString]) -> String {
    let mut names = Vec::new();
    let mut definition = &Cli::command();
    for word in words.iter().skip(1) {
        let found = word
            .to_str()
            .and_then(|word| definition.find_subcommand(word));
        let Some(found) = found else {
            break;
        };
        names.push(found.get_name());
        definition = found;
    }
    names.join(" ")
}

/// What clap found wrong, and what to do about it.
pub(super) fn explained(error: &clap::Error, words: &[OsString]) -> (String, String) {
    let context = |kind| error.get(kind).map(listed).unwrap_or_default();
    let argument = context(ContextKind::InvalidArg);
    let what = match error.kind() {
        ErrorKind::UnknownArgument => format!("unexpected argument {argument}"),
        ErrorKind::InvalidSubcommand => {
            format!(
                "unknown command {}",
                context(ContextKind::InvalidSubcommand)
            )
        }
        ErrorKind::MissingRequiredArgument => format!("missing: {argument}"),
        ErrorKind::MissingSubcommand => "a subcommand is missing".to_owned(),
        ErrorKind::InvalidValue if context(ContextKind::InvalidValue).is_empty() => {
            format!("{argument} requires a value")
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => refused_value(error, &argument),
        ErrorKind::ArgumentConflict => format!(
            "{argument} cannot be used with {}",
            context(ContextKind::PriorArg)
        ),
        _ => first_paragraph(&error.render().to_string()),
    };
    let what = places::shown(&what).into_owned();
    (what, remedy(error, words))
}

/// A value that is not taken. clap repeats it; where a secret's reference is expected, it may be the secret itself.
fn refused_value(error: &clap::Error, argument: &str) -> String {
    let value = match is_for_secret(argument) {
        true => String::new(),
        false => error
            .get(ContextKind::InvalidValue)
            .map(|value| format!(" {}", quoted(&listed(value))))
            .unwrap_or_default(),
    };
    match (error.source(), error.get(ContextKind::ValidValue)) {
        (Some(why), _) => format!("the value{value} of {argument} is refused: {why}"),
        (None, Some(known)) => format!(
            "the value{value} of {argument} is not one of {}",
            listed(known)
        ),
        (None, None) => format!("the value{value} of {argument} is refused"),
    }
}

fn is_for_secret(argument: &str) -> bool {
    argument.contains("SRC>") || argument.contains("SRC]")
}

fn remedy(error: &clap::Error, words: &[OsString]) -> String {
    if let Some(remedy) = of_another_program(error, words) {
        return remedy;
    }
    let suggested = [
        ContextKind::SuggestedArg,
        ContextKind::SuggestedSubcommand,
        ContextKind::SuggestedValue,
    ];
    let suggested = suggested.into_iter().find_map(|kind| error.get(kind));
    if let Some(meant) = suggested.map(listed).filter(|meant| !meant.is_empty()) {
        return format!("did you mean {meant}?");
    }
    let named = [vec!["grpcauth".to_owned()], vec![command(words)]].concat();
    let line = named.join(" ");
    let help = format!("`{} --help` lists what it accepts", line.trim_end());
    let usage = error.get(ContextKind::Usage).map(ToString::to_string);
    let usage = usage
        .as_deref()
        .and_then(|usage| usage.split_once("Usage: "));
    match (error.kind(), usage) {
        (ErrorKind::MissingRequiredArgument, Some((_, usage))) => {
            let line = usage.lines().next().unwrap_or_default();
            format!("write it as: {}; {help}", line.trim())
        }
        _ => help,
    }
}

/// What a flag or a value that other programs have is called here.
fn of_another_program(error: &clap::Error, words: &[OsString]) -> Option<String> {
    let argument = error.get(ContextKind::InvalidArg).map(listed)?;
    match error.kind() {
        ErrorKind::UnknownArgument => {
            let words: Vec<&str> = words.iter().filter_map(|word| word.to_str()).collect();
            foreign::counterpart(&argument, &words)
        }
        ErrorKind::InvalidValue | ErrorKind::ValueValidation => {
            let value = error.get(ContextKind::InvalidValue).map(listed)?;
            foreign::old_tls(&argument, &value).map(str::to_owned)
        }
        _ => None,
    }
}

/// What clap tells of an error: one value, or several.
fn listed(value: &ContextValue) -> String {
    match value {
        ContextValue::Strings(values) => values.join(", "),
        other => other.to_string(),
    }
}

fn quoted(value: &str) -> String {
    format!("`{value}`")
}

/// The first paragraph of a text, on one line and without clap's own heading.
fn first_paragraph(text: &str) -> String {
    let lines = text.lines().take_while(|line| !line.trim().is_empty());
    let lines: Vec<&str> = lines.map(str::trim).collect();
    let text = lines.join(" ");
    text.strip_prefix("error: ").unwrap_or(&text).to_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::cli;

    fn words(line: &str) -> Vec<OsString> {
        line.split_whitespace().map(OsString::from).collect()
    }

    fn said(line: &str) -> (String, String) {
        let words = words(line);
        let error = cli::parse(words.clone()).expect_err(line);
        explained(&error, &words)
    }

    #[test]
    fn what_is_wrong_and_what_to_type() {
        for (line, what, fix) in [
            (
                "grpcauth call a:1 b/C --tokn x",
                "unexpected argument --tokn",
                "did you mean --token?",
            ),
            (
                "grpcauth handshake a:1 --zzzz",
                "unexpected argument --zzzz",
                "`grpcauth handshake --help` lists what it accepts",
            ),
            (
                "grpcauth call a:1 b/C -k",
                "unexpected argument -k",
                "here it is --insecure",
            ),
            (
                "grpcauth handshake a:1 -cacert ca.pem",
                "unexpected argument -c",
                "here it is --cacert FILE",
            ),
            (
                "grpcauth call a:1 b/C --json",
                "unexpected argument --json",
                "here it is --format json",
            ),
            (
                "grpcauth call a:1 b/C --tls-min 1.1",
                "the value `1.1` of --tls-min <VERSION> is not one of 1.2, 1.3",
                "TLS 1.0 and 1.1 cannot be offered: `openssl s_client -tls1_1 -connect HOST:PORT` tries them",
            ),
            (
                "grpcauth call a:1 b/C --tls-min 1.4",
                "the value `1.4` of --tls-min <VERSION> is not one of 1.2, 1.3",
                "did you mean 1.3?",
            ),
            ("grpcauth cal", "unknown command cal", "did you mean call?"),
            (
                "grpcauth call",
                "missing: <TARGET>",
                "write it as: grpcauth call [OPTIONS] <TARGET> <METHOD>; `grpcauth call --help` lists what it accepts",
            ),
            (
                "grpcauth call a:1 b/C --format xml",
                "the value `xml` of --format <FORMAT> is not one of text, json, ndjson",
                "`grpcauth call --help` lists what it accepts",
            ),
            (
                "grpcauth call a:1 b/C -q -v",
                "--quiet cannot be used with --verbose...",
                "`grpcauth call --help` lists what it accepts",
            ),
        ] {
            assert_eq!(said(line), (what.to_owned(), fix.to_owned()), "{line}");
        }
    }

    #[test]
    fn a_secret_in_the_place_of_its_reference_is_not_repeated() {
        let (what, fix) = said("grpcauth call a:1 b/C --token eyJhbGciOi.s3cret");
        assert!(what.contains("--token"), "{what}");
        assert!(!format!("{what}{fix}").contains("s3cret"), "{what} {fix}");
    }

    #[test]
    fn the_format_and_the_command_are_read_from_any_line() {
        for (line, format, named) in [
            ("grpcauth call --format json --tokn", Some("json"), "call"),
            (
                "grpcauth token get --format=ndjson",
                Some("ndjson"),
                "token get",
            ),
            ("grpcauth call -format json", Some("json"), "call"),
            ("grpcauth --bogus call", None, ""),
            ("grpcauth list format json", None, "list"),
            ("grpcauth list --formatted=json", None, "list"),
        ] {
            let words = words(line);
            assert_eq!(value_of(&words, "format"), format, "{line}");
            assert_eq!(command(&words), named, "{line}");
        }
    }
}
