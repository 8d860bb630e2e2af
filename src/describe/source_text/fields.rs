//! Fields and extensions.

use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::FieldDescriptorProto;
use prost_reflect::prost_types::field_descriptor_proto::Label;
use prost_reflect::prost_types::field_descriptor_proto::Type;

use crate::describe::census::Census;
use crate::describe::clashes::default_json_name;
use crate::describe::flaw::Flaw;
use crate::describe::outline::file;
use crate::describe::source_text::Syntax;
use crate::describe::source_text::Writer;
use crate::describe::source_text::decode;
use crate::describe::source_text::literals::quoted;
use crate::describe::source_text::literals::requoted;
use crate::describe::source_text::options_of;
use crate::describe::source_text::parts::Brought;
use crate::describe::source_text::parts::Parts;
use crate::describe::symbol::Child;
use crate::describe::symbol::SymbolKind;
use crate::describe::symbol::children;
use crate::text::escape;

const FIELD_OPTIONS: u32 = 8;

impl Writer<'_, '_> {
    /// A field or an extension that is described by itself; `parent`: the message around it, raw.
    pub(super) fn field_alone(
        &mut self,
        symbol: Child<'_>,
        parent: Option<&[u8]>,
    ) -> Result<(), Flaw> {
        let field: FieldDescriptorProto = decode(symbol.bytes)?;
        let is_member = field.oneof_index.is_some() && !field.proto3_optional();
        let declared: DescriptorProto;
        let brought;
        let group: DescriptorProto;
        match parent {
            Some(parent) => {
                Census::default().message(parent, 0)?;
                declared = decode(parent)?;
                brought = Parts::of(&declared, parent, &self.full_name).brought(&field);
            }
            // A group among a file's extensions has its type at the top level.
            None => match top_level_group(self.file, &field) {
                Some(found) => {
                    Census::default().message(found.bytes, 0)?;
                    group = decode(found.bytes)?;
                    brought = Some(Brought {
                        step: (file::MESSAGE, found.step.1),
                        declared: &group,
                        bytes: found.bytes,
                    });
                }
                None => brought = None,
            },
        }
        if symbol.kind != SymbolKind::Extension {
            return self.field(&field, symbol.bytes, brought, !is_member);
        }
        let head = self.extend_head(&field);
        self.block(&head, |writer| {
            writer.field(&field, symbol.bytes, brought, true)
        })
    }

    pub(super) fn extend_head(&self, extension: &FieldDescriptorProto) -> String {
        format!("extend {}", self.scopes.shorten(extension.extendee()))
    }

    /// One field; `labelled`: outside of a oneof.
    pub(super) fn field(
        &mut self,
        field: &FieldDescriptorProto,
        bytes: &[u8],
        brought: Option<Brought<'_>>,
        labelled: bool,
    ) -> Result<(), Flaw> {
        let options = Self::in_brackets(&self.field_options(field, bytes));
        let number = field.number();
        self.commented(|writer| {
            let label = if labelled { writer.label(field) } else { "" };
            let (label, type_name) = match brought {
                Some(group) if field.r#type() == Type::Group => {
                    let name = escape(group.declared.name());
                    let head = format!("{label}group {name} = {number}{options}");
                    return writer.block(&head, |writer| {
                        writer.elsewhere(group.step, |writer| {
                            writer.body(group.declared, group.bytes)
                        })
                    });
                }
                Some(entry) => match writer.map_type(entry.declared) {
                    Some(map) => ("", map),
                    None => (label, writer.type_name(field)),
                },
                None => (label, writer.type_name(field)),
            };
            let name = escape(field.name());
            writer.line(&format!("{label}{type_name} {name} = {number}{options};"));
            Ok(())
        })
    }

    /// Comments in a group are kept under the path of its type, not of its field.
    fn elsewhere<T>(&mut self, step: (u32, usize), write: impl FnOnce(&mut Self) -> T) -> T {
        let tail = self.path.split_off(self.path.len() - 2);
        let written = self.at(step.0, step.1, write);
        self.path.extend(tail);
        written
    }

    /// `map<K, V>` of a map's entry.
    fn map_type(&self, entry: &DescriptorProto) -> Option<String> {
        let numbered = |number| entry.field.iter().find(|field| field.number() == number);
        Some(format!(
            "map<{}, {}>",
            self.type_name(numbered(1)?),
            self.type_name(numbered(2)?)
        ))
    }

    fn label(&self, field: &FieldDescriptorProto) -> &'static str {
        match (field.label(), self.syntax) {
            (Label::Repeated, _) => "repeated ",
            (Label::Required, Syntax::Proto2) => "required ",
            (Label::Optional, Syntax::Proto2) => "optional ",
            (Label::Optional, Syntax::Proto3) if field.proto3_optional() => "optional ",
            _ => "",
        }
    }

    fn type_name(&self, field: &FieldDescriptorProto) -> String {
        if !field.type_name().is_empty() {
            return self.scopes.shorten(field.type_name());
        }
        let name = match field.r#type() {
            Type::Double => "double",
            Type::Float => "float",
            Type::Int64 => "int64",
            Type::Uint64 => "uint64",
            Type::Int32 => "int32",
            Type::Fixed64 => "fixed64",
            Type::Fixed32 => "fixed32",
            Type::Bool => "bool",
            Type::String => "string",
            Type::Bytes => "bytes",
            Type::Uint32 => "uint32",
            Type::Sfixed32 => "sfixed32",
            Type::Sfixed64 => "sfixed64",
            Type::Sint32 => "sint32",
            Type::Sint64 => "sint64",
            Type::Group | Type::Message | Type::Enum => "(unnamed)",
        };
        name.to_owned()
    }

    fn field_options(&self, field: &FieldDescriptorProto, bytes: &[u8]) -> Vec<String> {
        let mut written = Vec::new();
        if let Some(value) = &field.default_value {
            let value = match field.r#type() {
                Type::String => quoted(value),
                Type::Bytes => requoted(value),
                _ => escape(value).into_owned(),
            };
            written.push(format!("default = {value}"));
        }
        if let Some(name) = &field.json_name
            && field.extendee.is_none()
            && *name != default_json_name(field.name())
        {
            written.push(format!("json_name = {}", quoted(name)));
        }
        let options = options_of(bytes, FIELD_OPTIONS);
        written.extend(self.options.read(&options, "FieldOptions"));
        written
    }
}

fn top_level_group<'f>(file: &'f [u8], field: &FieldDescriptorProto) -> Option<Child<'f>> {
    if field.r#type() != Type::Group {
        return None;
    }
    let name = field.type_name().rsplit('.').next()?;
    children(None, file).find(|child| child.kind == SymbolKind::Message && child.name == name)
}
