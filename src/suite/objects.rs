//! Objects that belong to identities: `${own.x}` and `${other.x}` in requests, and what must never be seen of others.

use std::collections::BTreeMap;
use std::collections::BTreeSet;

use serde_json::Map;
use serde_json::Value;

/// The objects that a request names.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Mentioned {
    pub own: BTreeSet<String>,
    pub other: BTreeSet<String>,
}

impl Mentioned {
    /// Those in every text of a request.
    pub(crate) fn in_request(request: &Map<String, Value>) -> Self {
        let mut mentioned = Self::default();
        for value in request.values() {
            mentioned.note(value);
        }
        mentioned
    }

    pub(crate) fn in_text(text: &str) -> Self {
        let mut mentioned = Self::default();
        mentioned.note_text(text);
        mentioned
    }

    pub(crate) fn is_empty(&self) -> bool {
        self.own.is_empty() && self.other.is_empty()
    }

    fn note(&mut self, value: &Value) {
        match value {
            Value::String(text) => self.note_text(text),
            Value::Array(values) => values.iter().for_each(|value| self.note(value)),
            Value::Object(fields) => fields.values().for_each(|value| self.note(value)),
            Value::Null | Value::Bool(_) | Value::Number(_) => {}
        }
    }

    fn note_text(&mut self, text: &str) {
        for part in text.split("${").skip(1) {
            let name = part.split('}').next().unwrap_or_default();
            if let Some(name) = name.strip_prefix("own.") {
                self.own.insert(name.to_owned());
            } else if let Some(name) = name.strip_prefix("other.") {
                self.other.insert(name.to_owned());
            }
        }
    }
}

/// What belongs to an identity.
pub(crate) type Owned = BTreeMap<String, String>;

/// Whose objects a request names.
#[derive(Clone, Copy, Debug)]
pub(crate) struct Pair<'a> {
    pub own: &'a Owned,
    pub other: &'a Owned,
}

impl Pair<'_> {
    /// A request with the objects' values in the place of their names.
    pub(crate) fn fill(&self, request: &Map<String, Value>) -> Map<String, Value> {
        let filled = request
            .iter()
            .map(|(key, value)| (key.clone(), self.value(value)));
        filled.collect()
    }

    fn value(&self, value: &Value) -> Value {
        match value {
            Value::String(text) => self.text(text).into(),
            Value::Array(values) => values.iter().map(|value| self.value(value)).collect(),
            Value::Object(fields) => self.fill(fields).into(),
            plain => plain.clone(),
        }
    }

    /// What an identity does not own stays as it is written.
    pub(crate) fn text(&self, text: &str) -> String {
        let mut filled = String::with_capacity(text.len());
        let mut rest = text;
        while let Some((before, after)) = rest.split_once("${") {
            filled.push_str(before);
            let value = after.split_once('}').and_then(|(name, after)| {
                let own = name
                    .strip_prefix("own.")
                    .and_then(|name| self.own.get(name));
                let other = || {
                    name.strip_prefix("other.")
                        .and_then(|name| self.other.get(name))
                };
                own.or_else(other).map(|value| (value, after))
            });
            match value {
                Some((value, after)) => {
                    filled.push_str(value);
                    rest = after;
                }
                None => {
                    filled.push_str("${");
                    rest = after;
                }
            }
        }
        filled.push_str(rest);
        filled
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn objects_are_found_and_filled_in() {
        let request = serde_json::json!({
            "id": "${other.order}", "list": ["${own.cart}"], "n": 1, "deep": {"x": "a ${other.order} b ${else}"}
        });
        let request = request.as_object().unwrap();
        let mentioned = Mentioned::in_request(request);
        assert_eq!(mentioned.own, BTreeSet::from(["cart".to_owned()]));
        assert_eq!(mentioned.other, BTreeSet::from(["order".to_owned()]));
        let owned = |entries: &[(&str, &str)]| -> Owned {
            entries
                .iter()
                .map(|(name, value)| ((*name).to_owned(), (*value).to_owned()))
                .collect()
        };
        let (own, other) = (owned(&[("cart", "c-1")]), owned(&[("order", "o-2")]));
        let pair = Pair {
            own: &own,
            other: &other,
        };
        assert_eq!(
            Value::Object(pair.fill(request)),
            serde_json::json!({"id": "o-2", "list": ["c-1"], "n": 1, "deep": {"x": "a o-2 b ${else}"}})
        );
        assert_eq!(
            pair.text("${own.order} ${other.cart} ${"),
            "${own.order} ${other.cart} ${"
        );
        assert!(Mentioned::in_text("${name} own.x").is_empty());
    }
}
