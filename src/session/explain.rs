//! `explain`: the pages of the diagnoses, and which of them a status, an exit code or a message can stand for.

use std::io;
use std::io::Read as _;

use crate::cli::explain::Explain;
use crate::exit_status;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Page;
use crate::report::Reporter;
use crate::session;
use crate::status::StatusCode;
use crate::text;
use crate::verdict::diagnoses;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::messages;

/// Exit codes from here are those of statuses.
const STATUS_BASE: u32 = 64;

/// Runs the command.
pub(crate) fn run(arguments: &Explain) -> ExitStatus {
    let reporter = session::pages(arguments.color);
    let text = match arguments.words.as_slice() {
        [] => return show(&reporter, &Page::Diagnoses { family: None }),
        [dash] if dash == "-" => match read() {
            Ok(text) => text,
            Err(error) => {
                reporter.refuse(
                    &format!("stdin cannot be read: {error}"),
                    "pass the text as an argument",
                );
                return ExitStatus::Usage;
            }
        },
        words => words.join(" "),
    };
    named(&reporter, &text).unwrap_or_else(|| of_message(&reporter, &text))
}

/// What is asked for by its name.
fn named(reporter: &Reporter, text: &str) -> Option<ExitStatus> {
    // People copy the brackets along.
    let word = text.trim().trim_matches(['[', ']']);
    let id = word.to_lowercase();
    if let Some(diagnosis) = diagnoses::find(&id) {
        return Some(show(reporter, &Page::Diagnosis(diagnosis)));
    }
    if diagnoses::families().contains(&id.as_str()) {
        return Some(show(reporter, &Page::Diagnoses { family: Some(&id) }));
    }
    // `unauthenticated` is a status first, and the end of an id besides.
    if let Some(exit_status) = of_number(reporter, word) {
        return Some(exit_status);
    }
    match ends(&id).as_slice() {
        [] => None,
        [diagnosis] => Some(show(reporter, &Page::Diagnosis(diagnosis))),
        several => {
            let ids: Vec<&str> = several.iter().map(|row| row.id).collect();
            reporter.refuse(
                &format!("several diagnoses end with `{}`", text::escape(word)),
                &format!("name one of them: {}", ids.join(", ")),
            );
            Some(ExitStatus::Usage)
        }
    }
}

/// The diagnoses whose id ends with these whole words.
fn ends(id: &str) -> Vec<&'static Diagnosis> {
    let is_end = |row: &&Diagnosis| {
        row.id
            .strip_suffix(id)
            .is_some_and(|front| front.ends_with(['.', '-']))
    };
    let rows: Vec<&'static Diagnosis> = diagnoses::rows().filter(is_end).collect();
    // `required` is the whole name of one, and the end of others' names.
    let whole: Vec<&'static Diagnosis> = rows
        .iter()
        .copied()
        .filter(|row| row.id.split_once('.').is_some_and(|(_, name)| name == id))
        .collect();
    match whole.len() {
        1 => whole,
        _ => rows,
    }
}

/// A gRPC status or an exit code.
fn of_number(reporter: &Reporter, word: &str) -> Option<ExitStatus> {
    let exit_code = exit_status::TABLE.iter().find(|(code, _)| *code == word);
    let status = StatusCode::parse(word)?;
    let status = match status.0.checked_sub(STATUS_BASE) {
        Some(number) if StatusCode(number).is_defined() => StatusCode(number),
        _ => status,
    };
    if !status.is_defined() && exit_code.is_none() {
        return None;
    }
    let mut title = Vec::new();
    if status.is_defined() {
        let code = ExitStatus::Rpc(status).code();
        title.push(format!(
            "gRPC status {} ({}), exit code {code}",
            status.name(),
            status.0
        ));
    }
    if let Some((code, meaning)) = exit_code {
        title.push(format!("exit code {code}: {meaning}"));
    }
    let found = match status.is_defined() && status != StatusCode::OK {
        true => messages::candidates(&format!("rpc error: code = {}", status.name())),
        false => Vec::new(),
    };
    let page = Page::Candidates {
        title: &title.join("\n"),
        found: &found,
    };
    Some(show(reporter, &page))
}

/// What a message of another program can stand for.
fn of_message(reporter: &Reporter, text: &str) -> ExitStatus {
    let found = messages::candidates(text);
    if !found.is_empty() {
        return show(
            reporter,
            &Page::Candidates {
                title: "Candidates, most likely first. The text alone proves none of them.",
                found: &found,
            },
        );
    }
    let word = text.trim();
    if word.contains(char::is_whitespace) || word.is_empty() {
        reporter.refuse(
            "no diagnosis is known for this text",
            "grpcauth doctor HOST:PORT finds out what is wrong; `grpcauth explain` lists all diagnoses",
        );
        return ExitStatus::NotAsExpected;
    }
    reporter.refuse(
        &format!("`{}` is an unknown diagnosis", text::escape(word)),
        &suggestion(word),
    );
    ExitStatus::Usage
}

fn show(reporter: &Reporter, page: &Page<'_>) -> ExitStatus {
    reporter.emit(&Event::Page(page));
    reporter.exit_status(ExitStatus::Success)
}

/// Standard input, in any encoding, as far as it is looked at.
fn read() -> io::Result<String> {
    let limit = u64::try_from(messages::MOST_BYTES).unwrap_or(u64::MAX);
    let mut bytes = Vec::new();
    io::stdin().lock().take(limit).read_to_end(&mut bytes)?;
    Ok(String::from_utf8_lossy(&bytes).into_owned())
}

fn suggestion(word: &str) -> String {
    let ids = diagnoses::rows().map(|row| row.id);
    match text::did_you_mean(word, ids.chain(diagnoses::families())) {
        Some(near) => format!("did you mean `grpcauth explain {near}`?"),
        None => "`grpcauth explain` lists them all".to_owned(),
    }
}
