//! Values as protobuf's text format and its source language write them; nothing unsafe to print.

use std::fmt::Write as _;

use prost_reflect::DynamicMessage;
use prost_reflect::Kind;
use prost_reflect::MapKey;
use prost_reflect::Value;

use crate::text;

/// Levels of one option's value.
const MAX_DEPTH: usize = 32;

/// A quoted string; what a terminal would act on is written in octal, which compilers read back.
pub(super) fn quoted(value: &str) -> String {
    let mut out = String::from("\"");
    for character in value.chars() {
        if text::is_plain(character) {
            if matches!(character, '"' | '\\') {
                out.push('\\');
            }
            out.push(character);
        } else {
            push_octal(character.encode_utf8(&mut [0; 4]).as_bytes(), &mut out);
        }
    }
    out.push('"');
    out
}

fn quoted_bytes(bytes: &[u8]) -> String {
    let mut out = String::from("\"");
    for byte in bytes {
        match byte {
            b'"' | b'\\' => {
                out.push('\\');
                out.push(char::from(*byte));
            }
            b' '..=b'~' => out.push(char::from(*byte)),
            _ => push_octal(&[*byte], &mut out),
        }
    }
    out.push('"');
    out
}

fn push_octal(bytes: &[u8], out: &mut String) {
    for byte in bytes {
        let _ = write!(out, "\\{byte:03o}");
    }
}

/// A `bytes` default, which descriptors keep escaped already; it is only kept from ending early.
pub(super) fn requoted(escaped: &str) -> String {
    let mut out = String::from("\"");
    let mut characters = escaped.chars();
    while let Some(character) = characters.next() {
        match character {
            '\\' => match characters.next() {
                Some(next) if text::is_plain(next) => out.extend(['\\', next]),
                _ => out.push_str("\\\\"),
            },
            '"' => out.push_str("\\\""),
            plain if text::is_plain(plain) => out.push(plain),
            other => push_octal(other.encode_utf8(&mut [0; 4]).as_bytes(), &mut out),
        }
    }
    out.push('"');
    out
}

/// An option's value on one line. Lists are written out by the caller, one option each.
pub(super) fn value(value: &Value, kind: &Kind) -> String {
    let mut out = String::new();
    put(value, kind, 0, &mut out);
    out
}

fn put(value: &Value, kind: &Kind, depth: usize, out: &mut String) {
    let _ = match value {
        Value::Bool(value) => write!(out, "{value}"),
        Value::I32(value) => write!(out, "{value}"),
        Value::I64(value) => write!(out, "{value}"),
        Value::U32(value) => write!(out, "{value}"),
        Value::U64(value) => write!(out, "{value}"),
        Value::F32(value) => write!(out, "{}", float(f64::from(*value), &value.to_string())),
        Value::F64(value) => write!(out, "{}", float(*value, &value.to_string())),
        Value::String(value) => write!(out, "{}", quoted(value)),
        Value::Bytes(value) => write!(out, "{}", quoted_bytes(value)),
        Value::EnumNumber(number) => {
            let known = kind
                .as_enum()
                .and_then(|declared| declared.get_value(*number));
            match known {
                Some(known) => write!(out, "{}", text::escape(known.name())),
                None => write!(out, "{number}"),
            }
        }
        Value::Message(message) => {
            put_message(message, depth, out);
            Ok(())
        }
        Value::List(_) | Value::Map(_) => Ok(()),
    };
}

fn float(value: f64, shown: &str) -> String {
    if value.is_nan() {
        "nan".to_owned()
    } else if value.is_infinite() {
        if value > 0.0 { "inf" } else { "-inf" }.to_owned()
    } else {
        shown.to_owned()
    }
}

/// Protobuf's text format between braces.
fn put_message(message: &DynamicMessage, depth: usize, out: &mut String) {
    if depth >= MAX_DEPTH {
        out.push_str("{}");
        return;
    }
    let mut parts = Vec::new();
    for (field, value) in message.fields() {
        let name = match field.kind() {
            Kind::Message(group) if field.is_group() => group.name().to_owned(),
            _ => field.name().to_owned(),
        };
        put_field(&name, value, &field.kind(), depth, &mut parts);
    }
    for (extension, value) in message.extensions() {
        let name = format!("[{}]", extension.full_name());
        put_field(&name, value, &extension.kind(), depth, &mut parts);
    }
    if parts.is_empty() {
        out.push_str("{}");
    } else {
        let _ = write!(out, "{{ {} }}", parts.join(", "));
    }
}

fn put_field(name: &str, value: &Value, kind: &Kind, depth: usize, parts: &mut Vec<String>) {
    let name = text::escape(name);
    let mut one = |value: &Value, kind: &Kind| {
        let mut part = format!("{name}: ");
        put(value, kind, depth + 1, &mut part);
        parts.push(part);
    };
    match value {
        Value::List(values) => values.iter().for_each(|value| one(value, kind)),
        Value::Map(entries) => {
            let Some(entry) = kind.as_message() else {
                return;
            };
            let mut sorted: Vec<_> = entries.iter().collect();
            sorted.sort_by_key(|(key, _)| *key);
            for (key, value) in sorted {
                let key = Value::from(MapKey::clone(key));
                let mut part = format!("{name}: {{ key: ");
                put(
                    &key,
                    &entry.map_entry_key_field().kind(),
                    depth + 1,
                    &mut part,
                );
                part.push_str(", value: ");
                put(
                    value,
                    &entry.map_entry_value_field().kind(),
                    depth + 1,
                    &mut part,
                );
                part.push_str(" }");
                parts.push(part);
            }
        }
        single => one(single, kind),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn strings_are_quoted_and_harmless() {
        assert_eq!(quoted("a \"b\" \\ é"), r#""a \"b\" \\ é""#);
        assert_eq!(quoted("\u{1b}[\n\u{202e}"), r#""\033[\012\342\200\256""#);
        assert_eq!(requoted(r#"\001\"x"y\"#), r#""\001\"x\"y\\""#);
        assert_eq!(quoted_bytes(b"a\0\"\xff"), r#""a\000\"\377""#);
    }
}
