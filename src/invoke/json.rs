//! Requests from JSON and responses to JSON, by prost-reflect.

use std::fmt;

use bytes::Bytes;
use prost::Message as _;
use prost_reflect::DeserializeOptions;
use prost_reflect::DynamicMessage;
use prost_reflect::MessageDescriptor;
use prost_reflect::SerializeOptions;
use serde::de::IgnoredAny;

use crate::text::did_you_mean;

/// How requests are read.
#[derive(Clone, Copy, Debug, Default)]
pub struct EncodeOptions {
    pub allow_unknown_fields: bool,
}

/// How responses are written.
#[derive(Clone, Copy, Debug, Default)]
pub struct DecodeOptions {
    /// Fields with their default value too.
    pub emit_defaults: bool,
    /// Laid out over several lines.
    pub pretty: bool,
}

/// Input that does not fit the message's type, with its place, counted from one.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct BadInput {
    pub message: String,
    pub line: usize,
    pub column: usize,
    /// A field that may have been meant.
    pub suggestion: Option<String>,
}

/// A message that its own type does not fit.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Undecodable(String);

impl fmt::Display for Undecodable {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

/// The messages of concatenated or line-separated JSON, encoded.
pub fn encode_all(
    text: &str,
    descriptor: &MessageDescriptor,
    options: EncodeOptions,
) -> Result<Vec<Bytes>, BadInput> {
    let mut messages = Vec::new();
    let mut rest = text;
    loop {
        let mut values = serde_json::Deserializer::from_str(rest).into_iter::<IgnoredAny>();
        match values.next() {
            None => return Ok(messages),
            Some(Err(error)) => return Err(bad_input(&error, text, rest, descriptor)),
            Some(Ok(_)) => {
                let (one, after) = rest.split_at(values.byte_offset());
                let message = encode(one, descriptor, options)
                    .map_err(|error| bad_input(&error, text, one, descriptor))?;
                messages.push(message);
                rest = after;
            }
        }
    }
}

fn encode(
    text: &str,
    descriptor: &MessageDescriptor,
    options: EncodeOptions,
) -> Result<Bytes, serde_json::Error> {
    let mut source = serde_json::Deserializer::from_str(text);
    let message = DynamicMessage::deserialize_with_options(
        descriptor.clone(),
        &mut source,
        &DeserializeOptions::new().deny_unknown_fields(!options.allow_unknown_fields),
    )?;
    Ok(message.encode_to_vec().into())
}

/// The error with its place in the whole of the input: `part` is a slice of `whole`.
fn bad_input(
    error: &serde_json::Error,
    whole: &str,
    part: &str,
    descriptor: &MessageDescriptor,
) -> BadInput {
    let before = &whole[..part.as_ptr() as usize - whole.as_ptr() as usize];
    let lines_before = before.matches('\n').count();
    let column_before = before.len() - before.rfind('\n').map_or(0, |at| at + 1);
    let text = error.to_string();
    let message = match text.rfind(" at line ") {
        Some(place) => text[..place].to_owned(),
        None => text,
    };
    BadInput {
        line: lines_before + error.line().max(1),
        column: error.column() + if error.line() <= 1 { column_before } else { 0 },
        suggestion: suggestion(&message, descriptor),
        message,
    }
}

/// For an unknown field, one of the message's own that looks like it.
fn suggestion(message: &str, descriptor: &MessageDescriptor) -> Option<String> {
    let unknown = message.contains("unrecognized field").then(|| {
        message
            .split('\'')
            .nth(1)
            .or_else(|| message.split('`').nth(1))
    })??;
    let mut names = Vec::new();
    collect_names(descriptor, 0, &mut names);
    did_you_mean(unknown, names.iter().map(String::as_str)).map(str::to_owned)
}

/// JSON names of the message's fields, and of those of the messages inside.
fn collect_names(descriptor: &MessageDescriptor, depth: usize, names: &mut Vec<String>) {
    for field in descriptor.fields() {
        names.push(field.json_name().to_owned());
        if depth < 3
            && let prost_reflect::Kind::Message(inner) = field.kind()
        {
            collect_names(&inner, depth + 1, names);
        }
    }
}

/// A response as proto3 JSON.
///
/// # Errors
/// When the bytes are no message of this type, or nest deeper than prost decodes.
pub fn decode(
    encoded: Bytes,
    descriptor: &MessageDescriptor,
    options: DecodeOptions,
) -> Result<String, Undecodable> {
    let message = DynamicMessage::decode(descriptor.clone(), encoded)
        .map_err(|error| Undecodable(error.to_string()))?;
    let written = SerializeOptions::new().skip_default_fields(!options.emit_defaults);
    let mut text = Vec::with_capacity(128);
    let outcome = if options.pretty {
        message.serialize_with_options(&mut serde_json::Serializer::pretty(&mut text), &written)
    } else {
        message.serialize_with_options(&mut serde_json::Serializer::new(&mut text), &written)
    };
    outcome.map_err(|error| Undecodable(error.to_string()))?;
    String::from_utf8(text).map_err(|error| Undecodable(error.to_string()))
}
