//! The pages of the diagnoses: for a terminal, and as `docs/diagnoses.md`, from the same text.

use crate::report::lab;
use crate::report::lab::Seen;
use crate::report::style::Style;
use crate::text::shorten;
use crate::verdict::diagnoses;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::page::Page;

/// Columns of a page on a terminal.
const WIDTH: usize = 96;

/// One line for each diagnosis, or for each of one family.
pub(crate) fn list(family: Option<&str>, style: Style) -> String {
    let mut text = String::new();
    for name in diagnoses::families() {
        if family.is_some_and(|family| family != name) {
            continue;
        }
        for row in of_family(name) {
            let gap = " ".repeat(34_usize.saturating_sub(row.id.len()).max(2));
            text.push_str(&format!("{}{gap}{}\n", style.id(row.id), headline(row)));
        }
    }
    text.push_str(&style.faint("\ngrpcauth explain ID shows the page of one.\n"));
    text
}

/// The page of one diagnosis.
pub(crate) fn page(row: &Diagnosis, style: Style) -> String {
    let page = Page::of(row);
    let mut text = format!(
        "{}  {}\n\n{}\n",
        style.id(row.id),
        style.faint(&format!("({})", certainty(row))),
        wrapped(&page.meaning, "")
    );
    text.push_str(&format!(
        "\n{}\n{}\n",
        style.strong("How it is established"),
        wrapped(&page.proof, "  ")
    ));
    text.push_str(&format!("\n{}\n", style.strong("How to fix it")));
    for fix in &page.fixes {
        text.push_str(&format!(
            "  {}\n{}\n",
            style.hint(&fix.place),
            wrapped(&fix.text, "    ")
        ));
    }
    if let Some(seen) = lab::seen(row.id) {
        text.push_str(&format!(
            "\n{}\n{}\n    {}\n    {}\n",
            style.strong("See it"),
            wrapped(&door_of(&seen), "  "),
            style.faint(&lab::lab_command()),
            style.faint(&seen.line)
        ));
    }
    text
}

/// Every page, for `docs/diagnoses.md`.
pub fn markdown() -> String {
    let mut text = String::from(
        "# Diagnoses\n\n\
         <!-- Generated from src/verdict/diagnoses/: GRPCAUTH_BLESS=1 cargo test --test generated -->\n\n\
         Every error that grpcauth reports carries an id in brackets. An id that blames a side is given only on proof; \
         where nothing is proven, a *general* one says what is known and gives the cures of both sides. \
         A *warning* is not wrong yet, or only for others. The same pages: `grpcauth explain ID`.\n",
    );
    for family in diagnoses::families() {
        text.push_str(&format!("\n## {family}\n"));
        for row in of_family(family) {
            let page = Page::of(row);
            text.push_str(&format!(
                "\n### {}\n\n*{}.* {}\n\n**Established.** {}\n\n",
                row.id,
                certainty(row),
                page.meaning,
                page.proof
            ));
            for fix in &page.fixes {
                text.push_str(&format!("- **{}:** {}\n", fix.place, fix.text));
            }
            if let Some(seen) = lab::seen(row.id) {
                text.push_str(&format!(
                    "\nSee it: {}\n\n```\n{}\n{}\n```\n",
                    door_of(&seen),
                    lab::lab_command(),
                    seen.line
                ));
            }
        }
    }
    text
}

fn of_family(family: &str) -> impl Iterator<Item = &'static Diagnosis> {
    diagnoses::rows().filter(move |row| row.family() == family)
}

/// What a diagnosis is, and about which layer: `proven, the credential`.
fn certainty(row: &Diagnosis) -> String {
    let certainty = match row.certainty {
        Certainty::Proven => "Proven",
        Certainty::General => "General",
        Certainty::Warning => "Warning",
    };
    format!("{certainty}, {}", row.layer.words())
}

/// What the meaning says first: up to its first full stop or colon, on one line.
pub(crate) fn headline(row: &Diagnosis) -> String {
    let page = Page::of(row);
    let text = page.meaning.trim_end_matches('.');
    let end = [". ", ": "].iter().filter_map(|mark| text.find(mark)).min();
    shorten(&text[..end.unwrap_or(text.len())], WIDTH).into_owned()
}

fn door_of(seen: &Seen) -> String {
    format!(
        "the lab's door `{}` ({}). In one terminal, then in another:",
        seen.door, seen.summary
    )
}

/// Words on lines of [`WIDTH`] columns, each behind `indent`.
fn wrapped(text: &str, indent: &str) -> String {
    let mut lines = vec![indent.to_owned()];
    for word in text.split_whitespace() {
        let line = lines.last_mut().expect("there is always a line");
        if line.len() > indent.len() && line.chars().count() + 1 + word.chars().count() > WIDTH {
            lines.push(format!("{indent}{word}"));
        } else {
            if line.len() > indent.len() {
                line.push(' ');
            }
            line.push_str(word);
        }
    }
    lines.join("\n")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::doors;

    #[test]
    fn every_diagnosis_has_a_whole_page() {
        for row in diagnoses::rows() {
            let page = page(row, Style::PLAIN);
            assert!(
                page.lines()
                    .all(|line| line.chars().count() <= 140 || line.contains("grpcauth ")),
                "{page}"
            );
            assert!(!headline(row).is_empty(), "{}", row.id);
        }
    }

    #[test]
    fn every_door_shows_a_diagnosis_that_exists() {
        for door in doors::all() {
            let more = door.more.iter().map(|example| example.demonstrates);
            for id in door.demonstrates.into_iter().chain(more) {
                assert!(
                    diagnoses::find(id).is_some(),
                    "{}: no diagnosis {id}",
                    door.id
                );
            }
        }
    }

    #[test]
    fn lines_are_wrapped_between_words() {
        let text = "word ".repeat(60);
        let wrapped = wrapped(&text, "  ");
        assert!(wrapped.lines().count() > 2);
        assert!(
            wrapped
                .lines()
                .all(|line| line.len() <= WIDTH && line.starts_with("  word"))
        );
    }
}
