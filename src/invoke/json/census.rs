//! How many messages are in one: two octets of a peer's can be a message, which takes hundreds in memory.

use prost_reflect::Kind;
use prost_reflect::MessageDescriptor;

use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::Wire;

const START_GROUP: u8 = 3;
const END_GROUP: u8 = 4;

/// Messages, entries of maps and unknown fields, that one message may have in it.
pub(super) const MAX_MESSAGES: usize = 100_000;

/// Deeper than `prost` decodes.
const MAX_DEPTH: usize = 101;

/// Whether the message can be held in memory.
pub(super) fn is_bearable(descriptor: &MessageDescriptor, encoded: &[u8]) -> bool {
    let mut left = MAX_MESSAGES;
    // Too short to have so many: the common case costs nothing.
    encoded.len() / 2 < MAX_MESSAGES || count(descriptor, encoded, 0, &mut left).is_some()
}

/// Takes from `left` what is in a message; `None`: there is more. What is damaged is not counted: it is not decoded either.
fn count(
    descriptor: &MessageDescriptor,
    encoded: &[u8],
    depth: usize,
    left: &mut usize,
) -> Option<()> {
    let mut wire = Wire::new(encoded);
    let mut around = Vec::new();
    let mut here = descriptor.clone();
    while let Some((number, wire_type)) = wire.tag().filter(|_| depth <= MAX_DEPTH) {
        let field = here.get_field(number);
        let kind = field.as_ref().map(|field| field.kind());
        let inner = kind.as_ref().and_then(Kind::as_message);
        if inner.is_some() || field.is_none() {
            *left = left.checked_sub(1)?;
        }
        match wire_type {
            START_GROUP => {
                let group = inner.unwrap_or(&here).clone();
                around.push(std::mem::replace(&mut here, group));
            }
            END_GROUP => here = around.pop().unwrap_or(here),
            _ => match (wire.value(wire_type), inner) {
                (None, _) => break,
                (Some(Raw::Octets(octets)), Some(inner)) => {
                    count(inner, octets, depth + 1, left)?;
                }
                (Some(_), _) => {}
            },
        }
    }
    Some(())
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::invoke::json::Decoder;
    use crate::invoke::json::Layout;
    use crate::invoke::json::Transcoder;
    use prost_reflect::DescriptorPool;

    fn descriptor(name: &str) -> MessageDescriptor {
        DescriptorPool::global().get_message_by_name(name).unwrap()
    }

    fn varint(mut number: usize) -> Vec<u8> {
        let mut octets = Vec::new();
        while number >= 0x80 {
            octets.push(number as u8 | 0x80);
            number >>= 7;
        }
        octets.push(number as u8);
        octets
    }

    fn field(number: u8, content: &[u8]) -> Vec<u8> {
        [&[number << 3 | 2][..], &varint(content.len()), content].concat()
    }

    fn refusal(name: &str, encoded: &[u8], layout: Layout) -> String {
        let mut transcoder = Transcoder::new(descriptor(name), false);
        transcoder.decode(encoded, layout).unwrap_err().to_string()
    }

    #[test]
    fn two_octets_are_not_made_hundreds_without_end() {
        // A list of so many nulls, each a message of four octets.
        let list = |values: usize| field(1, &[8, 0]).repeat(values);
        let name = "google.protobuf.ListValue";
        let refused = refusal(name, &list(MAX_MESSAGES + 1), Layout::Compact);
        assert!(refused.contains("more than 100000 messages"), "{refused}");
        let decoder = Decoder::new(descriptor(name), false);
        assert!(decoder.decode(&list(MAX_MESSAGES), Layout::Compact).is_ok());
    }

    #[test]
    fn indentation_does_not_fill_the_memory() {
        // Types within types, forty deep, and in the last one many fields of two octets.
        let mut encoded = field(2, &[]).repeat(300_000);
        for _ in 0..40 {
            encoded = field(3, &encoded);
        }
        let name = "google.protobuf.DescriptorProto";
        let refused = refusal(name, &encoded, Layout::Pretty);
        assert!(refused.contains("bytes of JSON"), "{refused}");
        let mut transcoder = Transcoder::new(descriptor(name), false);
        assert!(transcoder.decode(&encoded, Layout::Compact).is_ok());
    }

    #[test]
    fn what_is_packed_in_one_another_is_bounded_together() {
        let url = b"type.googleapis.com/google.protobuf.Any";
        let mut encoded = field(2, &vec![b'x'; 1 << 20]);
        for _ in 0..40 {
            encoded = [field(1, url), field(2, &encoded)].concat();
        }
        let refused = refusal("google.protobuf.Any", &encoded, Layout::Compact);
        assert!(refused.contains("too large together"), "{refused}");
    }
}
