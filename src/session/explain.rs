//! `explain`: the pages of the diagnoses.

use crate::cli::explain::Explain;
use crate::exit_status::ExitStatus;
use crate::report::Event;
use crate::report::Page;
use crate::session;
use crate::text;
use crate::verdict::diagnoses;

/// Runs the command.
pub(crate) fn run(arguments: &Explain) -> ExitStatus {
    let reporter = session::pages(arguments.color);
    // People copy the brackets along.
    let word = arguments.id.as_deref();
    let id = word.map(|word| word.trim_matches(['[', ']']).to_lowercase());
    let page = match id.as_deref() {
        None => Page::Diagnoses { family: None },
        Some(id) => match diagnoses::find(id) {
            Some(diagnosis) => Page::Diagnosis(diagnosis),
            None if diagnoses::families().contains(&id) => Page::Diagnoses { family: Some(id) },
            None => {
                let word = word.unwrap_or_default();
                reporter.refuse(
                    &format!("`{}` is an unknown diagnosis", text::escape(word)),
                    &suggestion(word),
                );
                return ExitStatus::Usage;
            }
        },
    };
    reporter.emit(&Event::Page(&page));
    reporter.exit_status(ExitStatus::Success)
}

fn suggestion(word: &str) -> String {
    let ids = diagnoses::rows().map(|row| row.id);
    match text::did_you_mean(word, ids.chain(diagnoses::families())) {
        Some(near) => format!("did you mean `grpcauth explain {near}`?"),
        None => "`grpcauth explain` lists them all".to_owned(),
    }
}
