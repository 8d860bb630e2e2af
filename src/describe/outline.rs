//! What a `FileDescriptorProto` says about itself at its top level, read off the wire.
//!
//! Field numbers: <https://github.com/protocolbuffers/protobuf/blob/main/src/google/protobuf/descriptor.proto>.

use crate::describe::wire::Malformed;
use crate::describe::wire::fields;

/// Field numbers of `FileDescriptorProto`.
pub(super) mod file {
    pub(crate) const NAME: u32 = 1;
    pub(crate) const PACKAGE: u32 = 2;
    pub(crate) const DEPENDENCY: u32 = 3;
    pub(crate) const MESSAGE: u32 = 4;
    pub(crate) const ENUM: u32 = 5;
    pub(crate) const SERVICE: u32 = 6;
    pub(crate) const EXTENSION: u32 = 7;
    pub(crate) const OPTIONS: u32 = 8;
    pub(crate) const SOURCE_CODE_INFO: u32 = 9;
    pub(crate) const SYNTAX: u32 = 12;
    pub(crate) const EDITION: u32 = 14;
}

/// Field numbers of `DescriptorProto`.
pub(super) mod message {
    pub(crate) const FIELD: u32 = 2;
    pub(crate) const NESTED: u32 = 3;
    pub(crate) const ENUM: u32 = 4;
    pub(crate) const EXTENSION_RANGE: u32 = 5;
    pub(crate) const EXTENSION: u32 = 6;
    pub(crate) const OPTIONS: u32 = 7;
    pub(crate) const ONEOF: u32 = 8;
    pub(crate) const RESERVED_RANGE: u32 = 9;
    pub(crate) const RESERVED_NAME: u32 = 10;
    pub(crate) const VISIBILITY: u32 = 11;
}

/// Field numbers of `EnumDescriptorProto`.
pub(super) mod enumeration {
    pub(crate) const VALUE: u32 = 2;
    pub(crate) const OPTIONS: u32 = 3;
    pub(crate) const RESERVED_RANGE: u32 = 4;
    pub(crate) const RESERVED_NAME: u32 = 5;
    pub(crate) const VISIBILITY: u32 = 6;
}

/// `FieldDescriptorProto.extendee` and `.type_name`.
pub(super) const FIELD_TYPES: [u32; 2] = [2, 6];
/// `MethodDescriptorProto.input_type` and `.output_type`.
pub(super) const METHOD_TYPES: [u32; 2] = [2, 3];

/// The number of `name` in every descriptor message.
pub(super) const NAME: u32 = 1;
/// `ServiceDescriptorProto.method`.
pub(super) const SERVICE_METHOD: u32 = 2;

/// One file: its names, its imports, its services. Everything else stays undecoded in `bytes`.
#[derive(Clone, Debug)]
pub struct Outline<'a> {
    pub name: &'a str,
    pub package: &'a str,
    pub syntax: &'a str,
    /// Of a file whose syntax is `editions`: a `google.protobuf.Edition`.
    pub edition: Option<u64>,
    pub dependencies: Vec<&'a str>,
    pub services: Vec<ServiceOutline<'a>>,
    /// The whole `FileDescriptorProto` on the wire.
    pub bytes: &'a [u8],
}

/// One service of a file.
#[derive(Clone, Copy, Debug)]
pub struct ServiceOutline<'a> {
    pub package: &'a str,
    /// Without the package.
    pub name: &'a str,
    pub(super) bytes: &'a [u8],
}

impl<'a> Outline<'a> {
    pub(super) fn scan(bytes: &'a [u8]) -> Result<Self, Malformed> {
        let mut outline = Self {
            name: "",
            package: "",
            syntax: "",
            edition: None,
            dependencies: Vec::new(),
            services: Vec::new(),
            bytes,
        };
        for field in fields(bytes) {
            let field = field?;
            match field.number {
                file::NAME => outline.name = field.text()?,
                file::PACKAGE => outline.package = field.text()?,
                file::SYNTAX => outline.syntax = field.text()?,
                file::EDITION => outline.edition = Some(field.number()?),
                file::DEPENDENCY => outline.dependencies.push(field.text()?),
                file::SERVICE => {
                    let bytes = field.bytes()?;
                    outline.services.push(ServiceOutline {
                        package: "",
                        name: name_of(bytes)?,
                        bytes,
                    });
                }
                _ => {}
            }
        }
        for service in &mut outline.services {
            service.package = outline.package;
        }
        Ok(outline)
    }

    /// The name of `symbol` within this file's package; none if it lies elsewhere.
    pub(super) fn within<'s>(&self, symbol: &'s str) -> Option<&'s str> {
        if self.package.is_empty() {
            return Some(symbol);
        }
        symbol.strip_prefix(self.package)?.strip_prefix('.')
    }

    /// The service of this full name.
    pub fn service(&self, full_name: &str) -> Option<ServiceOutline<'a>> {
        let name = self.within(full_name)?;
        self.services
            .iter()
            .copied()
            .find(|service| service.name == name)
    }

    /// Whether a top-level declaration of this file is `symbol` or contains it; an enum's values lie
    /// beside it, so they count too.
    pub(super) fn declares(&self, symbol: &str) -> bool {
        let Some(local) = self.within(symbol) else {
            return false;
        };
        let outermost = local.split('.').next().unwrap_or(local);
        fields(self.bytes)
            .flatten()
            .filter(|field| {
                matches!(
                    field.number,
                    file::MESSAGE | file::ENUM | file::SERVICE | file::EXTENSION
                )
            })
            .any(|field| {
                let Ok(bytes) = field.bytes() else {
                    return false;
                };
                name_of(bytes).is_ok_and(|name| name == outermost)
                    || (field.number == file::ENUM && has_value(bytes, local))
            })
    }
}

impl<'a> ServiceOutline<'a> {
    /// `package.Service`.
    pub fn full_name(&self) -> String {
        qualify(self.package, self.name)
    }

    /// The names of its methods, in the order declared; what cannot be read is left out.
    pub fn methods(&self) -> impl Iterator<Item = &'a str> + use<'a> {
        fields(self.bytes)
            .flatten()
            .filter(|field| field.number == SERVICE_METHOD)
            .filter_map(|field| field.bytes().and_then(name_of).ok())
    }
}

/// Whether an enum has a value of this name.
fn has_value(enumeration: &[u8], name: &str) -> bool {
    fields(enumeration)
        .flatten()
        .filter(|field| field.number == enumeration::VALUE)
        .any(|field| {
            field
                .bytes()
                .and_then(name_of)
                .is_ok_and(|found| found == name)
        })
}

/// `package.name`, or `name` in the empty package.
pub(super) fn qualify(package: &str, name: &str) -> String {
    if package.is_empty() {
        name.to_owned()
    } else {
        format!("{package}.{name}")
    }
}

/// The `name` of any descriptor message; empty if it has none.
pub(super) fn name_of(descriptor: &[u8]) -> Result<&str, Malformed> {
    let mut name = "";
    for field in fields(descriptor) {
        let field = field?;
        if field.number == NAME {
            name = field.text()?;
        }
    }
    Ok(name)
}
