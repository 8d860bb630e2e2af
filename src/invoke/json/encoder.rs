//! From JSON to an encoded message.

use bytes::Bytes;
use prost::Message as _;
use prost_reflect::DeserializeOptions;
use prost_reflect::DynamicMessage;
use prost_reflect::MessageDescriptor;

use crate::invoke::json::bad_input::BadInput;
use crate::invoke::json::place;
use crate::invoke::json::received;
use crate::invoke::json::splitting::Splitter;
use crate::invoke::json::splitting::Text;

/// Encodes messages of one type.
#[derive(Clone, Debug)]
pub struct Encoder {
    descriptor: MessageDescriptor,
    options: DeserializeOptions,
    allow_unknown: bool,
    /// Whether a number may be no value of its enum.
    has_closed_enums: bool,
}

impl Encoder {
    /// With `allow_unknown_fields`, fields and enum values that the type has not are left out.
    pub fn new(descriptor: MessageDescriptor, allow_unknown_fields: bool) -> Self {
        Self {
            allow_unknown: allow_unknown_fields,
            has_closed_enums: received::has_closed_enums(descriptor.parent_pool()),
            descriptor,
            options: DeserializeOptions::new().deny_unknown_fields(!allow_unknown_fields),
        }
    }

    /// Every message of an input: concatenated JSON or NDJSON. None if it is blank.
    pub fn encode_all(&self, json: &str) -> Result<Vec<Bytes>, BadInput> {
        let mut splitter = Splitter::new();
        splitter.push(json.as_bytes());
        splitter.finish();
        let mut messages = Vec::new();
        while let Some(text) = splitter.next() {
            messages.push(self.encode(&text?)?);
        }
        Ok(messages)
    }

    /// One message. JSON nested deeper than 127 levels is refused, and a key given twice.
    pub fn encode(&self, text: &Text) -> Result<Bytes, BadInput> {
        let mut deserializer = serde_json::Deserializer::from_str(&text.json);
        DynamicMessage::deserialize_with_options(
            self.descriptor.clone(),
            &mut deserializer,
            &self.options,
        )
        .and_then(|message| deserializer.end().map(|()| message))
        .map_err(|error| self.bad_input(text, &error))
        .and_then(
            |message| match place::repeated_key(&text.json, &self.descriptor) {
                None => self.checked(text, message.encode_to_vec()),
                Some((at, key)) => Err(bad_input(
                    text,
                    at,
                    format!("the field `{key}` is given twice"),
                )),
            },
        )
    }

    /// The message, unless a closed enum in it has a value that is none.
    fn checked(&self, text: &Text, encoded: Vec<u8>) -> Result<Bytes, BadInput> {
        let known = self
            .has_closed_enums
            .then(|| received::without_unknown_values(&self.descriptor, &encoded))
            .flatten();
        match known {
            None => Ok(encoded.into()),
            Some(known) if self.allow_unknown => Ok(known.into()),
            Some(_) => {
                let (at, message) = place::unknown_number(&text.json, &self.descriptor);
                Err(bad_input(text, at, message))
            }
        }
    }

    fn bad_input(&self, text: &Text, error: &serde_json::Error) -> BadInput {
        let whole = error.to_string();
        let message = match whole.rfind(" at line ") {
            Some(end) => &whole[..end],
            None => &whole,
        };
        let found = offset(&text.json, error.line(), error.column());
        let unknown = place::unknown(message, &text.json, found, &self.descriptor);
        match unknown {
            None => bad_input(text, found, message.to_owned()),
            Some(unknown) => BadInput {
                suggestion: unknown.suggestion,
                ..bad_input(text, unknown.at, unknown.message)
            },
        }
    }
}

fn bad_input(text: &Text, at: usize, message: String) -> BadInput {
    let (line, column) = text.position(at);
    BadInput {
        input: None,
        line,
        column,
        message,
        suggestion: None,
    }
}

/// Where a line and column (from 1, in bytes, as serde_json counts) is in the text.
fn offset(json: &str, line: usize, column: usize) -> usize {
    let start = match line.saturating_sub(2) {
        _ if line < 2 => 0,
        before => json
            .match_indices('\n')
            .nth(before)
            .map_or(json.len(), |(newline, _)| newline + 1),
    };
    let mut offset = (start + column.saturating_sub(1)).min(json.len());
    while !json.is_char_boundary(offset) {
        offset -= 1;
    }
    offset
}
