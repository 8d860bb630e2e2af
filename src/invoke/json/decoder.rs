//! From an encoded message to JSON.

use std::fmt;
use std::fmt::Write as _;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::MessageDescriptor;
use thiserror::Error;

use crate::invoke::json::serializing::Context;
use crate::invoke::json::serializing::Packed;
use crate::invoke::json::serializing::Shown;

/// Whether the text is for a program or a person.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Layout {
    /// On one line.
    Compact,
    /// Indented by two spaces.
    Pretty,
}

/// The bytes are no such message, or it has no JSON (a time beyond the year 9999, for one).
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct Undecodable(String);

/// Writes messages of one type.
#[derive(Clone, Debug)]
pub struct Decoder {
    descriptor: MessageDescriptor,
    context: Context,
}

impl Decoder {
    /// With `emit_defaults`, fields without presence are written although they have their default.
    /// What is packed in `Any` is looked up in the pool of `descriptor`.
    pub fn new(descriptor: MessageDescriptor, emit_defaults: bool) -> Self {
        let context = Context {
            emit_defaults,
            pools: vec![descriptor.parent_pool().clone()],
        };
        Self {
            descriptor,
            context,
        }
    }

    /// The message as JSON text, safe for a terminal: see [`escape`].
    pub fn decode(&self, encoded: &[u8], layout: Layout) -> Result<String, Undecodable> {
        let message = self.message(encoded)?;
        let shown = Shown::new(&message, &self.context);
        let text = match layout {
            Layout::Compact => serde_json::to_string(&shown),
            Layout::Pretty => serde_json::to_string_pretty(&shown),
        };
        text.map(escape).map_err(|error| self.undecodable(&error))
    }

    /// The message as a JSON value, to stand in a larger document.
    pub fn value(&self, encoded: &[u8]) -> Result<serde_json::Value, Undecodable> {
        let message = self.message(encoded)?;
        serde_json::to_value(Shown::new(&message, &self.context))
            .map_err(|error| self.undecodable(&error))
    }

    fn message(&self, encoded: &[u8]) -> Result<DynamicMessage, Undecodable> {
        DynamicMessage::decode(self.descriptor.clone(), encoded)
            .map_err(|error| self.undecodable(&error))
    }

    fn undecodable(&self, error: &dyn fmt::Display) -> Undecodable {
        let name = self.descriptor.full_name();
        Undecodable(format!("the message is no {name}: {error}"))
    }
}

/// One packed message as JSON: `@type` and its fields, or `@type` and `value` in base64 if its type is
/// in none of the `pools`.
pub(crate) fn any_to_json(
    type_url: &str,
    value: &[u8],
    pools: Vec<DescriptorPool>,
) -> serde_json::Value {
    let context = Context {
        emit_defaults: false,
        pools,
    };
    let packed = Packed::new(type_url, value, &context, 0);
    serde_json::to_value(&packed).unwrap_or_else(
        |_| serde_json::json!({ "@type": type_url, "value": STANDARD.encode(value) }),
    )
}

/// JSON text with what could deceive a reader written as `\u` escapes: C1, bidirectional and invisible
/// characters. In JSON, characters beyond ASCII stand in strings alone.
pub fn escape(text: String) -> String {
    let deceives = |character: char| {
        matches!(character, '\u{7f}'..='\u{9f}') || crate::text::is_deceptive(character)
    };
    if !text.chars().any(deceives) {
        return text;
    }
    let mut escaped = String::with_capacity(text.len() + 16);
    for character in text.chars() {
        if !deceives(character) {
            escaped.push(character);
            continue;
        }
        for unit in character.encode_utf16(&mut [0; 2]) {
            write!(escaped, "\\u{unit:04x}").expect("a String takes every write");
        }
    }
    escaped
}
