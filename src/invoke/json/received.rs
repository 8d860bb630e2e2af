//! Messages as protobuf's own decoders take them where `prost_reflect` differs: a value that a closed enum has
//! not is an unknown field, and a string that need not be UTF-8 may be anything. JSON has no such strings:
//! what is not UTF-8 in them becomes U+FFFD.

use prost::DecodeError;
use prost_reflect::DescriptorPool;
use prost_reflect::DynamicMessage;
use prost_reflect::EnumDescriptor;
use prost_reflect::ExtensionDescriptor;
use prost_reflect::FieldDescriptor;
use prost_reflect::Kind;
use prost_reflect::MessageDescriptor;

use crate::invoke::json::features;
use crate::invoke::json::transcode::wire::LENGTH_DELIMITED;
use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::VARINT;
use crate::invoke::json::transcode::wire::Wire;

const START_GROUP: u8 = 3;
const END_GROUP: u8 = 4;

/// Deeper than `prost` decodes.
const MAX_DEPTH: usize = 101;

/// Decodes a message.
pub(super) fn decode(
    descriptor: MessageDescriptor,
    encoded: &[u8],
    has_closed: bool,
) -> Result<DynamicMessage, DecodeError> {
    let known = has_closed.then(|| rewrite(&descriptor, encoded, Repair::Enums));
    let encoded = known.as_ref().and_then(Option::as_deref).unwrap_or(encoded);
    DynamicMessage::decode(descriptor.clone(), encoded).or_else(|error| {
        match rewrite(&descriptor, encoded, Repair::Texts) {
            Some(repaired) => DynamicMessage::decode(descriptor, &repaired[..]),
            None => Err(error),
        }
    })
}

/// Without the values that closed enums have not; `None` if there are none.
pub(super) fn without_unknown_values(
    descriptor: &MessageDescriptor,
    encoded: &[u8],
) -> Option<Vec<u8>> {
    rewrite(descriptor, encoded, Repair::Enums)
}

/// Whether any enum is closed.
pub(super) fn has_closed_enums(pool: &DescriptorPool) -> bool {
    pool.all_enums().any(|kind| features::is_closed(&kind))
}

#[derive(Clone, Copy, PartialEq, Eq)]
enum Repair {
    Enums,
    Texts,
}

/// The message without what decoding stumbles over; `None` if there is nothing of the kind, or what it is made
/// of cannot be told.
fn rewrite(descriptor: &MessageDescriptor, encoded: &[u8], repair: Repair) -> Option<Vec<u8>> {
    let mut rewriting = Rewriting {
        repair,
        out: Vec::with_capacity(encoded.len()),
        is_changed: false,
    };
    rewriting.message(descriptor, &mut Wire::new(encoded), encoded, None, 0)?;
    rewriting.is_changed.then_some(rewriting.out)
}

struct Rewriting {
    repair: Repair,
    out: Vec<u8>,
    is_changed: bool,
}

impl Rewriting {
    /// Copies the fields up to the end, or to that of the `group`.
    fn message(
        &mut self,
        descriptor: &MessageDescriptor,
        wire: &mut Wire<'_>,
        encoded: &[u8],
        group: Option<u32>,
        depth: usize,
    ) -> Option<()> {
        if depth > MAX_DEPTH {
            return None;
        }
        while !wire.is_empty() {
            let start = wire.at();
            let (number, wire_type) = wire.tag()?;
            if wire_type == END_GROUP {
                self.out.extend_from_slice(&encoded[start..wire.at()]);
                return (group == Some(number)).then_some(());
            }
            let field = Field::find(descriptor, number);
            let kind = field.as_ref().map(Field::kind);
            if wire_type == START_GROUP {
                self.out.extend_from_slice(&encoded[start..wire.at()]);
                let inner = kind.as_ref().and_then(Kind::as_message);
                self.message(
                    inner.unwrap_or(descriptor),
                    wire,
                    encoded,
                    Some(number),
                    depth + 1,
                )?;
                continue;
            }
            let key = start..wire.at();
            let value = wire.value(wire_type)?;
            let whole = &encoded[start..wire.at()];
            match (field, kind) {
                (Some(field), Some(kind)) => {
                    self.value(&field, &kind, &encoded[key], value, wire_type, whole, depth)?;
                }
                _ => self.out.extend_from_slice(whole),
            }
        }
        group.is_none().then_some(())
    }

    #[expect(
        clippy::too_many_arguments,
        reason = "one field as it stands on the wire"
    )]
    fn value(
        &mut self,
        field: &Field,
        kind: &Kind,
        key: &[u8],
        value: Raw<'_>,
        wire_type: u8,
        whole: &[u8],
        depth: usize,
    ) -> Option<()> {
        match (kind, value) {
            (Kind::Enum(kind), Raw::Number(number)) if wire_type == VARINT => {
                if self.is_unknown(kind, number) {
                    self.is_changed = true;
                } else {
                    self.out.extend_from_slice(whole);
                }
            }
            (Kind::Enum(kind), Raw::Octets(packed)) => self.packed(kind, key, packed)?,
            (Kind::Message(inner), Raw::Octets(octets)) if wire_type == LENGTH_DELIMITED => {
                if inner.is_map_entry() && self.is_unknown_entry(inner, octets)? {
                    self.is_changed = true;
                    return Some(());
                }
                self.within(key, |rewriting| {
                    rewriting.message(inner, &mut Wire::new(octets), octets, None, depth + 1)
                })?;
            }
            (Kind::String, Raw::Octets(octets))
                if self.repair == Repair::Texts
                    && std::str::from_utf8(octets).is_err()
                    && field.may_be_any_octets() =>
            {
                self.is_changed = true;
                let text = String::from_utf8_lossy(octets).into_owned();
                self.within(key, |rewriting| {
                    rewriting.out.extend_from_slice(text.as_bytes());
                    Some(())
                })?;
            }
            _ => self.out.extend_from_slice(whole),
        }
        Some(())
    }

    /// The elements of a packed list.
    fn packed(&mut self, kind: &EnumDescriptor, key: &[u8], packed: &[u8]) -> Option<()> {
        self.within(key, |rewriting| {
            let mut wire = Wire::new(packed);
            while !wire.is_empty() {
                let start = wire.at();
                let Raw::Number(number) = wire.value(VARINT)? else {
                    return None;
                };
                if rewriting.is_unknown(kind, number) {
                    rewriting.is_changed = true;
                } else {
                    rewriting.out.extend_from_slice(&packed[start..wire.at()]);
                }
            }
            Some(())
        })
    }

    /// A key, and the length of what `write` writes before it.
    fn within(&mut self, key: &[u8], write: impl FnOnce(&mut Self) -> Option<()>) -> Option<()> {
        self.out.extend_from_slice(key);
        let start = self.out.len();
        write(self)?;
        let mut length = Vec::new();
        prost::encoding::encode_varint((self.out.len() - start) as u64, &mut length);
        self.out.splice(start..start, length);
        Some(())
    }

    fn is_unknown(&self, kind: &EnumDescriptor, number: u64) -> bool {
        self.repair == Repair::Enums
            && !features::has_value(kind, number as i32)
            && features::is_closed(kind)
    }

    /// Whether the value of a map's entry is unknown: the whole entry is, then.
    fn is_unknown_entry(&self, entry: &MessageDescriptor, encoded: &[u8]) -> Option<bool> {
        let Kind::Enum(kind) = entry.map_entry_value_field().kind() else {
            return Some(false);
        };
        let mut wire = Wire::new(encoded);
        let mut is_unknown = false;
        while !wire.is_empty() {
            let (number, wire_type) = wire.tag()?;
            if let (2, Raw::Number(value)) = (number, wire.value(wire_type)?) {
                is_unknown = self.is_unknown(&kind, value);
            }
        }
        Some(is_unknown)
    }
}

/// A field of a message, declared in it or elsewhere.
enum Field {
    Own(FieldDescriptor),
    Extension(ExtensionDescriptor),
}

impl Field {
    fn find(descriptor: &MessageDescriptor, number: u32) -> Option<Self> {
        let own = descriptor.get_field(number).map(Self::Own);
        own.or_else(|| descriptor.get_extension(number).map(Self::Extension))
    }

    fn kind(&self) -> Kind {
        match self {
            Self::Own(field) => field.kind(),
            Self::Extension(extension) => extension.kind(),
        }
    }

    fn may_be_any_octets(&self) -> bool {
        match self {
            Self::Own(field) => features::may_be_any_octets(field),
            Self::Extension(_) => false,
        }
    }
}
