//! JSON into the tables of TOML. A part's place is found by where its raw text lies in the whole.

use std::borrow::Cow;
use std::fmt;

use serde::Deserialize;
use serde::Deserializer;
use serde::de::MapAccess;
use serde::de::Visitor;
use serde_json::value::RawValue;
use toml::Spanned;
use toml::de::DeArray;
use toml::de::DeTable;
use toml::de::DeValue;

use crate::suite::source::Fault;
use crate::suite::source::Place;

/// How deep a document may be.
const DEPTH: usize = 64;

pub(super) fn parse(text: &str) -> Result<DeTable<'_>, Fault> {
    let raw: &RawValue = serde_json::from_str(text).map_err(|error| {
        let at = offset(text, error.line(), error.column());
        refuse(&(at..at + 1), &error)
    })?;
    let within = Within { text };
    match within.value(raw, DEPTH)?.into_inner() {
        DeValue::Table(table) => Ok(table),
        _ => Err(Fault::new(
            &(0..1),
            "a suite is an object",
            "write { \"version\": 1, … }",
        )),
    }
}

fn refuse(at: &Place, error: &serde_json::Error) -> Fault {
    // The place is given apart.
    let why = error.to_string();
    let why = why.split(" at line ").next().unwrap_or_default();
    Fault::new(at, format!("invalid JSON: {why}"), "correct that line")
}

/// The offset of a line and column, both from 1.
fn offset(text: &str, line: usize, column: usize) -> usize {
    let before: usize = text
        .split_inclusive('\n')
        .take(line.saturating_sub(1))
        .map(str::len)
        .sum();
    (before + column.saturating_sub(1)).min(text.len())
}

struct Within<'a> {
    text: &'a str,
}

impl<'a> Within<'a> {
    fn place(&self, part: &str) -> Place {
        let from = (part.as_ptr() as usize).wrapping_sub(self.text.as_ptr() as usize);
        match self.text.get(from..from.wrapping_add(part.len())) {
            Some(_) => from..from + part.len(),
            None => 0..0,
        }
    }

    fn value(&self, raw: &'a RawValue, depth: usize) -> Result<Spanned<DeValue<'a>>, Fault> {
        let text = raw.get();
        let at = self.place(text);
        let Some(depth) = depth.checked_sub(1) else {
            return Err(Fault::new(
                &at,
                "too deeply nested",
                "a suite is no deeper than this",
            ));
        };
        let misread = |error| refuse(&at, &error);
        let value = match text.as_bytes().first() {
            Some(b'{') => {
                let members: Members<'a> = serde_json::from_str(text).map_err(misread)?;
                DeValue::Table(self.table(members, &at, depth)?)
            }
            Some(b'[') => {
                let items: Vec<&'a RawValue> = serde_json::from_str(text).map_err(misread)?;
                let mut array = DeArray::new();
                for item in items {
                    array.push(self.value(item, depth)?);
                }
                DeValue::Array(array)
            }
            Some(b'"') => {
                let text: String = serde_json::from_str(text).map_err(misread)?;
                DeValue::String(text.into())
            }
            Some(b't') => DeValue::Boolean(true),
            Some(b'f') => DeValue::Boolean(false),
            Some(b'n') => {
                return Err(Fault::new(
                    &at,
                    "null has no meaning in a suite",
                    "remove it",
                ));
            }
            _ => match DeValue::parse(text) {
                Ok(number) => number.into_inner(),
                Err(_) => return Err(Fault::new(&at, "not a number", "correct it")),
            },
        };
        Ok(Spanned::new(at, value))
    }

    fn table(&self, members: Members<'a>, at: &Place, depth: usize) -> Result<DeTable<'a>, Fault> {
        let mut table = DeTable::new();
        for (key, raw) in members.0 {
            let place = match &key {
                Cow::Borrowed(key) => self.place(key),
                Cow::Owned(_) => self.place(raw.get()),
            };
            let value = self.value(raw, depth)?;
            let shown = crate::text::escape(&key).into_owned();
            if table
                .insert(Spanned::new(place.clone(), key), value)
                .is_some()
            {
                let at = if place.is_empty() { at } else { &place };
                return Err(Fault::new(
                    at,
                    format!("`{shown}` is given twice"),
                    "remove one of them",
                ));
            }
        }
        Ok(table)
    }
}

/// The members of an object, in their order, the same ones twice too.
struct Members<'a>(Vec<(Cow<'a, str>, &'a RawValue)>);

impl<'de: 'a, 'a> Deserialize<'de> for Members<'a> {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Vec<(Cow<'de, str>, &'de RawValue)>;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("an object")
            }

            fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<Self::Value, A::Error> {
                let mut members = Vec::new();
                while let Some((Key(key), value)) = map.next_entry::<Key<'de>, &'de RawValue>()? {
                    members.push((key, value));
                }
                Ok(members)
            }
        }

        deserializer.deserialize_map(Read).map(Self)
    }
}

/// A key, borrowed where it has no escapes, so that its place is known.
#[derive(Deserialize)]
struct Key<'a>(#[serde(borrow)] Cow<'a, str>);
