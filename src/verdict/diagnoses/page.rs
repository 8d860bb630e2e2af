//! The page of a diagnosis: a Markdown file beside its row.
//!
//! ```text
//! The meaning. Its first sentence is the headline.
//!
//! ## Proof
//! How the diagnosis is established.
//!
//! ## Fix
//! - **client:** What to do or type there.
//! ```
//!
//! A line break inside a part means a space: sentences stand on lines of their own, so that a diff
//! shows the sentence that changed. The second and later lines of an item are indented by two spaces.

use crate::verdict::diagnoses::Diagnosis;

/// A page, by its parts; each is one line.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Page {
    /// What the diagnosis means.
    pub meaning: String,
    /// How it is established, and what tells it from its neighbours.
    pub proof: String,
    pub fixes: Vec<Fix>,
}

/// What to do about it.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Fix {
    /// Where: a side, or a piece of software.
    pub place: String,
    pub text: String,
}

impl Page {
    pub(crate) fn of(row: &Diagnosis) -> Self {
        Self::parse(row.page).expect("every row's page is complete, as a test checks")
    }

    /// Reads the Markdown. The error names the part that is missing or malformed.
    pub(crate) fn parse(text: &str) -> Result<Self, String> {
        let lines: Vec<&str> = text.lines().collect();
        let heading = |wanted: &str| {
            let found = lines.iter().position(|line| *line == wanted);
            found.ok_or_else(|| format!("`{wanted}` is missing"))
        };
        let (proof, fix) = (heading("## Proof")?, heading("## Fix")?);
        if fix < proof {
            return Err("`## Fix` comes before `## Proof`".to_owned());
        }
        Ok(Self {
            meaning: paragraph("the meaning", &lines[..proof])?,
            proof: paragraph("the proof", &lines[proof + 1..fix])?,
            fixes: items(&lines[fix + 1..])?,
        })
    }
}

/// Lines as one.
fn paragraph(name: &str, lines: &[&str]) -> Result<String, String> {
    let is_sentence = |line: &str| !["#", "- ", " "].iter().any(|mark| line.starts_with(mark));
    if let Some(line) = lines.iter().find(|line| !is_sentence(line)) {
        return Err(format!("{name} has a line that is not a sentence: {line}"));
    }
    let text = lines.join(" ").trim().to_owned();
    if text.is_empty() {
        return Err(format!("{name} is missing"));
    }
    Ok(text)
}

fn items(lines: &[&str]) -> Result<Vec<Fix>, String> {
    let mut fixes: Vec<Fix> = Vec::new();
    for line in lines {
        let item = line
            .strip_prefix("- **")
            .and_then(|item| item.split_once(":** "));
        match (item, line.strip_prefix("  "), fixes.last_mut()) {
            (Some((place, text)), ..) => fixes.push(Fix {
                place: place.to_owned(),
                text: text.to_owned(),
            }),
            (None, Some(more), Some(fix)) => {
                fix.text.push(' ');
                fix.text.push_str(more);
            }
            _ => return Err(format!("the fixes have a line that is not an item: {line}")),
        }
    }
    if fixes.is_empty() {
        return Err("the fixes are missing".to_owned());
    }
    Ok(fixes)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_page_is_read_by_its_headings() {
        let page = Page::parse(
            "It fails.\nAlways.\n\n## Proof\nIt did.\n\n## Fix\n- **client:** Do this.\n  And that.\n- **server:** Wait.\n",
        );
        let fix = |place: &str, text: &str| Fix {
            place: place.to_owned(),
            text: text.to_owned(),
        };
        assert_eq!(
            page,
            Ok(Page {
                meaning: "It fails. Always.".to_owned(),
                proof: "It did.".to_owned(),
                fixes: vec![fix("client", "Do this. And that."), fix("server", "Wait.")],
            })
        );
    }

    #[test]
    fn a_page_without_one_of_its_parts_is_rejected() {
        for (text, why) in [
            ("It fails.\n\n## Fix\n- **client:** Do this.\n", "## Proof"),
            ("It fails.\n\n## Proof\nIt did.\n", "## Fix"),
            (
                "## Proof\nIt did.\n\n## Fix\n- **client:** Do.\n",
                "meaning",
            ),
            (
                "It.\n\n## Proof\n\n## Fix\n- **client:** Do.\n",
                "the proof",
            ),
            (
                "It.\n\n## Fix\n- **client:** Do.\n## Proof\nIt.\n",
                "before",
            ),
            ("It.\n\n## Proof\nIt did.\n\n## Fix\n", "the fixes"),
            (
                "It.\n\n## Proof\nIt did.\n\n## Fix\nDo this.\n",
                "not an item",
            ),
            (
                "# It\n\n## Proof\nIt.\n\n## Fix\n- **a:** b\n",
                "not a sentence",
            ),
        ] {
            let error = Page::parse(text).unwrap_err();
            assert!(error.contains(why), "{text}: {error}");
        }
    }
}
