//! Metadata as a user gives it and as a peer sends it.
//!
//! Rules (credentials.md, rule 9): keys are lower-cased; `:`, `grpc-`, `te` and `content-type` are
//! refused; values are 0x20–0x7E; `-bin` keys take base64 and carry bytes.

mod secrets;

use base64::Engine as _;
use base64::engine::general_purpose::{GeneralPurpose, GeneralPurposeConfig, STANDARD};
use base64::engine::{DecodePaddingMode, general_purpose};
use bytes::Bytes;
use http::header::{HeaderMap, HeaderName, HeaderValue};
use thiserror::Error;

pub(crate) use secrets::is_secret;

/// gRPC sends `-bin` values unpadded and accepts both forms.
const LENIENT: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::STANDARD,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);
const LENIENT_URL: GeneralPurpose = GeneralPurpose::new(
    &base64::alphabet::URL_SAFE,
    GeneralPurposeConfig::new()
        .with_decode_padding_mode(DecodePaddingMode::Indifferent)
        .with_decode_allow_trailing_bits(true),
);

/// One entry to send. The value is what stands on the wire.
#[derive(Clone, Debug)]
pub struct Entry {
    pub key: HeaderName,
    pub value: HeaderValue,
}

/// Metadata to send, in the order given.
#[derive(Clone, Debug, Default)]
pub struct Metadata(Vec<Entry>);

/// Why a key or a value cannot be sent. Values are not repeated: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotMetadata(String);

impl Metadata {
    pub fn new() -> Self {
        Self::default()
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    pub fn iter(&self) -> impl Iterator<Item = &Entry> {
        self.0.iter()
    }

    pub fn contains(&self, key: &str) -> bool {
        self.0.iter().any(|entry| entry.key.as_str() == key)
    }

    /// Adds a value beside those that the key has. One that is secret by its key or its mark is so from here on,
    /// with everything in it.
    pub fn append(&mut self, key: HeaderName, mut value: HeaderValue) {
        if value.is_sensitive() || is_secret(&key) {
            value.set_sensitive(true);
            secrets::hide(&key, &value);
        }
        self.0.push(Entry { key, value });
    }

    /// Makes this the key's only value: a stale credential must not come first, nor second.
    pub fn replace(&mut self, key: HeaderName, value: HeaderValue) {
        self.0.retain(|entry| entry.key != key);
        self.append(key, value);
    }

    /// Copies everything into a request's headers.
    pub fn write_to(&self, headers: &mut HeaderMap) {
        for entry in &self.0 {
            headers.append(entry.key.clone(), entry.value.clone());
        }
    }

    /// Octets that the entries take in an HTTP/2 header list (RFC 9113 §6.5.2: 32 more for each).
    pub fn size(&self) -> usize {
        self.0
            .iter()
            .map(|entry| entry.key.as_str().len() + entry.value.len() + 32)
            .sum()
    }
}

/// Reads `key: value`, as `-H` takes it.
pub(crate) fn parse_line(line: &str) -> Result<(HeaderName, HeaderValue), NotMetadata> {
    let Some((key, value)) = line.split_once(':').filter(|(key, _)| !key.is_empty()) else {
        return Err(NotMetadata("metadata is written `key: value`".into()));
    };
    let key = parse_key(key.trim())?;
    let value = parse_value(&key, value.trim())?;
    Ok((key, value))
}

/// Reads a file of such lines, as curl does: blank ones and those that begin with `#` are passed over.
/// An error comes with the line's number.
pub fn parse_lines(text: &str) -> Result<Vec<(HeaderName, HeaderValue)>, (usize, NotMetadata)> {
    text.lines()
        .enumerate()
        .filter(|(_, line)| !line.trim().is_empty() && !line.starts_with('#'))
        .map(|(index, line)| parse_line(line).map_err(|error| (index + 1, error)))
        .collect()
}

/// Lower-cases and checks a key.
pub(crate) fn parse_key(text: &str) -> Result<HeaderName, NotMetadata> {
    let key = text.to_ascii_lowercase();
    let shown = crate::text::escape(&key);
    if key.starts_with(':') {
        return Err(NotMetadata(format!(
            "`{shown}` is an HTTP/2 pseudo-header; use --authority for `:authority`"
        )));
    }
    if key.starts_with("grpc-") {
        return Err(NotMetadata(format!(
            "`{shown}` belongs to gRPC itself (--max-time sets grpc-timeout, --compress grpc-encoding)"
        )));
    }
    if matches!(
        key.as_str(),
        "te" | "content-type" | "connection" | "transfer-encoding" | "host" | "content-length"
    ) {
        return Err(NotMetadata(format!("`{shown}` is set by the transport")));
    }
    let allowed = |byte: u8| matches!(byte, b'a'..=b'z' | b'0'..=b'9' | b'_' | b'-' | b'.');
    if key.is_empty() || !key.bytes().all(allowed) {
        return Err(NotMetadata(format!(
            "`{shown}` is no metadata key: letters, digits, `_`, `-` and `.` only"
        )));
    }
    HeaderName::from_bytes(key.as_bytes())
        .map_err(|_| NotMetadata(format!("`{shown}` is no metadata key")))
}

/// Checks a value; of a `-bin` key it is base64 (standard or URL alphabet, padded or not).
pub(crate) fn parse_value(key: &HeaderName, text: &str) -> Result<HeaderValue, NotMetadata> {
    if key.as_str().ends_with("-bin") {
        let bytes = decode_binary(text.as_bytes()).ok_or_else(|| {
            NotMetadata(format!(
                "the value of `{key}` is not base64, which a -bin key takes"
            ))
        })?;
        return HeaderValue::from_str(&general_purpose::STANDARD_NO_PAD.encode(bytes))
            .map_err(|_| NotMetadata(format!("the value of `{key}` cannot be sent")));
    }
    if let Some((index, bad)) = text
        .char_indices()
        .find(|(_, c)| !matches!(c, '\u{20}'..='\u{7e}'))
    {
        return Err(NotMetadata(format!(
            "the value of `{key}` has {} at position {}; values are printable ASCII (a -bin key takes base64)",
            name_of(bad),
            index + 1
        )));
    }
    HeaderValue::from_str(text)
        .map_err(|_| NotMetadata(format!("the value of `{key}` cannot be sent")))
}

fn name_of(character: char) -> String {
    match character {
        '\n' => "a newline".into(),
        '\r' => "a carriage return".into(),
        '\t' => "a tab".into(),
        '\0' => "a NUL".into(),
        other => format!("U+{:04X}", u32::from(other)),
    }
}

/// The bytes of one `-bin` value, in any of base64's usual forms.
pub(crate) fn decode_binary(value: &[u8]) -> Option<Vec<u8>> {
    LENIENT
        .decode(value)
        .or_else(|_| LENIENT_URL.decode(value))
        .ok()
}

/// A received header map as `[key, value]` pairs: keys sorted, values of one key in wire order,
/// `-bin` values in padded standard base64 (comma-joined ones taken apart), others as text.
pub(crate) fn pairs(headers: &HeaderMap) -> Vec<(String, String)> {
    let mut keys: Vec<&HeaderName> = headers.keys().collect();
    keys.sort_by_key(|key| key.as_str());
    let mut pairs = Vec::with_capacity(headers.len());
    for key in keys {
        for value in headers.get_all(key) {
            if key.as_str().ends_with("-bin") {
                for part in value.as_bytes().split(|byte| *byte == b',') {
                    let shown = match decode_binary(part.trim_ascii()) {
                        Some(bytes) => STANDARD.encode(bytes),
                        None => String::from_utf8_lossy(part).into_owned(),
                    };
                    pairs.push((key.as_str().to_owned(), shown));
                }
            } else {
                let text = String::from_utf8_lossy(value.as_bytes()).into_owned();
                pairs.push((key.as_str().to_owned(), text));
            }
        }
    }
    pairs
}

/// Undoes gRPC's percent-encoding of `grpc-message`; what is not valid stays as it is.
pub(crate) fn decode_message(value: &[u8]) -> String {
    let bytes: Bytes = percent_encoding::percent_decode(value)
        .collect::<Vec<u8>>()
        .into();
    String::from_utf8_lossy(&bytes).into_owned()
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn lines_are_read() {
        for (line, key, value) in [
            ("X-Api-Key: abc", "x-api-key", "abc"),
            ("a:b:c", "a", "b:c"),
            ("empty:", "empty", ""),
            ("trace-bin: q6ur", "trace-bin", "q6ur"),
            ("trace-bin: q6urqw==", "trace-bin", "q6urqw"),
        ] {
            let (read_key, read_value) = parse_line(line).unwrap();
            assert_eq!(
                (read_key.as_str(), read_value.to_str().unwrap()),
                (key, value)
            );
        }
    }

    #[test]
    fn what_cannot_be_sent_is_refused_without_the_value() {
        for (line, why) in [
            ("novalue", "key: value"),
            (": x", "key: value"),
            (":path: /x", "key: value"),
            ("grpc-timeout: 1S", "belongs to gRPC"),
            ("te: trailers", "transport"),
            ("Content-Type: x", "transport"),
            ("a b: x", "no metadata key"),
            ("key: secret\r\nevil: 1", "carriage return"),
            ("key: secret\u{e9}", "U+00E9"),
            ("key: secret\0", "NUL"),
            ("key-bin: secret*", "base64"),
        ] {
            let refusal = parse_line(line).unwrap_err().to_string();
            assert!(
                refusal.contains(why) && !refusal.contains("secret"),
                "{line:?}: {refusal}"
            );
        }
    }

    #[test]
    fn files_are_read_line_by_line() {
        let text = "# who calls\r\nx-tenant: a\r\n\n  \nX-Tenant: #b\ntrace-bin: -_8=\n";
        let read = parse_lines(text).unwrap();
        let read: Vec<_> = read
            .iter()
            .map(|(key, value)| (key.as_str(), value.to_str().unwrap()))
            .collect();
        assert_eq!(
            read,
            [("x-tenant", "a"), ("x-tenant", "#b"), ("trace-bin", "+/8")]
        );
        assert!(parse_lines("").unwrap().is_empty());
        let (line, error) = parse_lines("a: 1\n#\n secret\n").unwrap_err();
        assert_eq!(line, 3);
        assert!(!error.to_string().contains("secret"), "{error}");
    }

    #[test]
    fn replacing_leaves_one_value() {
        let mut metadata = Metadata::new();
        for value in ["one", "two"] {
            metadata.append(
                HeaderName::from_static("authorization"),
                HeaderValue::from_static(value),
            );
        }
        metadata.replace(
            HeaderName::from_static("authorization"),
            HeaderValue::from_static("three"),
        );
        let values: Vec<_> = metadata
            .iter()
            .map(|entry| entry.value.to_str().unwrap())
            .collect();
        assert_eq!(values, ["three"]);
    }

    #[test]
    fn received_pairs_are_sorted_and_binary_values_padded() {
        let mut headers = HeaderMap::new();
        headers.append("z", HeaderValue::from_static("2"));
        headers.append("a-bin", HeaderValue::from_static("q6urqw,AA"));
        headers.append("z", HeaderValue::from_static("1"));
        let expected = [
            ("a-bin", "q6urqw=="),
            ("a-bin", "AA=="),
            ("z", "2"),
            ("z", "1"),
        ];
        assert_eq!(
            pairs(&headers),
            expected.map(|(key, value)| (key.to_owned(), value.to_owned()))
        );
    }

    #[test]
    fn messages_are_percent_decoded_leniently() {
        assert_eq!(decode_message(b"a%20b%C3%A9 %zz %"), "a bé %zz %");
        assert_eq!(decode_message(b"%ff"), "\u{fffd}");
    }

    proptest! {
        #[test]
        fn no_line_panics(line in ".{0,80}") {
            let _ = parse_line(&line);
        }
    }
}
