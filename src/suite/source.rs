//! A suite's text: TOML, or the same document as JSON; every part of it knows its place.

mod json;

use std::fmt;
use std::ops::Range;
use std::path::Path;
use std::path::PathBuf;

use serde::Deserialize as _;
use toml::Spanned;
use toml::de::DeTable;
use toml::de::DeValue;
use toml::de::Deserializer;

use crate::suite::document::SuiteDocument;
use crate::text::did_you_mean;
use crate::text::escape;

/// Where something stands in a suite, in octets.
pub(crate) type Place = Range<usize>;

/// A suite as its file has it.
#[derive(Debug)]
pub(crate) struct Source {
    path: PathBuf,
    text: String,
    /// Where lines end.
    newlines: Vec<usize>,
}

/// What is wrong with a suite, and where.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Fault {
    pub at: Place,
    pub what: String,
    pub hint: String,
}

impl Fault {
    pub(crate) fn new(at: &Place, what: impl Into<String>, hint: impl Into<String>) -> Self {
        Self {
            at: at.clone(),
            what: what.into(),
            hint: hint.into(),
        }
    }

    /// A name that is none of those known.
    pub(crate) fn unknown(at: &Place, what: impl Into<String>, name: &str, known: &[&str]) -> Self {
        let hint = match did_you_mean(name, known.iter().copied()) {
            Some(near) => format!("did you mean `{near}`?"),
            None if known.is_empty() => "there is none to choose from".to_owned(),
            None => format!("known: {}", known.join(", ")),
        };
        Self::new(at, what, hint)
    }
}

/// A fault as people read it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Complaint {
    /// `FILE:LINE:COLUMN`, or a file; empty where `what` begins with it.
    pub place: String,
    pub what: String,
    pub hint: String,
    /// The line, and a caret below it. Without what may be a secret.
    pub excerpt: Vec<String>,
}

impl Source {
    pub(crate) fn new(path: &Path, text: String) -> Self {
        Self {
            path: path.to_owned(),
            newlines: text.match_indices('\n').map(|(at, _)| at).collect(),
            text,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    pub(crate) fn text(&self) -> &str {
        &self.text
    }

    /// The path of a file that is named in the suite: relative to it.
    pub(crate) fn beside(&self, path: impl AsRef<Path>) -> PathBuf {
        match self.path.parent() {
            Some(directory) => directory.join(path),
            None => path.as_ref().to_owned(),
        }
    }

    /// The tables of the text.
    pub(crate) fn parse(&self) -> Result<DeTable<'_>, Fault> {
        if self.is_json() {
            return json::parse(&self.text);
        }
        DeTable::parse(&self.text)
            .map(Spanned::into_inner)
            .map_err(|error| {
                Fault::new(
                    &error.span().unwrap_or_default(),
                    format!("invalid TOML: {}", error.message().replace('\n', ", ")),
                    "correct that line; the format is described at https://toml.io",
                )
            })
    }

    fn is_json(&self) -> bool {
        self.text.trim_start().starts_with('{')
    }

    /// The document that the tables are.
    pub(crate) fn document(&self, tables: DeTable<'_>) -> Result<SuiteDocument, Fault> {
        let whole = Spanned::new(0..self.text.len(), tables);
        SuiteDocument::deserialize(Deserializer::from(whole)).map_err(|error| misfit(&error))
    }

    /// The line of an offset, from 1.
    pub(crate) fn line(&self, at: &Place) -> usize {
        self.newlines.partition_point(|newline| *newline < at.start) + 1
    }

    pub(crate) fn complaint(&self, fault: &Fault) -> Complaint {
        let line = self.line(&fault.at);
        let begins = self.text[..fault.at.start.min(self.text.len())]
            .rfind('\n')
            .map_or(0, |newline| newline + 1);
        let whole = self.text[begins..].lines().next().unwrap_or_default();
        let before = self
            .text
            .get(begins..fault.at.start)
            .unwrap_or_default()
            .chars()
            .count();
        let length = self.text.get(fault.at.clone()).unwrap_or_default();
        let length = length.lines().next().unwrap_or_default().chars().count();
        Complaint {
            place: format!("{}:{line}:{}", self.path.display(), before + 1),
            what: fault.what.clone(),
            hint: fault.hint.clone(),
            excerpt: excerpt(line, whole, before, length),
        }
    }
}

/// A value may be a secret: no text in quotes is repeated but those of names, and nothing of a value without quotes that is
/// more than a number or a word.
fn excerpt(number: usize, line: &str, before: usize, length: usize) -> Vec<String> {
    let shown: String = hidden(line).replace('\t', " ");
    let width = shown.chars().count();
    if width > WIDTH {
        return Vec::new();
    }
    let from = before.min(width);
    let carets = length.clamp(1, (width - from).max(1));
    let gutter = " ".repeat(number.to_string().len());
    vec![
        format!("{gutter} |"),
        format!("{number} | {}", escape(&shown)),
        format!("{gutter} | {}{}", " ".repeat(from), "^".repeat(carets)),
    ]
}

/// Longer lines are those of documents that machines wrote: nobody reads an excerpt of one.
const WIDTH: usize = 200;

/// The keys after which texts stand that are no secrets.
const OPEN_KEYS: &[&str] = &[
    "as",
    "check",
    "effect",
    "expect",
    "extends",
    "ignore",
    "kind",
    "method",
    "methods",
    "mutations",
    "name",
    "public",
    "reflect_as",
    "reflection",
    "target",
    "unlisted",
    "call",
    "until",
    "within",
    "denied_also",
    "deadline",
    "control",
    "cell",
    "version",
    "min_version",
    "cert_valid_for",
    "client_cert",
    "plaintext",
];

/// The line with what stands after any other key blotted out, one character for each.
fn hidden(line: &str) -> String {
    let trimmed = line.trim_start();
    let (key, is_json) = match trimmed.strip_prefix('"') {
        Some(rest) => (rest.split('"').next().unwrap_or_default(), true),
        None => (
            trimmed
                .split(['=', ' ', '[', '{'])
                .next()
                .unwrap_or_default(),
            false,
        ),
    };
    let mark = if is_json { ':' } else { '=' };
    let at = line.find(mark).map_or(0, |at| at + 1);
    if trimmed.starts_with('[') || OPEN_KEYS.contains(&key) {
        return line.to_owned();
    }
    let (own, value) = line.split_at(at);
    let blot = |character: char| match character {
        '"' | '\'' | ' ' | '{' | '}' | '[' | ']' | ',' | '=' | ':' => character,
        _ => '…',
    };
    format!("{own}{}", value.chars().map(blot).collect::<String>())
}

/// What serde says of a document that does not fit, in words of ours.
fn misfit(error: &toml::de::Error) -> Fault {
    let at = error.span().unwrap_or_default();
    let message = error.message().lines().next().unwrap_or_default();
    let quoted: Vec<&str> = message.split('`').skip(1).step_by(2).collect();
    if let (true, [unknown, known @ ..]) = (message.starts_with("unknown "), quoted.as_slice()) {
        let kind = if message.starts_with("unknown field") {
            "key"
        } else {
            "word"
        };
        let what = format!("unknown {kind} `{}`", escape(unknown));
        return Fault::unknown(&at, what, unknown, known);
    }
    if let (true, [missing]) = (message.starts_with("missing field"), quoted.as_slice()) {
        let what = format!("`{missing}` is missing");
        return Fault::new(&at, what, format!("add {missing} = …"));
    }
    Fault::new(
        &at,
        without_value(message),
        "see the suite's JSON Schema, or `grpcauth check --help`",
    )
}

/// serde repeats a value of the wrong type, which may be a secret.
fn without_value(message: &str) -> String {
    let Some(rest) = message.strip_prefix("invalid type: ") else {
        return escape(message).into_owned();
    };
    let (found, expected) = rest.rsplit_once(", expected ").unwrap_or((rest, ""));
    let found = match found.split_once(['`', '"']) {
        Some((kind, _)) => kind.trim_end(),
        None => found,
    };
    format!("expected {expected}, found {found}")
}

impl fmt::Display for Complaint {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self.place.is_empty() {
            true => f.write_str(&self.what),
            false => write!(f, "{}: {}", self.place, self.what),
        }
    }
}

/// What becomes of a text, by the keys above it; `None`: it stays.
type Change<'a> = dyn FnMut(&[String], &Place, &str) -> Result<Option<String>, Fault> + 'a;

/// Changes every text of a table with `change`, which is told the keys above it.
pub(crate) fn each_text(
    table: &mut DeTable<'_>,
    keys: &mut Vec<String>,
    change: &mut Change<'_>,
) -> Result<(), Fault> {
    for (key, value) in table.iter_mut() {
        keys.push(key.get_ref().to_string());
        each_in_value(value, keys, change)?;
        keys.pop();
    }
    Ok(())
}

fn each_in_value(
    value: &mut Spanned<DeValue<'_>>,
    keys: &mut Vec<String>,
    change: &mut Change<'_>,
) -> Result<(), Fault> {
    let at = value.span();
    match value.get_mut() {
        DeValue::String(text) => {
            if let Some(changed) = change(keys, &at, text)? {
                *text = changed.into();
            }
        }
        DeValue::Table(table) => each_text(table, keys, change)?,
        DeValue::Array(values) => {
            for value in values.iter_mut() {
                each_in_value(value, keys, change)?;
            }
        }
        _ => {}
    }
    Ok(())
}

#[cfg(test)]
mod tests;
