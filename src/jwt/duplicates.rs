//! Names that a JSON object has twice: parsers disagree on which value counts (RFC 8259 §4), and RFC 7519 §4
//! lets a verifier refuse such a token.

use std::collections::BTreeSet;
use std::fmt;

use serde::Deserialize as _;
use serde::Deserializer;
use serde::de::DeserializeSeed;
use serde::de::MapAccess;
use serde::de::SeqAccess;
use serde::de::Visitor;

/// The names that occur twice in any object of `json`, each once, sorted. None if it is no JSON.
pub(crate) fn names(json: &[u8]) -> Vec<String> {
    let mut found = BTreeSet::new();
    let mut deserializer = serde_json::Deserializer::from_slice(json);
    let _ = Walk(&mut found).deserialize(&mut deserializer);
    found.into_iter().collect()
}

/// Walks one value, and those within it.
struct Walk<'a>(&'a mut BTreeSet<String>);

impl<'de> DeserializeSeed<'de> for Walk<'_> {
    type Value = ();

    fn deserialize<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        deserializer.deserialize_any(self)
    }
}

impl<'de> Visitor<'de> for Walk<'_> {
    type Value = ();

    fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("a JSON value")
    }

    fn visit_map<A: MapAccess<'de>>(self, mut map: A) -> Result<(), A::Error> {
        let mut seen = BTreeSet::new();
        while let Some(name) = map.next_key::<String>()? {
            if let Some(twice) = seen.replace(name.clone()) {
                self.0.insert(twice);
            }
            map.next_value_seed(Walk(self.0))?;
        }
        Ok(())
    }

    fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<(), A::Error> {
        while list.next_element_seed(Walk(self.0))?.is_some() {}
        Ok(())
    }

    fn visit_some<D: Deserializer<'de>>(self, deserializer: D) -> Result<(), D::Error> {
        serde::de::IgnoredAny::deserialize(deserializer).map(drop)
    }

    fn visit_bool<E>(self, _: bool) -> Result<(), E> {
        Ok(())
    }

    fn visit_i64<E>(self, _: i64) -> Result<(), E> {
        Ok(())
    }

    fn visit_u64<E>(self, _: u64) -> Result<(), E> {
        Ok(())
    }

    fn visit_f64<E>(self, _: f64) -> Result<(), E> {
        Ok(())
    }

    fn visit_str<E>(self, _: &str) -> Result<(), E> {
        Ok(())
    }

    fn visit_unit<E>(self) -> Result<(), E> {
        Ok(())
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_given_twice_are_found_at_any_depth() {
        for (json, twice) in [
            (r#"{"a":1,"b":"a"}"#, &[][..]),
            (r#"{"a":1,"a":1}"#, &["a"]),
            (r#"{"a":1,"b":2,"a":3,"\u0061":4,"b":null}"#, &["a", "b"]),
            (r#"{"x":{"a":1.5},"y":{"a":true}}"#, &[]),
            (r#"{"x":[{"a":-1,"a":2}]}"#, &["a"]),
            ("[]", &[]),
            (r#"{"a":1,"a":"#, &["a"]),
            ("", &[]),
        ] {
            assert_eq!(names(json.as_bytes()), twice, "{json}");
        }
    }
}
