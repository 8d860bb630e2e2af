//! What the user expects of a call: statuses, or `allowed`, or `denied`.

use std::str::FromStr;

use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::text;
use crate::verdict::outcome::EndedAs;
use crate::verdict::outcome::Outcome;

/// `--expect`; empty: nothing in particular is expected.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Expectation(Vec<Expected>);

/// One word of an expectation.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Expected {
    Allowed,
    Denied,
    Status(StatusCode),
}

impl Expected {
    /// Reads a word: a class, or a status by its name or number.
    pub(crate) fn parse(word: &str) -> Result<Self, String> {
        match word {
            "allowed" => Ok(Self::Allowed),
            "denied" => Ok(Self::Denied),
            word => StatusCode::parse(word)
                .map(Self::Status)
                .ok_or_else(|| unknown(word)),
        }
    }
}

impl Expectation {
    pub(crate) fn of(words: Vec<Expected>) -> Self {
        Self(words)
    }

    pub(crate) fn into_words(self) -> Vec<Expected> {
        self.0
    }

    pub(crate) fn names(&self, word: Expected) -> bool {
        self.0.contains(&word)
    }

    /// Whether nothing but a refusal is expected; a target may count more statuses as one.
    pub(crate) fn is_of_denial(&self, denied_also: &[StatusCode]) -> bool {
        let is_denial = |word: &Expected| match word {
            Expected::Allowed => false,
            Expected::Denied => true,
            Expected::Status(code) => code.is_denial() || denied_also.contains(code),
        };
        !self.0.is_empty() && self.0.iter().all(is_denial)
    }

    /// Whether it was met; `None` where there is nothing to meet or no status to meet it with.
    pub fn met_by(&self, ended: &EndedAs) -> Option<bool> {
        let (code, answered_by) = ended.status?;
        if self.0.is_empty() {
            return None;
        }
        Some(self.0.iter().any(|expected| match expected {
            Expected::Allowed => ended.outcome == Outcome::Allowed,
            Expected::Denied => ended.outcome == Outcome::Denied,
            // A status that a peer was expected to give is not met by one that we made up,
            // but for the deadline, which is ours by nature.
            Expected::Status(expected) => {
                *expected == code
                    && (answered_by != AnsweredBy::Local || code == StatusCode::DEADLINE_EXCEEDED)
            }
        }))
    }

    /// Whether a refusal is among what is expected: such a call is never retried.
    pub fn names_a_denial(&self) -> bool {
        self.0.iter().any(|expected| {
            matches!(
                expected,
                Expected::Denied
                    | Expected::Status(StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED)
            )
        })
    }

    /// The words as given, for the report.
    pub fn words(&self) -> Vec<String> {
        self.0
            .iter()
            .map(|expected| match expected {
                Expected::Allowed => "allowed".to_owned(),
                Expected::Denied => "denied".to_owned(),
                Expected::Status(code) => code.name(),
            })
            .collect()
    }
}

impl FromStr for Expectation {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        text.split(',')
            .map(|word| Expected::parse(word.trim()))
            .collect::<Result<Vec<_>, _>>()
            .map(Self)
    }
}

fn unknown(word: &str) -> String {
    let names = StatusCode::names().iter().copied();
    let upper = word.to_ascii_uppercase();
    match text::did_you_mean(&upper, names.chain(["ALLOWED", "DENIED"])) {
        Some("ALLOWED") => format!("`{word}` is not a status; did you mean `allowed`?"),
        Some("DENIED") => format!("`{word}` is not a status; did you mean `denied`?"),
        Some(name) => format!("`{word}` is not a status; did you mean `{name}`?"),
        None => format!(
            "`{word}` is not a status; write a name such as UNAUTHENTICATED, a number, `allowed` or `denied`"
        ),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn words_are_read() {
        for (text, words) in [
            ("allowed", &["allowed"][..]),
            ("denied", &["denied"]),
            (
                "unauthenticated, 7",
                &["UNAUTHENTICATED", "PERMISSION_DENIED"],
            ),
            ("1010", &["STATUS_1010"]),
        ] {
            assert_eq!(text.parse::<Expectation>().unwrap().words(), words);
        }
    }

    #[test]
    fn a_misspelling_gets_a_suggestion() {
        for (text, suggestion) in [
            ("UNAUTHENTICTED", "UNAUTHENTICATED"),
            ("alowed", "allowed"),
            ("", "write a name"),
            ("OK,zzz", "write a name"),
        ] {
            let refusal = text.parse::<Expectation>().unwrap_err();
            assert!(refusal.contains(suggestion), "{refusal}");
        }
    }
}
