//! What files say of enums and strings, and `prost_reflect` does not: which values an enum may have, and
//! whether a string is UTF-8. proto2 and proto3 say it by their syntax. Of files in editions, which are linked
//! as proto3, it stands in the options.

use prost_reflect::DynamicMessage;
use prost_reflect::EnumDescriptor;
use prost_reflect::EnumValueDescriptor;
use prost_reflect::Syntax;

use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::Wire;

/// `EnumOptions.features`, `FeatureSet.enum_type` and its value `CLOSED`.
const ENUM_FEATURES: u32 = 7;
const ENUM_TYPE: u32 = 2;
const CLOSED: u64 = 2;

/// `FieldOptions.features`, `FeatureSet.utf8_validation` and its value `NONE`.
const FIELD_FEATURES: u32 = 21;
const UTF8_VALIDATION: u32 = 4;
const NONE: u64 = 3;

/// Whether a value without a name is none of the enum's: decoders keep it among the unknown fields.
pub(super) fn is_closed(kind: &EnumDescriptor) -> bool {
    if kind.enum_descriptor_proto().options.is_some()
        && let Some(value) = feature(&kind.options(), ENUM_FEATURES, ENUM_TYPE)
    {
        return value == CLOSED;
    }
    kind.parent_file().syntax() == Syntax::Proto2
}

/// Whether the strings of a field need not be UTF-8.
pub(super) fn may_be_any_octets(field: &prost_reflect::FieldDescriptor) -> bool {
    let file = field.parent_message().parent_file();
    if field.field_descriptor_proto().options.is_some()
        && let Some(value) = feature(&field.options(), FIELD_FEATURES, UTF8_VALIDATION)
    {
        return value == NONE;
    }
    file.syntax() == Syntax::Proto2
}

/// As protobuf decodes one enum's value.
pub(super) fn has_value(kind: &EnumDescriptor, number: i32) -> bool {
    kind.get_value(number).is_some_and(|value| is_real(&value))
}

/// Not the name of a value in proto3 form that stands for zero where an enum has none: see
/// [`stand_in`].
pub(crate) fn is_real(value: &EnumValueDescriptor) -> bool {
    !value.name().starts_with('(')
}

/// The name of the zero that an enum of this name gets if it has none, which proto3 demands. No value that
/// can be written has such a name.
pub(crate) fn stand_in(enumeration: &str) -> String {
    format!("({enumeration} has no zero)")
}

/// The value of a feature in options; the last one counts.
fn feature(options: &DynamicMessage, features: u32, feature: u32) -> Option<u64> {
    use prost::Message as _;
    let encoded = options.encode_to_vec();
    let sets = values(&encoded, features).filter_map(|set| match set {
        Raw::Octets(set) => values(set, feature).last(),
        Raw::Number(_) => None,
    });
    match sets.last()? {
        Raw::Number(value) => Some(value),
        Raw::Octets(_) => None,
    }
}

fn values(encoded: &[u8], number: u32) -> impl Iterator<Item = Raw<'_>> {
    let mut wire = Wire::new(encoded);
    std::iter::from_fn(move || {
        loop {
            let (found, wire_type) = wire.tag()?;
            let value = wire.value(wire_type)?;
            if found == number {
                return Some(value);
            }
        }
    })
}
