//! From an encoded message to JSON.

use std::fmt;
use std::fmt::Write as _;
use std::io;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::MessageDescriptor;
use thiserror::Error;

use crate::invoke::json::census;
use crate::invoke::json::received;
use crate::invoke::json::serializing::Context;
use crate::invoke::json::serializing::Level;
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
        let context = Context::new(emit_defaults, vec![descriptor.parent_pool().clone()]);
        Self {
            descriptor,
            context,
        }
    }

    /// The message as JSON text, safe for a terminal: see [`escape`].
    pub fn decode(&self, encoded: &[u8], layout: Layout) -> Result<String, Undecodable> {
        let message = self.message(encoded)?;
        let shown = Shown::new(&message, &self.context);
        let mut bounded = Bounded {
            text: Vec::new(),
            limit: limit(encoded),
        };
        match layout {
            Layout::Compact => serde_json::to_writer(&mut bounded, &shown),
            Layout::Pretty => serde_json::to_writer_pretty(&mut bounded, &shown),
        }
        .map_err(|error| match error.is_io() {
            true => self.too_long(encoded),
            false => self.undecodable(&error),
        })?;
        let text = String::from_utf8(bounded.text);
        Ok(escape(text.expect("JSON is UTF-8")))
    }

    /// The message as a JSON value, to stand in a larger document.
    pub fn value(&self, encoded: &[u8]) -> Result<serde_json::Value, Undecodable> {
        let message = self.message(encoded)?;
        serde_json::to_value(Shown::new(&message, &self.context))
            .map_err(|error| self.undecodable(&error))
    }

    fn message(&self, encoded: &[u8]) -> Result<DynamicMessage, Undecodable> {
        if !census::is_bearable(&self.descriptor, encoded) {
            let most = census::MAX_MESSAGES;
            return Err(self.undecodable(&format!("it has more than {most} messages in it")));
        }
        let has_closed = self.context.has_closed_enums();
        received::decode(self.descriptor.clone(), encoded, has_closed)
            .map_err(|error| self.undecodable(&error))
    }

    /// That the JSON would be out of proportion.
    pub(super) fn too_long(&self, encoded: &[u8]) -> Undecodable {
        Undecodable(format!(
            "a {} of {} bytes would be more than {} bytes of JSON",
            self.descriptor.full_name(),
            encoded.len(),
            limit(encoded)
        ))
    }

    fn undecodable(&self, error: &dyn fmt::Display) -> Undecodable {
        let name = self.descriptor.full_name();
        Undecodable(format!("the message is no {name}: {error}"))
    }
}

/// The longest text of a message: a peer's few bytes are not to fill the memory.
pub(super) fn limit(encoded: &[u8]) -> usize {
    (16 << 20) + 8 * encoded.len()
}

/// A text that ends in an error where it would become too long.
struct Bounded {
    text: Vec<u8>,
    limit: usize,
}

impl io::Write for Bounded {
    fn write(&mut self, octets: &[u8]) -> io::Result<usize> {
        if self.text.len() + octets.len() > self.limit {
            return Err(io::ErrorKind::FileTooLarge.into());
        }
        self.text.extend_from_slice(octets);
        Ok(octets.len())
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}

/// One packed message as JSON: `@type` and its fields, or `@type` and `value` in base64 if its type is
/// in none of the `pools`.
pub(crate) fn any_to_json(
    type_url: &str,
    value: &[u8],
    pools: Vec<DescriptorPool>,
) -> serde_json::Value {
    let context = Context::new(false, pools);
    let packed = Packed::new(type_url, value, &context, Level::default());
    serde_json::to_value(&packed).unwrap_or_else(
        |_| serde_json::json!({ "@type": type_url, "value": STANDARD.encode(value) }),
    )
}

/// JSON text with what could deceive a reader written as `\u` escapes: C1, bidirectional and invisible
/// characters. In JSON, characters beyond ASCII stand in strings alone.
pub(super) fn escape(text: String) -> String {
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
