//! One declaration in an edition, written as proto3 has it.

use std::collections::HashSet;

use crate::describe::editions::features::Features;
use crate::describe::editions::features::Presence;
use crate::describe::editions::number;
use crate::describe::flaw::Flaw;
use crate::describe::outline::NAME;
use crate::describe::outline::enumeration;
use crate::describe::outline::message;
use crate::describe::outline::name_of;
use crate::describe::outline::qualify;
use crate::describe::wire::Malformed;
use crate::describe::wire::fields;
use crate::describe::wire::put_bytes;
use crate::describe::wire::put_number;
use crate::invoke::json::stand_in;

/// Field numbers of `FieldDescriptorProto`.
mod field {
    pub(crate) const LABEL: u32 = 4;
    pub(crate) const TYPE: u32 = 5;
    pub(crate) const TYPE_NAME: u32 = 6;
    pub(crate) const OPTIONS: u32 = 8;
    pub(crate) const ONEOF_INDEX: u32 = 9;
    pub(crate) const PROTO3_OPTIONAL: u32 = 17;
}

/// Values of `FieldDescriptorProto.Label`.
const REQUIRED: u64 = 2;
const REPEATED: u64 = 3;

/// Values of `FieldDescriptorProto.Type`.
const STRING: u64 = 9;
const GROUP: u64 = 10;
const MESSAGE: u64 = 11;
const BYTES: u64 = 12;

/// `FieldOptions.packed`.
const PACKED: u32 = 2;
/// `MessageOptions.map_entry`.
const MAP_ENTRY: u32 = 7;
/// `OneofDescriptorProto.options`.
const ONEOF_OPTIONS: u32 = 2;
/// `EnumValueDescriptorProto.number`.
const VALUE_NUMBER: u32 = 2;
/// `FeatureSet.enum_type` and its value `CLOSED`.
const ENUM_TYPE: (u32, u64) = (2, 2);
/// `FeatureSet.utf8_validation` and its value `NONE`.
const UTF8_VALIDATION: (u32, u64) = (4, 3);

/// Writes a `DescriptorProto` and what is nested in it; the levels were counted by the census.
pub(super) fn message(bytes: &[u8], scope: &str, around: Features) -> Result<Vec<u8>, Flaw> {
    let features = around.overridden(bytes, message::OPTIONS, number::OF_MESSAGE)?;
    let name = qualify(scope, name_of(bytes).map_err(unreadable)?);
    let inside = Inside::read(bytes, &name, features)?;
    let mut out = Vec::with_capacity(bytes.len() + 64);
    for field in fields(bytes) {
        let field = field.map_err(unreadable)?;
        let inner = || field.bytes().map_err(unreadable);
        match field.number {
            message::FIELD => {
                let lowered = inside.field(inner()?)?;
                put_bytes(message::FIELD, &lowered, &mut out);
            }
            message::EXTENSION => {
                put_bytes(
                    message::EXTENSION,
                    &extension(inner()?, features)?,
                    &mut out,
                );
            }
            message::NESTED => {
                let lowered = self::message(inner()?, &name, features)?;
                put_bytes(message::NESTED, &lowered, &mut out);
            }
            message::ENUM => {
                put_bytes(message::ENUM, &enumeration(inner()?, features)?, &mut out);
            }
            _ => out.extend_from_slice(field.raw),
        }
    }
    Ok(out)
}

/// Writes an `EnumDescriptorProto`. Whether it is closed stands in its options. A closed one need not begin
/// with zero, as proto3's do: its zero, or one that stands for it, is put first.
pub(super) fn enumeration(bytes: &[u8], around: Features) -> Result<Vec<u8>, Flaw> {
    let features = around.overridden(bytes, enumeration::OPTIONS, number::OF_ENUM)?;
    if !features.is_closed {
        return Ok(bytes.to_vec());
    }
    let numbers = values(bytes)?;
    let zero = match numbers.iter().position(|value| *value == 0) {
        Some(0) => None,
        None if numbers.is_empty() => None,
        other => Some(other),
    };
    let mut out = Vec::with_capacity(bytes.len() + 64);
    if zero == Some(None) {
        put_bytes(enumeration::VALUE, &zero_for(bytes)?, &mut out);
    }
    let mut seen = 0;
    let mut before = Vec::new();
    for field in fields(bytes) {
        let field = field.map_err(unreadable)?;
        let is_zero = field.number == enumeration::VALUE && zero.flatten() == Some(seen);
        seen += usize::from(field.number == enumeration::VALUE);
        let place = if is_zero { &mut before } else { &mut out };
        place.extend_from_slice(field.raw);
    }
    before.append(&mut out);
    let options = one_feature(number::OF_ENUM, ENUM_TYPE);
    put_bytes(enumeration::OPTIONS, &options, &mut before);
    Ok(before)
}

/// The numbers of an enum's values.
fn values(enumeration: &[u8]) -> Result<Vec<u64>, Flaw> {
    let mut numbers = Vec::new();
    for field in fields(enumeration) {
        let field = field.map_err(unreadable)?;
        if field.number != enumeration::VALUE {
            continue;
        }
        let mut number = 0;
        for inner in fields(field.bytes().map_err(unreadable)?) {
            let inner = inner.map_err(unreadable)?;
            if inner.number == VALUE_NUMBER {
                number = inner.number().map_err(unreadable)?;
            }
        }
        numbers.push(number);
    }
    Ok(numbers)
}

/// A value that no message has, named so that nobody can write it.
fn zero_for(enumeration: &[u8]) -> Result<Vec<u8>, Flaw> {
    let name = stand_in(name_of(enumeration).map_err(unreadable)?);
    let mut value = Vec::new();
    put_bytes(NAME, name.as_bytes(), &mut value);
    put_number(VALUE_NUMBER, 0, &mut value);
    Ok(value)
}

/// Writes a `FieldDescriptorProto` of an extension: it has presence in any syntax.
pub(super) fn extension(bytes: &[u8], around: Features) -> Result<Vec<u8>, Flaw> {
    let features = around.overridden(bytes, field::OPTIONS, number::OF_FIELD)?;
    Ok(Field::read(bytes)?.write(features, Place::Extension))
}

/// What a message says of its fields.
struct Inside {
    name: String,
    features: Features,
    /// Of each oneof.
    oneofs: Vec<Features>,
    /// The nested types that are entries of maps.
    entries: HashSet<String>,
    is_entry: bool,
}

impl Inside {
    fn read(bytes: &[u8], name: &str, features: Features) -> Result<Self, Flaw> {
        let mut inside = Self {
            name: name.to_owned(),
            features,
            oneofs: Vec::new(),
            entries: HashSet::new(),
            is_entry: is_map_entry(bytes)?,
        };
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            match field.number {
                message::ONEOF => {
                    let oneof = field.bytes().map_err(unreadable)?;
                    let features = features.overridden(oneof, ONEOF_OPTIONS, number::OF_ONEOF)?;
                    inside.oneofs.push(features);
                }
                message::NESTED => {
                    let nested = field.bytes().map_err(unreadable)?;
                    if is_map_entry(nested)? {
                        let name = name_of(nested).map_err(unreadable)?;
                        inside.entries.insert(name.to_owned());
                    }
                }
                _ => {}
            }
        }
        Ok(inside)
    }

    fn field(&self, bytes: &[u8]) -> Result<Vec<u8>, Flaw> {
        let field = Field::read(bytes)?;
        let oneof = field.oneof.and_then(|index| self.oneofs.get(index));
        let features = oneof.copied().unwrap_or(self.features);
        let features = features.overridden(bytes, field::OPTIONS, number::OF_FIELD)?;
        let place = match field.oneof {
            _ if self.is_entry => Place::MapEntry,
            Some(_) => Place::Oneof,
            None if field.label == REPEATED && self.is_entry(field.type_name) => Place::Map,
            None => Place::Message,
        };
        Ok(field.write(features, place))
    }

    /// Whether a reference made in this message means one of its entries.
    fn is_entry(&self, reference: &str) -> bool {
        let local = match reference.strip_prefix('.') {
            None => Some(reference),
            Some(absolute) => absolute
                .strip_prefix(self.name.as_str())
                .and_then(|rest| rest.strip_prefix('.')),
        };
        local.is_some_and(|local| self.entries.contains(local))
    }
}

/// Where a field stands: features mean nothing in some places.
#[derive(Clone, Copy, PartialEq, Eq)]
enum Place {
    Message,
    Oneof,
    Extension,
    /// A map: its entries are never delimited.
    Map,
    /// The key or the value of a map's entry.
    MapEntry,
}

/// A `FieldDescriptorProto` and what the features of it bear on.
struct Field<'a> {
    bytes: &'a [u8],
    label: u64,
    /// 0: none is given, and the name alone says whether it is a message or an enum.
    kind: u64,
    type_name: &'a str,
    oneof: Option<usize>,
}

impl<'a> Field<'a> {
    fn read(bytes: &'a [u8]) -> Result<Self, Flaw> {
        let mut read = Self {
            bytes,
            label: 0,
            kind: 0,
            type_name: "",
            oneof: None,
        };
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            let value = || field.number().map_err(unreadable);
            match field.number {
                field::LABEL => read.label = value()?,
                field::TYPE => read.kind = value()?,
                field::TYPE_NAME => read.type_name = field.text().map_err(unreadable)?,
                // A negative one, which the linker refuses, becomes large.
                field::ONEOF_INDEX => {
                    read.oneof = Some(usize::try_from(value()?).unwrap_or(usize::MAX));
                }
                _ => {}
            }
        }
        Ok(read)
    }

    /// The field as proto3 has it, followed by what it says otherwise: of a field given twice the last one
    /// counts, and options are merged.
    fn write(&self, features: Features, place: Place) -> Vec<u8> {
        let mut out = self.bytes.to_vec();
        let is_repeated = self.label == REPEATED;
        let is_named = !self.type_name.is_empty();
        let may_be_message = matches!(self.kind, MESSAGE | GROUP) || (self.kind == 0 && is_named);
        if features.is_delimited && may_be_message && !matches!(place, Place::Map | Place::MapEntry)
        {
            put_number(field::TYPE, GROUP, &mut out);
        }
        if place == Place::Message && !is_repeated {
            if features.presence == Presence::Required || self.label == REQUIRED {
                put_number(field::LABEL, REQUIRED, &mut out);
            }
            if features.presence != Presence::Implicit {
                put_number(field::PROTO3_OPTIONAL, 1, &mut out);
            }
        }
        let mut options = Vec::new();
        if is_repeated && !matches!(self.kind, STRING | GROUP | MESSAGE | BYTES) {
            put_number(PACKED, features.is_packed.into(), &mut options);
        }
        if self.kind == STRING && !features.is_utf8 {
            options.extend(one_feature(number::OF_FIELD, UTF8_VALIDATION));
        }
        if !options.is_empty() {
            put_bytes(field::OPTIONS, &options, &mut out);
        }
        out
    }
}

fn is_map_entry(message: &[u8]) -> Result<bool, Flaw> {
    let mut is_entry = false;
    for field in fields(message) {
        let field = field.map_err(unreadable)?;
        if field.number != message::OPTIONS {
            continue;
        }
        for option in fields(field.bytes().map_err(unreadable)?) {
            let option = option.map_err(unreadable)?;
            if option.number == MAP_ENTRY {
                is_entry = option.number().map_err(unreadable)? != 0;
            }
        }
    }
    Ok(is_entry)
}

/// Options that hold one feature.
fn one_feature(features: u32, (feature, value): (u32, u64)) -> Vec<u8> {
    let mut set = Vec::new();
    put_number(feature, value, &mut set);
    let mut options = Vec::new();
    put_bytes(features, &set, &mut options);
    options
}

fn unreadable(error: Malformed) -> Flaw {
    Flaw::Malformed {
        place: "a declaration".to_owned(),
        why: error.to_string(),
    }
}
