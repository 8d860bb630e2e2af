//! A TOML file that a person wrote: read strictly, and every complaint names file and line.

use std::fmt;
use std::path::Path;
use std::path::PathBuf;

use toml::de::DeTable;
use toml::de::DeValue;

use crate::evidence::Refusal;
use crate::plan::Planned;
use crate::plan::usage;
use crate::text::did_you_mean;
use crate::text::escape;

/// A file's text, and where the file is.
#[derive(Debug)]
pub(crate) struct Document {
    path: PathBuf,
    text: String,
}

impl Document {
    pub(crate) fn new(path: &Path, text: String) -> Self {
        Self {
            path: path.to_owned(),
            text,
        }
    }

    pub(crate) fn path(&self) -> &Path {
        &self.path
    }

    /// The path of a file that is named within this one: relative to it.
    pub(crate) fn beside(&self, path: impl AsRef<Path>) -> PathBuf {
        match self.path.parent() {
            Some(directory) => directory.join(path),
            None => path.as_ref().to_owned(),
        }
    }

    /// The text, parsed. Its texts may be secrets: of what cannot be parsed only the place is told.
    pub(crate) fn parse(&self) -> Planned<DeTable<'_>> {
        DeTable::parse(&self.text)
            .map(toml::Spanned::into_inner)
            .map_err(|error| {
                let at = error.span().map_or(0, |span| span.start);
                self.refuse(
                    at,
                    format!("this is no TOML: {}", error.message().replace('\n', ", ")),
                    "fix that line; the format is described at https://toml.io",
                )
            })
    }

    /// The whole document as a table.
    pub(crate) fn table<'a>(&'a self, entries: &'a DeTable<'a>) -> Table<'a> {
        Table {
            document: self,
            entries,
            at: 0,
        }
    }

    /// `FILE:LINE` of an offset.
    fn place(&self, at: usize) -> String {
        let before = self.text.as_bytes().iter().take(at);
        let line = before.filter(|byte| **byte == b'\n').count() + 1;
        format!("{}:{line}", self.path.display())
    }

    fn refuse(&self, at: usize, what: impl fmt::Display, hint: impl Into<String>) -> Refusal {
        usage(format!("{}: {what}", self.place(at)), hint)
    }
}

/// A table in a document.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Table<'a> {
    pub document: &'a Document,
    entries: &'a DeTable<'a>,
    at: usize,
}

impl<'a> Table<'a> {
    pub(crate) fn entries(self) -> impl Iterator<Item = Entry<'a>> {
        self.entries.iter().map(move |(key, value)| Entry {
            document: self.document,
            key: key.get_ref(),
            key_at: key.span().start,
            value: value.get_ref(),
            at: value.span().start,
        })
    }

    pub(crate) fn get(self, key: &str) -> Option<Entry<'a>> {
        self.entries().find(|entry| entry.key == key)
    }

    /// What `read` makes of the entry of this key; `None`: there is none.
    pub(crate) fn read<T>(
        self,
        key: &str,
        read: impl FnOnce(Entry<'a>) -> Planned<T>,
    ) -> Planned<Option<T>> {
        self.get(key).map(read).transpose()
    }

    /// A misspelt key would pass unseen, and what it says not hold: it is refused. `whole` is what has the keys.
    pub(crate) fn only(self, whole: &str, known: &[&str]) -> Planned<()> {
        match self.entries().find(|entry| !known.contains(&entry.key)) {
            None => Ok(()),
            Some(entry) => {
                Err(entry.unknown(&format!("{whole} has no `{}`", escape(entry.key)), known))
            }
        }
    }

    pub(crate) fn refuse(self, what: impl fmt::Display, hint: impl Into<String>) -> Refusal {
        self.document.refuse(self.at, what, hint)
    }

    /// `FILE:LINE` of where it begins.
    pub(crate) fn place(self) -> String {
        self.document.place(self.at)
    }
}

/// A key and its value.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Entry<'a> {
    pub document: &'a Document,
    pub key: &'a str,
    key_at: usize,
    value: &'a DeValue<'a>,
    at: usize,
}

impl<'a> Entry<'a> {
    pub(crate) fn text(self) -> Planned<&'a str> {
        match self.value {
            DeValue::String(text) => Ok(text),
            _ => Err(self.not("a text in quotes")),
        }
    }

    /// One text, or a list of them.
    pub(crate) fn texts(self) -> Planned<Vec<&'a str>> {
        let DeValue::Array(values) = self.value else {
            let one = self.text();
            return one.map_or_else(
                |_| Err(self.not("a text in quotes, or a list of texts")),
                |one| Ok(vec![one]),
            );
        };
        let text = |value: &'a toml::Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::String(text) => Ok(text.as_ref()),
            _ => Err(self.not("a list of texts in quotes")),
        };
        values.iter().map(text).collect()
    }

    pub(crate) fn switch(self) -> Planned<bool> {
        match self.value {
            DeValue::Boolean(on) => Ok(*on),
            _ => Err(self.not("true or false")),
        }
    }

    pub(crate) fn table(self) -> Planned<Table<'a>> {
        match self.value {
            DeValue::Table(entries) => Ok(self.as_table(entries)),
            _ => Err(self.not("a table")),
        }
    }

    /// One table, or a list of them; and whether it is a list.
    pub(crate) fn tables(self) -> Planned<(Vec<Table<'a>>, bool)> {
        let DeValue::Array(values) = self.value else {
            return Ok((vec![self.table()?], false));
        };
        let table = |value: &'a toml::Spanned<DeValue<'a>>| match value.get_ref() {
            DeValue::Table(entries) => Ok(Table {
                at: value.span().start,
                ..self.as_table(entries)
            }),
            _ => Err(self.not("a list of tables")),
        };
        Ok((values.iter().map(table).collect::<Planned<_>>()?, true))
    }

    /// The text as something that it is the spelling of.
    pub(crate) fn parse<T>(self) -> Planned<T>
    where
        T: std::str::FromStr<Err: fmt::Display>,
    {
        self.read(|text| text.parse::<T>().map_err(|error| error.to_string()))
    }

    /// The text as `read` takes it; a refusal's words must not repeat what may be a secret.
    pub(crate) fn read<T>(self, read: impl Fn(&str) -> Result<T, String>) -> Planned<T> {
        read(self.text()?).map_err(|why| self.refuse(why, format!("correct `{}`", self.key)))
    }

    pub(crate) fn path(self) -> Planned<PathBuf> {
        self.text().map(|path| self.document.beside(path))
    }

    /// Text, table or list as JSON has it.
    pub(crate) fn json(self) -> Planned<serde_json::Value> {
        json(self.value).ok_or_else(|| self.not("what JSON can say"))
    }

    pub(crate) fn is_text(self) -> bool {
        matches!(self.value, DeValue::String(_))
    }

    pub(crate) fn refuse(self, what: impl fmt::Display, hint: impl Into<String>) -> Refusal {
        self.document
            .refuse(self.at, format!("`{}`: {what}", escape(self.key)), hint)
    }

    /// The key, or the name that it is, is none of `known`.
    pub(crate) fn unknown(self, what: &str, known: &[&str]) -> Refusal {
        self.document
            .refuse(self.key_at, what, meant(self.key, known))
    }

    fn not(self, wanted: &str) -> Refusal {
        self.refuse(format!("it takes {wanted}"), format!("write {wanted}"))
    }

    fn as_table(self, entries: &'a DeTable<'a>) -> Table<'a> {
        Table {
            document: self.document,
            entries,
            at: self.key_at,
        }
    }
}

/// The nearest of what is known, or all of it.
pub(crate) fn meant(word: &str, known: &[&str]) -> String {
    match did_you_mean(word, known.iter().copied()) {
        Some(near) => format!("did you mean `{near}`?"),
        None if known.is_empty() => "there is none to choose from".to_owned(),
        None => format!("known are {}", known.join(", ")),
    }
}

fn json(value: &DeValue<'_>) -> Option<serde_json::Value> {
    Some(match value {
        DeValue::String(text) => text.as_ref().into(),
        DeValue::Boolean(on) => (*on).into(),
        DeValue::Integer(number) => i64::from_str_radix(number.as_str(), number.radix())
            .ok()?
            .into(),
        DeValue::Float(number) => number.as_str().parse::<f64>().ok()?.into(),
        DeValue::Datetime(time) => time.to_string().into(),
        DeValue::Array(values) => values
            .iter()
            .map(|value| json(value.get_ref()))
            .collect::<Option<Vec<_>>>()?
            .into(),
        DeValue::Table(entries) => entries
            .iter()
            .map(|(key, value)| Some((key.get_ref().to_string(), json(value.get_ref())?)))
            .collect::<Option<serde_json::Map<_, _>>>()?
            .into(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;

    fn refusal(refusal: Refusal) -> String {
        match refusal {
            Refusal::Usage { what, hint } => format!("{what}; {hint}"),
            other => panic!("{other:?}"),
        }
    }

    /// What is said of the entry `a.b`, asked as `ask` does.
    fn said(text: &str, ask: impl Fn(Entry<'_>) -> Option<Refusal>) -> Option<String> {
        let document = Document::new(Path::new("/etc/x.toml"), text.to_owned());
        let parsed = match document.parse() {
            Ok(parsed) => parsed,
            Err(refused) => return Some(refusal(refused)),
        };
        let table = document.table(&parsed).get("a").unwrap().table().unwrap();
        if let Err(refused) = table.only("an `a`", &["b", "colour"]) {
            return Some(refusal(refused));
        }
        ask(table.get("b").unwrap()).map(refusal)
    }

    #[test]
    fn complaints_name_file_and_line() {
        for (text, expected) in [
            ("[a]\nb = 1", "/etc/x.toml:2: `b`: it takes a text"),
            (
                "\n[a]\nb = 'x'\ncolor = 1",
                "/etc/x.toml:4: an `a` has no `color`; did you mean `colour`?",
            ),
            (
                "[a]\nzzz = 1",
                "/etc/x.toml:2: an `a` has no `zzz`; known are b, colour",
            ),
            ("[a]\n\nb = hunter2", "/etc/x.toml:3: this is no TOML"),
            (
                "a = { b = \"x\", b = \"y\" }",
                "/etc/x.toml:1: this is no TOML",
            ),
        ] {
            let said = said(text, |b| b.text().err()).unwrap();
            assert!(said.starts_with(expected), "{text:?}: {said}");
            assert!(!said.contains("hunter2"), "{said}");
        }
        assert_eq!(said("a.b = 'x'", |b| b.text().err()), None);
    }

    #[test]
    fn values_have_their_type() {
        assert_eq!(said("a.b = true", |b| b.switch().err()), None);
        assert!(said("a.b = 'true'", |b| b.switch().err()).is_some());
        assert_eq!(said("a.b = ['x']", |b| b.texts().err()), None);
        assert_eq!(said("a.b = 'x'", |b| b.texts().err()), None);
        assert!(said("a.b = ['x', 1]", |b| b.texts().err()).is_some());
        assert_eq!(said("a.b = [{c = 1}]", |b| b.tables().err()), None);
        assert_eq!(said("a.b = {c = 1}", |b| b.tables().err()), None);
        assert!(said("a.b = 1", |b| b.tables().err()).is_some());
        assert!(said("a.b = 'x'", |b| b.parse::<u16>().err()).is_some());
    }

    #[test]
    fn tables_are_json_too() {
        let text = "a.b = { s = 'x', n = 0x10, f = 1.5, t = true, l = [1, {}] }";
        let document = Document::new(Path::new("x.toml"), text.to_owned());
        let parsed = document.parse().unwrap();
        let table = document.table(&parsed).get("a").unwrap().table().unwrap();
        assert_eq!(
            table.get("b").unwrap().json().unwrap(),
            serde_json::json!({"s": "x", "n": 16, "f": 1.5, "t": true, "l": [1, {}]})
        );
    }
}
