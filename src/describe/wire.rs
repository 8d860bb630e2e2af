//! Protobuf's wire form, field by field, without decoding what is not asked for.

use std::fmt;

use bytes::BufMut;
use prost::encoding::DecodeContext;
use prost::encoding::WireType;
use prost::encoding::decode_key;
use prost::encoding::decode_varint;
use prost::encoding::encode_key;
use prost::encoding::encode_varint;
use prost::encoding::skip_field;

/// One field as it stands on the wire.
#[derive(Clone, Copy, Debug)]
pub(super) struct Field<'a> {
    pub number: u32,
    pub value: Value<'a>,
    /// All of it, its key included: to be copied as it is.
    pub raw: &'a [u8],
}

#[derive(Clone, Copy, Debug)]
pub(super) enum Value<'a> {
    Bytes(&'a [u8]),
    Number(u64),
    /// A fixed-length number or a group: descriptors have none.
    Other,
}

/// Bytes that are not protobuf, or not the message they are said to be.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) struct Malformed(String);

impl Malformed {
    pub(super) fn new(why: String) -> Self {
        Self(why)
    }
}

impl fmt::Display for Malformed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.0)
    }
}

impl<'a> Field<'a> {
    /// The value of a `bytes` or message field.
    pub(super) fn bytes(self) -> Result<&'a [u8], Malformed> {
        match self.value {
            Value::Bytes(bytes) => Ok(bytes),
            Value::Number(_) | Value::Other => Err(self.wrong_type()),
        }
    }

    /// The value of a number, `bool` or enum field.
    pub(super) fn number(self) -> Result<u64, Malformed> {
        match self.value {
            Value::Number(number) => Ok(number),
            Value::Bytes(_) | Value::Other => Err(self.wrong_type()),
        }
    }

    fn wrong_type(self) -> Malformed {
        Malformed(format!("field {} has the wrong wire type", self.number))
    }

    /// The value of a `string` field.
    pub(super) fn text(self) -> Result<&'a str, Malformed> {
        std::str::from_utf8(self.bytes()?)
            .map_err(|_| Malformed(format!("field {} is not UTF-8", self.number)))
    }
}

/// The fields of one message; ends after the first error.
pub(super) fn fields(message: &[u8]) -> Fields<'_> {
    Fields { rest: message }
}

pub(super) struct Fields<'a> {
    rest: &'a [u8],
}

impl<'a> Iterator for Fields<'a> {
    type Item = Result<Field<'a>, Malformed>;

    fn next(&mut self) -> Option<Self::Item> {
        if self.rest.is_empty() {
            return None;
        }
        let field = read(&mut self.rest);
        if field.is_err() {
            self.rest = &[];
        }
        Some(field)
    }
}

fn read<'a>(rest: &mut &'a [u8]) -> Result<Field<'a>, Malformed> {
    let decoding = |error: prost::DecodeError| Malformed(error.to_string());
    let start = *rest;
    let (number, wire_type) = decode_key(rest).map_err(decoding)?;
    let value = match wire_type {
        WireType::LengthDelimited => {
            let length = decode_varint(rest).map_err(decoding)?;
            let taken = usize::try_from(length)
                .ok()
                .and_then(|length| rest.split_at_checked(length));
            let Some((value, after)) = taken else {
                return Err(Malformed(format!(
                    "it is cut off: {length} bytes are announced, {} are left",
                    rest.len()
                )));
            };
            *rest = after;
            Value::Bytes(value)
        }
        WireType::Varint => Value::Number(decode_varint(rest).map_err(decoding)?),
        other => {
            skip_field(other, number, rest, DecodeContext::default()).map_err(decoding)?;
            Value::Other
        }
    };
    let raw = &start[..start.len() - rest.len()];
    Ok(Field { number, value, raw })
}

/// Appends a `bytes`, `string` or message field.
pub(super) fn put_bytes(number: u32, value: &[u8], out: &mut Vec<u8>) {
    encode_key(number, WireType::LengthDelimited, out);
    encode_varint(value.len() as u64, out);
    out.put_slice(value);
}

/// Appends a number, `bool` or enum field.
pub(super) fn put_number(number: u32, value: u64, out: &mut Vec<u8>) {
    encode_key(number, WireType::Varint, out);
    encode_varint(value, out);
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn fields_are_read_and_the_unknown_skipped() {
        let mut message = Vec::new();
        put_bytes(1, b"name", &mut message);
        message.extend([0x1d, 1, 2, 3, 4]); // field 3, fixed32
        message.extend([0x23, 0x08, 1, 0x24]); // field 4, a group
        message.extend([0x50, 0xac, 0x02]); // field 10, 300
        let read: Vec<_> = fields(&message).map(Result::unwrap).collect();
        assert_eq!(read[0].text().unwrap(), "name");
        let numbers: Vec<_> = read.iter().map(|field| field.number).collect();
        assert_eq!(numbers, [1, 3, 4, 10]);
        assert!(read[1..].iter().all(|field| field.bytes().is_err()));
        assert_eq!(read[3].number(), Ok(300));
        assert!(read[..3].iter().all(|field| field.number().is_err()));
        let copied: Vec<u8> = read.iter().flat_map(|field| field.raw).copied().collect();
        assert_eq!(copied, message);
    }

    #[test]
    fn what_is_put_is_read_back() {
        let mut message = Vec::new();
        put_number(14, 1000, &mut message);
        put_bytes(1, b"name", &mut message);
        let read: Vec<_> = fields(&message).map(Result::unwrap).collect();
        assert_eq!((read[0].number, read[0].number()), (14, Ok(1000)));
        assert_eq!((read[1].number, read[1].text()), (1, Ok("name")));
    }

    #[test]
    fn what_is_no_message_is_an_error_and_the_end() {
        for message in [
            &b"\x0a\x05abc"[..],
            b"\x0a\xff\xff\xff\xff\xff\xff\xff\xff\xff\x01",
            b"\xff",
            b"\x0f",
            b"\x00\x00",
            b"\x0b\x0b\x0b",
            b"\x0d\x01",
        ] {
            let read: Vec<_> = fields(message).collect();
            assert!(read.len() == 1 && read[0].is_err(), "{message:?}");
        }
        assert!(
            fields(b"\x0a\x01\xff")
                .next()
                .unwrap()
                .unwrap()
                .text()
                .is_err()
        );
    }

    proptest! {
        #[test]
        fn no_bytes_panic(message in proptest::collection::vec(any::<u8>(), 0..300)) {
            for field in fields(&message).flatten() {
                let _ = field.text();
            }
        }
    }
}
