//! What is expected of a cell: a word, a status, or several of them.

use std::borrow::Cow;
use std::fmt;

use schemars::JsonSchema;
use schemars::Schema;
use schemars::SchemaGenerator;
use serde::Deserialize;
use serde::Deserializer;
use serde::de::Error;
use serde::de::SeqAccess;
use serde::de::Visitor;

use crate::status::StatusCode;
use crate::verdict::Expectation;
use crate::verdict::expectation::Expected;

/// `allowed`, `denied`, a status, or a list of them.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Expect(pub Expectation);

/// A status by its name or number.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) struct StatusWord(pub StatusCode);

const WORDS: &str =
    "`allowed`, `denied`, a status such as \"PERMISSION_DENIED\" or its number, or a list of them";

impl<'de> Deserialize<'de> for Expect {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl<'de> Visitor<'de> for Read {
            type Value = Expect;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str(WORDS)
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<Expect, E> {
                let word = Expected::parse(text).map_err(E::custom)?;
                Ok(Expect(Expectation::of(vec![word])))
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<Expect, E> {
                let code = code(number).ok_or_else(|| E::custom("not a status"))?;
                Ok(Expect(Expectation::of(vec![Expected::Status(code)])))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<Expect, E> {
                self.visit_i64(i64::try_from(number).unwrap_or(-1))
            }

            fn visit_seq<A: SeqAccess<'de>>(self, mut list: A) -> Result<Expect, A::Error> {
                let mut words = Vec::new();
                while let Some(Expect(one)) = list.next_element::<Expect>()? {
                    words.extend(one.into_words());
                }
                match words.is_empty() {
                    true => Err(A::Error::custom("an empty list expects nothing")),
                    false => Ok(Expect(Expectation::of(words))),
                }
            }
        }

        deserializer.deserialize_any(Read)
    }
}

impl<'de> Deserialize<'de> for StatusWord {
    fn deserialize<D: Deserializer<'de>>(deserializer: D) -> Result<Self, D::Error> {
        struct Read;

        impl Visitor<'_> for Read {
            type Value = StatusWord;

            fn expecting(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
                f.write_str("a status such as \"NOT_FOUND\", or its number")
            }

            fn visit_str<E: Error>(self, text: &str) -> Result<StatusWord, E> {
                match Expected::parse(text).map_err(E::custom)? {
                    Expected::Status(code) => Ok(StatusWord(code)),
                    _ => Err(E::custom(
                        "`allowed` and `denied` are no statuses: name one",
                    )),
                }
            }

            fn visit_i64<E: Error>(self, number: i64) -> Result<StatusWord, E> {
                code(number)
                    .map(StatusWord)
                    .ok_or_else(|| E::custom("not a status"))
            }

            fn visit_u64<E: Error>(self, number: u64) -> Result<StatusWord, E> {
                self.visit_i64(i64::try_from(number).unwrap_or(-1))
            }
        }

        deserializer.deserialize_any(Read)
    }
}

fn code(number: i64) -> Option<StatusCode> {
    u32::try_from(number).ok().map(StatusCode)
}

impl JsonSchema for Expect {
    fn schema_name() -> Cow<'static, str> {
        "Expect".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let mut words = vec!["allowed", "denied"];
        words.extend(StatusCode::names());
        schemars::json_schema!({
            "description": WORDS,
            "anyOf": [
                { "enum": words },
                { "type": "integer", "minimum": 0 },
                {
                    "type": "array",
                    "minItems": 1,
                    "items": { "anyOf": [{ "enum": words }, { "type": "integer", "minimum": 0 }] }
                }
            ]
        })
    }
}

impl JsonSchema for StatusWord {
    fn schema_name() -> Cow<'static, str> {
        "StatusWord".into()
    }

    fn json_schema(_: &mut SchemaGenerator) -> Schema {
        let names = StatusCode::names();
        schemars::json_schema!({ "anyOf": [{ "enum": names }, { "type": "integer", "minimum": 0 }] })
    }
}
