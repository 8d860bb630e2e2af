//! `complete-names -`: services and methods for a half-typed line on standard input, one a line. It is no argument,
//! which a list of processes would show with what secrets it has. Never an error: a shell
//! that completes has nowhere to show one. No command of the command line's: only the completion scripts
//! say it, and they must not offer it.

use std::ffi::OsString;
use std::io;
use std::io::Read as _;

use crate::describe::names;
use crate::exit_status::ExitStatus;
use crate::plan;
use crate::plan::names::Half;
use crate::plan::names::NameKind;
use crate::report::Event;
use crate::report::Page;
use crate::report::style::ColorChoice;
use crate::session;

/// The longest line that is read, in bytes.
const LONGEST: u64 = 1 << 16;

/// Whether these words are a completion script's.
pub(crate) fn asked(words: &[OsString]) -> bool {
    matches!(words, [_, command, dash] if command == "complete-names" && dash == "-")
}

/// Offers names for the line on standard input, up to the cursor.
pub(crate) fn run() -> ExitStatus {
    let mut line = String::new();
    let _ = io::stdin().take(LONGEST).read_to_string(&mut line);
    let reporter = session::pages(ColorChoice::Never);
    if let Some(half) = plan::names::plan(line.trim_end_matches(['\r', '\n'])) {
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
