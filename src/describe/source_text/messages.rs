//! Messages: what lies in them, in an order that compiles to the same descriptor.

use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::OneofDescriptorProto;

use crate::describe::flaw::Flaw;
use crate::describe::outline::message;
use crate::describe::source_text::Writer;
use crate::describe::source_text::decode;
use crate::describe::source_text::options_of;
use crate::describe::source_text::parts::Brought;
use crate::describe::source_text::parts::Parts;
use crate::describe::source_text::ranges;
use crate::describe::source_text::raw;
use crate::describe::source_text::visibility;
use crate::text::escape;

const MESSAGE_OPTIONS: u32 = 7;
const ONEOF_OPTIONS: u32 = 2;
const RANGE_OPTIONS: u32 = 3;
/// One beyond the highest field number, as ranges without an end have it.
const FIELD_LIMIT: i32 = 536_870_912;

impl Writer<'_, '_> {
    pub(super) fn message(&mut self, declared: &DescriptorProto, bytes: &[u8]) -> Result<(), Flaw> {
        self.commented(|writer| {
            let visibility = visibility(bytes, message::VISIBILITY);
            let head = format!("{visibility}message {}", escape(declared.name()));
            writer.block(&head, |writer| writer.body(declared, bytes))
        })
    }

    /// Everything between a message's or a group's braces.
    pub(super) fn body(&mut self, declared: &DescriptorProto, bytes: &[u8]) -> Result<(), Flaw> {
        self.enter(bytes, declared.name());
        self.option_lines(&options_of(bytes, MESSAGE_OPTIONS), "MessageOptions");
        let mut parts = Parts::of(declared, bytes, &self.full_name);
        self.fields(&mut parts)?;
        self.nested_until(&mut parts, usize::MAX)?;
        let enums = declared.enum_type.iter().zip(raw(bytes, message::ENUM));
        for (index, (inner, bytes)) in enums.enumerate() {
            self.at(message::ENUM, index, |writer| {
                writer.enumeration(inner, bytes);
            });
        }
        self.nested_extensions(&parts, bytes)?;
        self.extension_ranges(declared, bytes);
        let reserved = &declared.reserved_range;
        if !reserved.is_empty() {
            let included = |end: i32| end.saturating_sub(1);
            let list = reserved
                .iter()
                .map(|range| (range.start(), included(range.end())));
            self.line(&format!("reserved {};", ranges(list, FIELD_LIMIT - 1)));
        }
        self.reserved_names(&declared.reserved_name);
        self.leave();
        Ok(())
    }

    /// Fields in their order, a oneof's at its first, and before a field that brings a type along
    /// the types declared before that one.
    fn fields(&mut self, parts: &mut Parts<'_>) -> Result<(), Flaw> {
        let mut written = vec![false; parts.oneofs.len()];
        for index in 0..parts.fields.len() {
            let (field, bytes) = parts.fields[index];
            let brought = parts.brought(field);
            if let Some(brought) = &brought {
                self.nested_until(parts, brought.step.1)?;
            }
            match parts.oneof_of(field) {
                None => self.at(message::FIELD, index, |writer| {
                    writer.field(field, bytes, brought, true)
                })?,
                Some(number) if !std::mem::replace(&mut written[number], true) => {
                    if let Some(first) = parts.first_brought_by(number) {
                        self.nested_until(parts, first)?;
                    }
                    self.oneof(parts, number)?;
                }
                Some(_) => {}
            }
        }
        Ok(())
    }

    /// The nested types before the one numbered `end` that are not written yet.
    fn nested_until(&mut self, parts: &mut Parts<'_>, end: usize) -> Result<(), Flaw> {
        while parts.next < end.min(parts.types.len()) {
            let index = parts.next;
            parts.next += 1;
            if !parts.inline[index] {
                let (inner, bytes) = parts.types[index];
                self.at(message::NESTED, index, |writer| {
                    writer.message(inner, bytes)
                })?;
            }
        }
        Ok(())
    }

    fn oneof(&mut self, parts: &Parts<'_>, number: usize) -> Result<(), Flaw> {
        let (oneof, bytes): (&OneofDescriptorProto, &[u8]) = parts.oneofs[number];
        self.path.extend([message::ONEOF, number as u32]);
        let written = self.commented(|writer| {
            let own = writer.path.split_off(writer.path.len() - 2);
            let head = format!("oneof {}", escape(oneof.name()));
            let written = writer.block(&head, |writer| {
                writer.option_lines(&options_of(bytes, ONEOF_OPTIONS), "OneofOptions");
                for index in &parts.members[number] {
                    let (field, bytes) = parts.fields[*index];
                    writer.at(message::FIELD, *index, |writer| {
                        writer.field(field, bytes, parts.brought(field), false)
                    })?;
                }
                Ok(())
            });
            writer.path.extend(own);
            written
        });
        self.path.truncate(self.path.len() - 2);
        written
    }

    /// A oneof that is described by itself, the last step of the path.
    pub(super) fn oneof_alone(&mut self, parent: &[u8]) -> Result<(), Flaw> {
        let own = self.path.split_off(self.path.len() - 2);
        let declared: DescriptorProto = decode(parent)?;
        let parts = Parts::of(&declared, parent, &self.full_name);
        let written = match usize::try_from(own[1]) {
            Ok(number) if number < parts.oneofs.len() => self.oneof(&parts, number),
            _ => Ok(()),
        };
        self.path.extend(own);
        written
    }

    /// Extensions declared in a message, those of one type in one block.
    fn nested_extensions(&mut self, parts: &Parts<'_>, bytes: &[u8]) -> Result<(), Flaw> {
        let extensions = parts.declared.extension.iter();
        let all: Vec<(usize, (&FieldDescriptorProto, &[u8]))> = extensions
            .zip(raw(bytes, message::EXTENSION))
            .enumerate()
            .collect();
        for block in all.chunk_by(|(_, one), (_, other)| one.0.extendee() == other.0.extendee()) {
            let head = self.extend_head(block[0].1.0);
            self.block(&head, |writer| {
                for (index, (field, bytes)) in block {
                    let brought: Option<Brought<'_>> = parts.brought(field);
                    writer.at(message::EXTENSION, *index, |writer| {
                        writer.field(field, bytes, brought, true)
                    })?;
                }
                Ok(())
            })?;
        }
        Ok(())
    }

    fn extension_ranges(&mut self, declared: &DescriptorProto, bytes: &[u8]) {
        let all = declared
            .extension_range
            .iter()
            .zip(raw(bytes, message::EXTENSION_RANGE));
        for (range, raw_range) in all {
            let options = options_of(raw_range, RANGE_OPTIONS);
            let options = self.options.read(&options, "ExtensionRangeOptions");
            let one = (range.start(), range.end().saturating_sub(1));
            self.line(&format!(
                "extensions {}{};",
                ranges(std::iter::once(one), FIELD_LIMIT - 1),
                Self::in_brackets(&options)
            ));
        }
    }
}
