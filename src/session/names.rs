//! `complete-names -- LINE`: services and methods for a half-typed line, one a line. Never an error: a shell
//! that completes has nowhere to show one. No command of the command line's: only the completion scripts
//! say it, and they must not offer it.

use std::ffi::OsString;

use crate::describe::names;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::plan::names::Half;
use crate::plan::names::NameKind;
use crate::report::Event;
use crate::report::Page;
use crate::report::style::ColorChoice;
use crate::session;

/// The line, up to the cursor, if these words are a completion script's.
pub(crate) fn asked(words: &[OsString]) -> Option<&str> {
    match words {
        [_, command, dashes, line] if command == "complete-names" && dashes == "--" => {
            line.to_str()
        }
        _ => None,
    }
}

pub(crate) fn run(line: &str) -> ExitStatus {
    let reporter = session::pages(ColorChoice::Never);
    if let Some(half) = plan::names::plan(line) {
        let names = completions(&half);
        let text: String = names.iter().map(|name| format!("{name}\n")).collect();
        reporter.emit(&Event::Page(&Page::Text(&text)));
    }
    reporter.exit_status(ExitStatus::Success)
}

fn completions(half: &Half) -> Vec<String> {
    let Ok(set) = half.given.scan() else {
        return Vec::new();
    };
    let names = match half.kind {
        NameKind::Services => names::services(&set),
        NameKind::Methods => names::methods(&set),
        NameKind::Symbols => [names::services(&set), names::methods(&set)].concat(),
    };
    names::beginning_with(&names, &half.word)
}
