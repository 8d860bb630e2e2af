//! Where in a JSON text an unknown name stands, and which name of the type there was meant.

use std::collections::HashSet;

use prost_reflect::EnumDescriptor;
use prost_reflect::Kind;
use prost_reflect::MessageDescriptor;

use crate::invoke::json::features;
use crate::text;

/// An unknown field or enum value.
#[derive(Debug)]
pub(super) struct Unknown {
    /// Its offset in the text.
    pub at: usize,
    pub message: String,
    pub suggestion: Option<String>,
}

/// Reads `prost_reflect`'s message, which names the unknown, found by `found` in `json`.
///
/// Its errors are texts: `serde` has a typed one for an unknown name, and it does not use it. To know by
/// ourselves what is unknown, each request would be read once more, by all the rules of its reader. So the
/// text is read, of a request that is refused alone. A test holds the words to the version in use.
pub(super) fn unknown(
    message: &str,
    json: &str,
    found: usize,
    root: &MessageDescriptor,
) -> Option<Unknown> {
    let field = quoted(message, "unrecognized field name '");
    let value = quoted(message, "unrecognized enum value '");
    let name = field.or(value)?;
    let written = serde_json::to_string(name).ok()?;
    let until = (found + 1).min(json.len());
    let until = (until..json.len()).find(|end| json.is_char_boundary(*end));
    let before = &json[..until.unwrap_or(json.len())];
    let at = before.rfind(&written).unwrap_or(found);
    let path = path(&json[..at]);
    let (message, candidates) = match field {
        Some(_) => {
            let (_, keys) = path.split_last()?;
            let place = descend(root, keys.iter().flatten());
            let Some(Kind::Message(place)) = place else {
                return Some(without_suggestion(at, format!("unknown field `{name}`")));
            };
            let message = format!("`{}` has no field `{name}`", place.full_name());
            (message, field_names(&place))
        }
        None => {
            let Some(Kind::Enum(place)) = descend(root, path.iter().flatten()) else {
                return Some(without_suggestion(
                    at,
                    format!("unknown enum value `{name}`"),
                ));
            };
            let message = format!("`{}` has no value `{name}`", place.full_name());
            (
                message,
                place
                    .values()
                    .filter(features::is_real)
                    .map(|value| value.name().to_owned())
                    .collect(),
            )
        }
    };
    let suggestion = text::did_you_mean(name, candidates.iter().map(String::as_str));
    Some(Unknown {
        at,
        message,
        suggestion: suggestion.map(str::to_owned),
    })
}

/// The first number that is no value of its closed enum, and its offset, in a request that has one.
pub(super) fn unknown_number(json: &str, root: &MessageDescriptor) -> (usize, String) {
    let found = tokens(json).find_map(|token| {
        let Token::Key(at, key) = token else {
            return None;
        };
        let mut path = path(&json[..at]);
        path.pop();
        path.push(Some(key));
        let Some(Kind::Enum(kind)) = descend(root, path.iter().flatten()) else {
            return None;
        };
        let after = at + json[at..].find(':')? + 1;
        let mut values = serde_json::Deserializer::from_str(&json[after..]).into_iter();
        let number = match values.next()?.ok()? {
            serde_json::Value::Array(values) => values.iter().find_map(|one| unnamed(one, &kind)),
            value => unnamed(&value, &kind),
        }?;
        let value_at = after + json[after..].find(&number.to_string())?;
        let name = kind.full_name();
        Some((
            value_at,
            format!("`{name}` is closed, and has no value {number}"),
        ))
    });
    found.unwrap_or_else(|| (0, "a closed enum has no value of this number".to_owned()))
}

fn unnamed(value: &serde_json::Value, kind: &EnumDescriptor) -> Option<i64> {
    let number = value.as_i64()?;
    let known = i32::try_from(number).is_ok_and(|number| features::has_value(kind, number));
    (!known && features::is_closed(kind)).then_some(number)
}

fn without_suggestion(at: usize, message: String) -> Unknown {
    Unknown {
        at,
        message,
        suggestion: None,
    }
}

fn quoted<'a>(message: &'a str, before: &str) -> Option<&'a str> {
    message.strip_prefix(before)?.strip_suffix('\'')
}

fn field_names(message: &MessageDescriptor) -> Vec<String> {
    let names = |field: prost_reflect::FieldDescriptor| {
        [field.json_name().to_owned(), field.name().to_owned()]
    };
    message.fields().flat_map(names).collect()
}

/// The objects that are open at the end of `json`, outermost first, each with its current key.
fn path(json: &str) -> Vec<Option<String>> {
    let mut open: Vec<Option<Option<String>>> = Vec::new();
    for token in tokens(json) {
        match token {
            Token::Open(kind) => open.push((kind == b'{').then_some(None)),
            Token::Close => drop(open.pop()),
            Token::Key(_, key) => {
                if let Some(Some(current)) = open.last_mut() {
                    *current = Some(key);
                }
            }
            Token::Comma => {
                if let Some(Some(current)) = open.last_mut() {
                    *current = None;
                }
            }
        }
    }
    open.into_iter().flatten().collect()
}

/// The first key of valid JSON that its object has already, be it by the field's other name, and its
/// offset. `prost_reflect` takes the last value in silence.
pub(super) fn repeated_key(json: &str, root: &MessageDescriptor) -> Option<(usize, String)> {
    let mut open: Vec<(HashSet<String>, HashSet<String>)> = Vec::new();
    for token in tokens(json) {
        match token {
            Token::Open(_) => open.push(Default::default()),
            Token::Close => drop(open.pop()),
            Token::Comma => {}
            Token::Key(at, key) => {
                let (keys, alike) = open.last_mut()?;
                let is_alike = !alike.insert(key.replace('_', "").to_lowercase());
                if keys.contains(&key)
                    || is_alike && names_a_field_again(&key, keys, &json[..at], root)
                {
                    return Some((at, key));
                }
                keys.insert(key);
            }
        }
    }
    None
}

/// Whether the object open at the end of `before` has the field `key` among its `keys`.
fn names_a_field_again(
    key: &str,
    keys: &HashSet<String>,
    before: &str,
    root: &MessageDescriptor,
) -> bool {
    let path = path(before);
    let outer = path.split_last().map_or(&[][..], |(_, outer)| outer);
    let Some(Kind::Message(place)) = descend(root, outer.iter().flatten()) else {
        return false;
    };
    let field = place
        .get_field_by_json_name(key)
        .or_else(|| place.get_field_by_name(key));
    !place.is_map_entry()
        && field
            .is_some_and(|field| keys.contains(field.name()) || keys.contains(field.json_name()))
}

/// What gives JSON its shape.
enum Token {
    /// `{` or `[`.
    Open(u8),
    Close,
    Comma,
    /// A string before a colon, and the offset of its quote.
    Key(usize, String),
}

/// The tokens of a text, which need not be valid.
fn tokens(json: &str) -> impl Iterator<Item = Token> {
    let bytes = json.as_bytes();
    let mut at = 0;
    let mut string = 0..0;
    std::iter::from_fn(move || {
        loop {
            let here = at;
            at += 1;
            match *bytes.get(here)? {
                b'"' => {
                    at = string_end(bytes, here);
                    string = here..at;
                }
                kind @ (b'{' | b'[') => return Some(Token::Open(kind)),
                b'}' | b']' => return Some(Token::Close),
                b',' => return Some(Token::Comma),
                b':' => {
                    if let Ok(key) = serde_json::from_str(&json[string.clone()]) {
                        return Some(Token::Key(string.start, key));
                    }
                }
                _ => {}
            }
        }
    })
}

/// The end of the string that begins at `start`.
fn string_end(json: &[u8], start: usize) -> usize {
    let mut at = start + 1;
    while let Some(byte) = json.get(at) {
        match byte {
            b'\\' => at += 1,
            b'"' => return at + 1,
            _ => {}
        }
        at += 1;
    }
    json.len()
}

/// The type found by following `keys` from `root`; a map's own key is one of them.
fn descend<'a>(root: &MessageDescriptor, keys: impl Iterator<Item = &'a String>) -> Option<Kind> {
    let mut kind = Kind::Message(root.clone());
    for key in keys {
        let message = kind.as_message()?.clone();
        kind = if message.is_map_entry() {
            message.map_entry_value_field().kind()
        } else {
            message
                .get_field_by_json_name(key)
                .or_else(|| message.get_field_by_name(key))?
                .kind()
        };
    }
    Some(kind)
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;
    use prost_reflect::DescriptorPool;
    use prost_reflect::DeserializeOptions;
    use prost_reflect::DynamicMessage;

    #[test]
    fn open_objects_and_their_keys_are_found() {
        let key = |key: &str| Some(key.to_owned());
        for (json, expected) in [
            ("", vec![]),
            ("{", vec![None]),
            (r#"{"a": "#, vec![key("a")]),
            (r#"{"a": 1, "#, vec![None]),
            (
                r#"{"a": {"b": [1, {"c\"]": "#,
                vec![key("a"), key("b"), key("c\"]")],
            ),
            (r#"{"a": {"b": 1}, "c": "#, vec![key("c")]),
            (r#"]}{"a":"#, vec![key("a")]),
        ] {
            assert_eq!(path(json), expected, "{json}");
        }
    }

    #[test]
    fn prost_reflect_words_its_errors_so() {
        let root = DescriptorPool::global()
            .get_message_by_name("google.protobuf.Field")
            .unwrap();
        for (json, words, read) in [
            (
                r#"{"numbr": 1}"#,
                "unrecognized field name 'numbr'",
                "`google.protobuf.Field` has no field `numbr`",
            ),
            (
                r#"{"kind": "TYPE_BOOLE"}"#,
                "unrecognized enum value 'TYPE_BOOLE'",
                "`google.protobuf.Field.Kind` has no value `TYPE_BOOLE`",
            ),
        ] {
            let error = DynamicMessage::deserialize_with_options(
                root.clone(),
                &mut serde_json::Deserializer::from_str(json),
                &DeserializeOptions::new().deny_unknown_fields(true),
            );
            let error = error.unwrap_err().to_string();
            assert_eq!(error.split_once(" at line ").unwrap().0, words);
            let unknown = unknown(words, json, json.len() - 1, &root).unwrap();
            assert_eq!(unknown.message, read);
            assert!(unknown.suggestion.is_some());
        }
    }

    #[test]
    fn a_number_that_is_no_value_is_found() {
        let root = DescriptorPool::global()
            .get_message_by_name("google.protobuf.FieldDescriptorProto")
            .unwrap();
        for (json, place) in [
            (r#"{"name": "9", "label": 9}"#, 23),
            (r#"{"label": 1, "options": {"targets": [1, 99]}}"#, 40),
            (r#"{"label": 1}"#, 0),
        ] {
            assert_eq!(unknown_number(json, &root).0, place, "{json}");
        }
    }

    proptest! {
        #[test]
        fn no_text_panics(json in r#"[\[\]{}:,"\\aé ]{0,40}"#) {
            let root = DescriptorPool::global().get_message_by_name("google.protobuf.Struct");
            let _ = (path(&json), repeated_key(&json, &root.unwrap()));
        }
    }
}
