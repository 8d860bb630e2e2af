//! Services, methods and enums.

use prost_reflect::prost_types::EnumDescriptorProto;
use prost_reflect::prost_types::EnumValueDescriptorProto;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::ServiceDescriptorProto;

use crate::describe::outline::SERVICE_METHOD;
use crate::describe::outline::enumeration;
use crate::describe::source_text::Syntax;
use crate::describe::source_text::Writer;
use crate::describe::source_text::literals::quoted;
use crate::describe::source_text::options_of;
use crate::describe::source_text::ranges;
use crate::describe::source_text::raw;
use crate::describe::source_text::visibility;
use crate::text::escape;

/// `options` in `ServiceDescriptorProto`, `MethodDescriptorProto`, `EnumDescriptorProto` and
/// `EnumValueDescriptorProto`.
const SERVICE_OPTIONS: u32 = 3;
const METHOD_OPTIONS: u32 = 4;
const ENUM_OPTIONS: u32 = 3;
const VALUE_OPTIONS: u32 = 3;

impl Writer<'_, '_> {
    pub(super) fn service(&mut self, service: &ServiceDescriptorProto, bytes: &[u8]) {
        self.commented(|writer| {
            let head = format!("service {}", escape(service.name()));
            writer.block(&head, |writer| {
                writer.option_lines(&options_of(bytes, SERVICE_OPTIONS), "ServiceOptions");
                let methods = service.method.iter().zip(raw(bytes, SERVICE_METHOD));
                for (index, (method, bytes)) in methods.enumerate() {
                    writer.at(SERVICE_METHOD, index, |writer| writer.method(method, bytes));
                }
            });
        });
    }

    pub(super) fn method(&mut self, method: &MethodDescriptorProto, bytes: &[u8]) {
        self.commented(|writer| {
            let side = |streams: bool, name: &str| {
                let stream = if streams { "stream " } else { "" };
                format!("{stream}{}", writer.scopes.shorten(name))
            };
            let head = format!(
                "rpc {}({}) returns ({})",
                escape(method.name()),
                side(method.client_streaming(), method.input_type()),
                side(method.server_streaming(), method.output_type())
            );
            let options = options_of(bytes, METHOD_OPTIONS);
            if writer.options.read(&options, "MethodOptions").is_empty() {
                writer.line(&format!("{head};"));
            } else {
                writer.block(&head, |writer| {
                    writer.option_lines(&options, "MethodOptions")
                });
            }
        });
    }

    pub(super) fn enumeration(&mut self, enumeration: &EnumDescriptorProto, bytes: &[u8]) {
        self.commented(|writer| {
            let visibility = visibility(bytes, enumeration::VISIBILITY);
            let head = format!("{visibility}enum {}", escape(enumeration.name()));
            writer.block(&head, |writer| {
                writer.option_lines(&options_of(bytes, ENUM_OPTIONS), "EnumOptions");
                let values = enumeration.value.iter().zip(raw(bytes, enumeration::VALUE));
                for (index, (value, bytes)) in values.enumerate() {
                    writer.at(enumeration::VALUE, index, |writer| {
                        writer.enum_value(value, bytes);
                    });
                }
                writer.enum_reservations(enumeration);
            });
        });
    }

    fn enum_reservations(&mut self, enumeration: &EnumDescriptorProto) {
        let reserved = &enumeration.reserved_range;
        if !reserved.is_empty() {
            let list = reserved.iter().map(|range| (range.start(), range.end()));
            self.line(&format!("reserved {};", ranges(list, i32::MAX)));
        }
        self.reserved_names(&enumeration.reserved_name);
    }

    pub(super) fn reserved_names(&mut self, names: &[String]) {
        if !names.is_empty() {
            // In editions they are names, not strings.
            let write = |name: &String| match self.syntax {
                Syntax::Editions => escape(name).into_owned(),
                Syntax::Proto2 | Syntax::Proto3 => quoted(name),
            };
            let names: Vec<String> = names.iter().map(write).collect();
            self.line(&format!("reserved {};", names.join(", ")));
        }
    }

    pub(super) fn enum_value(&mut self, value: &EnumValueDescriptorProto, bytes: &[u8]) {
        self.commented(|writer| {
            let options = writer
                .options
                .read(&options_of(bytes, VALUE_OPTIONS), "EnumValueOptions");
            writer.line(&format!(
                "{} = {}{};",
                escape(value.name()),
                value.number(),
                Self::in_brackets(&options)
            ));
        });
    }
}
