//! Pages for people.

use crate::report::Page;
use crate::report::candidates;
use crate::report::explanation;
use crate::report::style::Style;

/// The page as it is printed.
pub(crate) fn text(page: &Page<'_>, style: Style) -> String {
    match page {
        Page::Text(text) => (*text).to_owned(),
        Page::Diagnoses { family } => explanation::list(*family, style),
        Page::Candidates { title, found } => candidates::text(title, found, style),
        Page::Diagnosis(diagnosis) => explanation::page(diagnosis, style),
        Page::Scene {
            title,
            situation,
            line,
        } => {
            let title = style.strong(title);
            let line = style.hint(&format!("$ {line}"));
            format!("\n{title}\n{situation}\n\n{line}\n")
        }
        Page::SceneEnd {
            exit_code,
            diagnosis,
        } => {
            let mut ending = format!("exit code {exit_code}");
            if let Some(id) = diagnosis {
                ending.push_str(&format!("; `grpcauth explain {id}` says more"));
            }
            format!("{}\n", style.faint(&ending))
        }
    }
}
