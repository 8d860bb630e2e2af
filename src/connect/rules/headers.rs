//! The rules for field lines: RFC 9113 §8.2 and §8.3, RFC 9110 §8.6.

use std::fmt;

use http::HeaderName;
use http::HeaderValue;
use loona_hpack::Decoder;

use crate::connect::rules::Rule;
use crate::peer_text::PeerText;

/// The table that a peer may use: nothing else was announced (RFC 9113 §6.5.2).
const TABLE: usize = 4096;

/// Fields that belong to a connection of HTTP/1.1.
const CONNECTION_SPECIFIC: &[&str] = &[
    "connection",
    "transfer-encoding",
    "upgrade",
    "keep-alive",
    "proxy-connection",
];
const PSEUDO: &[&str] = &[
    ":authority",
    ":method",
    ":scheme",
    ":path",
    ":protocol",
    ":status",
];

/// Reads the header blocks of a connection, each of which needs those before it.
pub(super) struct Headers {
    /// `None`: a block was missed.
    decoder: Option<Decoder<'static>>,
}

impl Default for Headers {
    fn default() -> Self {
        let mut decoder = Decoder::new();
        decoder.set_max_allowed_table_size(TABLE);
        Self {
            decoder: Some(decoder),
        }
    }
}

impl fmt::Debug for Headers {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Headers").finish_non_exhaustive()
    }
}

/// What a block says that later frames are judged by.
#[derive(Debug, Default)]
pub(super) struct Read {
    pub is_informational: bool,
    /// 204 and 304 announce a length without content.
    pub has_no_content: bool,
    pub content_length: Option<u64>,
}

impl Headers {
    /// Judges no further block.
    pub(super) fn give_up(&mut self) {
        self.decoder = None;
    }

    /// Reads a block; `None`: a block before it was missed.
    pub(super) fn read(&mut self, block: &[u8]) -> Option<Result<Read, Rule>> {
        let mut reading = Reading::default();
        let decoder = self.decoder.as_mut()?;
        let decoded = decoder.decode_with_cb(block, |name, value| reading.field(&name, &value));
        Some(match (reading.broken, decoded) {
            (Some(rule), _) => Err(rule),
            (None, Err(_)) => Err(Rule::NotHpack),
            (None, Ok(())) => Ok(reading.read),
        })
    }
}

#[derive(Debug, Default)]
struct Reading {
    broken: Option<Rule>,
    pseudo: Vec<&'static str>,
    has_regular: bool,
    read: Read,
}

impl Reading {
    fn field(&mut self, name: &[u8], value: &[u8]) {
        if self.broken.is_some() {
            return;
        }
        self.broken = match name.first() {
            Some(b':') => self.pseudo(name, value),
            _ => self.regular(name, value),
        };
    }

    fn pseudo(&mut self, name: &[u8], value: &[u8]) -> Option<Rule> {
        let shown = || PeerText::from(name);
        let known = PSEUDO.iter().find(|known| known.as_bytes() == name);
        let Some(known) = known else {
            return Some(Rule::PseudoUnknown { name: shown() });
        };
        if self.has_regular {
            return Some(Rule::PseudoAfterRegular { name: shown() });
        }
        if self.pseudo.contains(known) {
            return Some(Rule::PseudoRepeated { name: shown() });
        }
        self.pseudo.push(known);
        if *known == ":status" {
            let Ok(status) = http::StatusCode::from_bytes(value) else {
                return Some(Rule::ValueInvalid { name: shown() });
            };
            self.read.is_informational = status.is_informational();
            self.read.has_no_content = matches!(status.as_u16(), 204 | 304);
        }
        None
    }

    fn regular(&mut self, name: &[u8], value: &[u8]) -> Option<Rule> {
        let shown = || PeerText::from(name);
        if name.iter().any(u8::is_ascii_uppercase) {
            return Some(Rule::NameNotLowercase { name: shown() });
        }
        if HeaderName::from_lowercase(name).is_err() {
            return Some(Rule::NameInvalid { name: shown() });
        }
        if HeaderValue::from_bytes(value).is_err() {
            return Some(Rule::ValueInvalid { name: shown() });
        }
        if CONNECTION_SPECIFIC
            .iter()
            .any(|known| known.as_bytes() == name)
        {
            return Some(Rule::ConnectionSpecific { name: shown() });
        }
        if name == b"te" && value != b"trailers" {
            return Some(Rule::TeNotTrailers {
                value: value.into(),
            });
        }
        self.has_regular = true;
        match name {
            b"content-length" => self.content_length(value),
            _ => None,
        }
    }

    fn content_length(&mut self, value: &[u8]) -> Option<Rule> {
        let is_number = !value.is_empty() && value.iter().all(u8::is_ascii_digit);
        let number = str::from_utf8(value).ok().filter(|_| is_number);
        let Some(length) = number.and_then(|number| number.parse().ok()) else {
            return Some(Rule::ContentLengthUnreadable {
                value: value.into(),
            });
        };
        let before = self.read.content_length.replace(length);
        before
            .is_some_and(|before| before != length)
            .then_some(Rule::ContentLengthsDiffer)
    }
}
