//! How messages of a type are written, looked up once.

use std::collections::HashMap;
use std::sync::Arc;

use prost_reflect::Cardinality;
use prost_reflect::EnumDescriptor;
use prost_reflect::FieldDescriptor;
use prost_reflect::MessageDescriptor;

use crate::invoke::json::features::is_closed;
use crate::invoke::json::features::is_real;
use crate::invoke::json::transcode::wire::FIXED_32;
use crate::invoke::json::transcode::wire::FIXED_64;
use crate::invoke::json::transcode::wire::LENGTH_DELIMITED;
use crate::invoke::json::transcode::wire::Raw;
use crate::invoke::json::transcode::wire::VARINT;
use crate::invoke::json::transcode::wire::zigzag;

/// The plans of a type and of all that it is made of, each made when it is first met.
#[derive(Debug)]
pub(super) struct Plans {
    types: Vec<(MessageDescriptor, Option<Arc<Plan>>)>,
    index: HashMap<String, usize>,
}

#[derive(Debug)]
pub(super) struct Plan {
    pub shape: Shape,
    /// Sorted by number: the order of output.
    pub fields: Vec<Field>,
    /// Whether a number that is no field's may be an extension's.
    pub is_extended: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Shape {
    Object,
    Timestamp,
    Duration,
    /// `google.protobuf.Int32Value` and its like: the value alone.
    Wrapper,
    Unsupported,
}

#[derive(Debug)]
pub(super) struct Field {
    pub number: u32,
    /// The name in JSON, in quotes.
    pub key: Vec<u8>,
    pub label: Label,
    /// Of a list the elements', of a map the values'.
    pub kind: ValueKind,
    /// Whether it is written although it has its default.
    pub presence: bool,
    /// A bit that the fields of one oneof share; 0: none.
    pub choice: u64,
}

#[derive(Debug)]
pub(super) enum Label {
    Singular,
    List,
    /// With the keys' kind.
    Map(ValueKind),
}

#[derive(Clone, Debug)]
pub(super) enum ValueKind {
    Double,
    Float,
    Int32,
    Int64,
    Uint32,
    Uint64,
    Sint32,
    Sint64,
    Fixed32,
    Fixed64,
    Sfixed32,
    Sfixed64,
    Bool,
    String,
    Bytes,
    Enum(Arc<Names>),
    /// The type's place in [`Plans`].
    Message(usize),
    Unsupported,
}

/// An enum's values.
#[derive(Debug)]
pub(super) struct Names {
    default: i32,
    /// Numbers and names in quotes, sorted.
    names: Vec<(i32, Vec<u8>)>,
    /// A number without a name is no value of it.
    pub is_closed: bool,
}

/// A map's key, as maps are sorted: numbers by size, texts by their bytes.
#[derive(Debug, PartialEq, Eq, PartialOrd, Ord)]
pub(super) enum MapKey<'a> {
    Signed(i64),
    Unsigned(u64),
    Text(&'a str),
}

impl Plans {
    /// The type itself is at 0.
    pub(super) fn new(descriptor: MessageDescriptor) -> Self {
        Self {
            index: HashMap::from([(descriptor.full_name().to_owned(), 0)]),
            types: vec![(descriptor, None)],
        }
    }

    pub(super) fn get(&mut self, index: usize) -> Arc<Plan> {
        if let (_, Some(plan)) = &self.types[index] {
            return Arc::clone(plan);
        }
        let descriptor = self.types[index].0.clone();
        let plan = Arc::new(self.make(&descriptor));
        self.types[index].1 = Some(Arc::clone(&plan));
        plan
    }

    fn make(&mut self, descriptor: &MessageDescriptor) -> Plan {
        let mut shape = shape(descriptor);
        let mut choices = Choices::default();
        let mut fields = Vec::new();
        if matches!(shape, Shape::Object | Shape::Wrapper) {
            for field in descriptor.fields() {
                match choices.bit(&field) {
                    Some(choice) => fields.push(self.field(&field, choice)),
                    None => shape = Shape::Unsupported,
                }
            }
        }
        fields.sort_by_key(|field| field.number);
        Plan {
            shape,
            fields,
            is_extended: descriptor.extensions().next().is_some(),
        }
    }

    fn field(&mut self, field: &FieldDescriptor, choice: u64) -> Field {
        let (label, kind) = if let (true, Some(entry)) = (field.is_map(), field.kind().as_message())
        {
            (
                Label::Map(self.kind(&entry.map_entry_key_field())),
                self.kind(&entry.map_entry_value_field()),
            )
        } else if field.cardinality() == Cardinality::Repeated {
            (Label::List, self.kind(field))
        } else {
            (Label::Singular, self.kind(field))
        };
        let key = serde_json::Value::from(field.json_name()).to_string();
        Field {
            number: field.number(),
            key: key.into_bytes(),
            label,
            kind,
            presence: field.supports_presence(),
            choice,
        }
    }

    fn kind(&mut self, field: &FieldDescriptor) -> ValueKind {
        match field.kind() {
            prost_reflect::Kind::Double => ValueKind::Double,
            prost_reflect::Kind::Float => ValueKind::Float,
            prost_reflect::Kind::Int32 => ValueKind::Int32,
            prost_reflect::Kind::Int64 => ValueKind::Int64,
            prost_reflect::Kind::Uint32 => ValueKind::Uint32,
            prost_reflect::Kind::Uint64 => ValueKind::Uint64,
            prost_reflect::Kind::Sint32 => ValueKind::Sint32,
            prost_reflect::Kind::Sint64 => ValueKind::Sint64,
            prost_reflect::Kind::Fixed32 => ValueKind::Fixed32,
            prost_reflect::Kind::Fixed64 => ValueKind::Fixed64,
            prost_reflect::Kind::Sfixed32 => ValueKind::Sfixed32,
            prost_reflect::Kind::Sfixed64 => ValueKind::Sfixed64,
            prost_reflect::Kind::Bool => ValueKind::Bool,
            prost_reflect::Kind::String => ValueKind::String,
            prost_reflect::Kind::Bytes => ValueKind::Bytes,
            prost_reflect::Kind::Enum(kind) => names(&kind, field),
            prost_reflect::Kind::Message(_) if field.is_group() => ValueKind::Unsupported,
            prost_reflect::Kind::Message(kind) => ValueKind::Message(self.place(kind)),
        }
    }

    fn place(&mut self, descriptor: MessageDescriptor) -> usize {
        let next = self.types.len();
        let place = *self
            .index
            .entry(descriptor.full_name().to_owned())
            .or_insert(next);
        if place == next {
            self.types.push((descriptor, None));
        }
        place
    }
}

fn shape(descriptor: &MessageDescriptor) -> Shape {
    match descriptor.full_name().strip_prefix("google.protobuf.") {
        Some("Timestamp") => Shape::Timestamp,
        Some("Duration") => Shape::Duration,
        Some(
            "BoolValue" | "BytesValue" | "DoubleValue" | "FloatValue" | "Int32Value" | "Int64Value"
            | "StringValue" | "UInt32Value" | "UInt64Value",
        ) => Shape::Wrapper,
        Some("Any" | "FieldMask" | "ListValue" | "Struct" | "Value") => Shape::Unsupported,
        _ => Shape::Object,
    }
}

fn names(kind: &EnumDescriptor, field: &FieldDescriptor) -> ValueKind {
    if kind.full_name() == "google.protobuf.NullValue" {
        return ValueKind::Unsupported;
    }
    let mut names: Vec<(i32, Vec<u8>)> = Vec::new();
    for number in kind.values().map(|value| value.number()) {
        // Of several names for one number, the one that the descriptor gives for it.
        if let Some(value) = kind.get_value(number).filter(is_real) {
            let name = serde_json::Value::from(value.name()).to_string();
            names.push((number, name.into_bytes()));
        }
    }
    names.sort();
    names.dedup_by_key(|(number, _)| *number);
    let default = match field.default_value().as_enum_number() {
        Some(number) => number,
        None => kind.default_value().number(),
    };
    ValueKind::Enum(Arc::new(Names {
        default,
        names,
        is_closed: is_closed(kind),
    }))
}

/// Gives each oneof of a message a bit of its own.
#[derive(Default)]
struct Choices(Vec<String>);

impl Choices {
    /// `None`: there are more oneofs than bits.
    fn bit(&mut self, field: &FieldDescriptor) -> Option<u64> {
        // One that holds a single field, as `optional` makes them, leaves no choice.
        let Some(oneof) = field
            .containing_oneof()
            .filter(|oneof| oneof.fields().len() > 1)
        else {
            return Some(0);
        };
        let place = self.0.iter().position(|name| name == oneof.name());
        let place = place.unwrap_or_else(|| {
            self.0.push(oneof.name().to_owned());
            self.0.len() - 1
        });
        1_u64.checked_shl(u32::try_from(place).ok()?)
    }
}

impl Plan {
    /// The place of the field with this number. Fields mostly come in order: the one after `last` is
    /// looked at first, then `last` itself.
    pub(super) fn index(&self, number: u32, last: usize) -> Option<usize> {
        for guess in [last.wrapping_add(1), last] {
            if self
                .fields
                .get(guess)
                .is_some_and(|field| field.number == number)
            {
                return Some(guess);
            }
        }
        self.fields
            .binary_search_by_key(&number, |field| field.number)
            .ok()
    }
}

impl Field {
    /// The wire type of one element that stands alone.
    pub(super) fn element_wire_type(&self) -> u8 {
        match self.label {
            Label::Map(_) => LENGTH_DELIMITED,
            Label::Singular | Label::List => self.kind.wire_type(),
        }
    }
}

impl ValueKind {
    pub(super) fn wire_type(&self) -> u8 {
        match self {
            Self::Double | Self::Fixed64 | Self::Sfixed64 => FIXED_64,
            Self::Float | Self::Fixed32 | Self::Sfixed32 => FIXED_32,
            Self::String | Self::Bytes | Self::Message(_) | Self::Unsupported => LENGTH_DELIMITED,
            _ => VARINT,
        }
    }

    pub(super) fn is_packable(&self) -> bool {
        self.wire_type() != LENGTH_DELIMITED
    }

    pub(super) fn default_value(&self) -> Raw<'static> {
        match self {
            Self::Enum(names) => Raw::Number(i64::from(names.default).cast_unsigned()),
            _ if self.is_packable() => Raw::Number(0),
            _ => Raw::Octets(&[]),
        }
    }

    pub(super) fn is_default(&self, raw: Raw<'_>) -> bool {
        match (self, raw) {
            (_, Raw::Octets(octets)) => octets.is_empty(),
            (Self::Double, Raw::Number(bits)) => f64::from_bits(bits) == 0.0,
            (Self::Float, Raw::Number(bits)) => f32::from_bits(bits as u32) == 0.0,
            (Self::Enum(names), Raw::Number(number)) => number as i32 == names.default,
            (
                Self::Int32 | Self::Uint32 | Self::Sint32 | Self::Fixed32 | Self::Sfixed32,
                Raw::Number(number),
            ) => number as u32 == 0,
            (_, Raw::Number(number)) => number == 0,
        }
    }

    /// Of a floating point number's bits.
    pub(super) fn is_finite(&self, bits: u64) -> bool {
        match self {
            Self::Float => f32::from_bits(bits as u32).is_finite(),
            _ => f64::from_bits(bits).is_finite(),
        }
    }

    /// A map's key of this kind; `None` if it is none.
    pub(super) fn as_map_key<'a>(&self, raw: Raw<'a>) -> Option<MapKey<'a>> {
        Some(match (self, raw) {
            (Self::String, Raw::Octets(octets)) => MapKey::Text(std::str::from_utf8(octets).ok()?),
            (Self::Int32 | Self::Sfixed32, Raw::Number(number)) => {
                MapKey::Signed((number as i32).into())
            }
            (Self::Sint32, Raw::Number(number)) => MapKey::Signed(zigzag(u64::from(number as u32))),
            (Self::Int64 | Self::Sfixed64, Raw::Number(number)) => {
                MapKey::Signed(number.cast_signed())
            }
            (Self::Sint64, Raw::Number(number)) => MapKey::Signed(zigzag(number)),
            (Self::Uint32 | Self::Fixed32, Raw::Number(number)) => {
                MapKey::Unsigned((number as u32).into())
            }
            (Self::Uint64 | Self::Fixed64, Raw::Number(number)) => MapKey::Unsigned(number),
            (Self::Bool, Raw::Number(number)) => MapKey::Unsigned((number != 0).into()),
            _ => return None,
        })
    }
}

impl Names {
    /// The name of a number, in quotes.
    pub(super) fn name(&self, number: i32) -> Option<&[u8]> {
        // Most enums count from 0.
        let guess = usize::try_from(number)
            .ok()
            .and_then(|guess| self.names.get(guess));
        let found = match guess {
            Some(found) if found.0 == number => found,
            _ => {
                let place = self
                    .names
                    .binary_search_by_key(&number, |(number, _)| *number);
                &self.names[place.ok()?]
            }
        };
        Some(&found.1)
    }
}

/// What JSON has for a floating point number that is none.
pub(super) fn not_finite(kind: &ValueKind, bits: u64) -> &'static str {
    let value = match kind {
        ValueKind::Float => f32::from_bits(bits as u32).into(),
        _ => f64::from_bits(bits),
    };
    match (value.is_nan(), value.is_sign_negative()) {
        (true, _) => "\"NaN\"",
        (false, true) => "\"-Infinity\"",
        (false, false) => "\"Infinity\"",
    }
}
