//! `explain`: the pages of the diagnoses.

use crate::cli::explain::Explain;
use crate::exit_status::ExitStatus;
use crate::report::explanation;
use crate::session;
use crate::text;
use crate::verdict::diagnoses;

/// Runs the command.
pub fn run(arguments: &Explain) -> ExitStatus {
    let mut output = session::output(arguments.color);
    let style = output.stdout_style;
    let shown = match arguments.id.as_deref() {
        None => Some(explanation::list(None, style)),
        Some(word) => {
            // People copy the brackets along.
            let id = word.trim_matches(['[', ']']).to_lowercase();
            match diagnoses::find(&id) {
                Some(diagnosis) => Some(explanation::page(diagnosis, style)),
                None if diagnoses::families().contains(&id.as_str()) => {
                    Some(explanation::list(Some(&id), style))
                }
                None => None,
            }
        }
    };
    match shown {
        Some(text) => {
            output.print(&text);
            output.exit_status(ExitStatus::Success)
        }
        None => {
            let word = arguments.id.as_deref().unwrap_or_default();
            output.tell(&format!("error: `{}` is no diagnosis", text::escape(word)));
            output.tell(&format!("hint: {}", suggestion(word)));
            ExitStatus::Usage
        }
    }
}

fn suggestion(word: &str) -> String {
    let ids = diagnoses::rows().map(|row| row.id);
    match text::did_you_mean(word, ids.chain(diagnoses::families())) {
        Some(near) => format!("did you mean `grpcauth explain {near}`?"),
        None => "`grpcauth explain` lists them all".to_owned(),
    }
}
