//! A message taken apart: what is written where it stands, and what comes along with a field.

use std::collections::HashMap;

use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::OneofDescriptorProto;
use prost_reflect::prost_types::field_descriptor_proto::Type;

use crate::describe::outline::message;
use crate::describe::source_text::raw;

/// The message that a group or a map brings along, and where it is declared.
#[derive(Clone, Copy)]
pub(super) struct Brought<'d> {
    /// In the declaration around the field.
    pub step: (u32, usize),
    pub declared: &'d DescriptorProto,
    pub bytes: &'d [u8],
}

/// Whether a nested message stands for a map.
pub(super) fn is_map_entry(message: &DescriptorProto) -> bool {
    let options = message.options.as_ref();
    options.is_some_and(|options| options.map_entry())
}

/// Each decoded list beside its raw form, which also has what decoding drops.
pub(super) struct Parts<'d> {
    pub declared: &'d DescriptorProto,
    pub fields: Vec<(&'d FieldDescriptorProto, &'d [u8])>,
    pub types: Vec<(&'d DescriptorProto, &'d [u8])>,
    pub oneofs: Vec<(&'d OneofDescriptorProto, &'d [u8])>,
    /// The fields of each oneof, by index.
    pub members: Vec<Vec<usize>>,
    /// Which types a map or group field brings along.
    pub inline: Vec<bool>,
    /// The first type that is not written yet.
    pub next: usize,
    by_name: HashMap<&'d str, usize>,
    /// `.package.Message.`
    prefix: String,
}

impl<'d> Parts<'d> {
    pub(super) fn of(declared: &'d DescriptorProto, bytes: &'d [u8], full_name: &str) -> Self {
        let names = declared.nested_type.iter().enumerate();
        let mut parts = Self {
            declared,
            fields: beside(&declared.field, bytes, message::FIELD),
            types: beside(&declared.nested_type, bytes, message::NESTED),
            oneofs: beside(&declared.oneof_decl, bytes, message::ONEOF),
            members: vec![Vec::new(); declared.oneof_decl.len()],
            inline: vec![false; declared.nested_type.len()],
            next: 0,
            by_name: names
                .map(|(index, nested)| (nested.name(), index))
                .collect(),
            prefix: format!(".{full_name}."),
        };
        for (index, field) in declared.field.iter().enumerate() {
            if let Some(number) = parts.oneof_of(field) {
                parts.members[number].push(index);
            }
        }
        for field in declared.field.iter().chain(&declared.extension) {
            if let Some(brought) = parts.brought(field) {
                parts.inline[brought.step.1] = true;
            }
        }
        parts
    }

    /// The type that a map or a group brings along.
    pub(super) fn brought(&self, field: &FieldDescriptorProto) -> Option<Brought<'d>> {
        let name = field.type_name().strip_prefix(self.prefix.as_str())?;
        let index = *self.by_name.get(name)?;
        let (declared, bytes) = self.types.get(index).copied()?;
        let comes_along = field.r#type() == Type::Group || is_map_entry(declared);
        comes_along.then_some(Brought {
            step: (message::NESTED, index),
            declared,
            bytes,
        })
    }

    /// The first type that a oneof's fields bring along: no type can be declared between them.
    pub(super) fn first_brought_by(&self, oneof: usize) -> Option<usize> {
        let brought = self.members[oneof]
            .iter()
            .filter_map(|index| self.brought(self.fields[*index].0));
        brought.map(|brought| brought.step.1).min()
    }

    /// The oneof that a field is written in: `optional` in proto3 has one that is not written.
    pub(super) fn oneof_of(&self, field: &FieldDescriptorProto) -> Option<usize> {
        if field.proto3_optional() {
            return None;
        }
        let number = usize::try_from(field.oneof_index?).ok()?;
        (number < self.oneofs.len()).then_some(number)
    }
}

fn beside<'d, T>(decoded: &'d [T], bytes: &'d [u8], number: u32) -> Vec<(&'d T, &'d [u8])> {
    decoded.iter().zip(raw(bytes, number)).collect()
}
