//! What one declaration refers to, and what linking it will cost.

use crate::describe::flaw::Flaw;
use crate::describe::outline::FIELD_TYPES;
use crate::describe::outline::METHOD_TYPES;
use crate::describe::outline::SERVICE_METHOD;
use crate::describe::outline::enumeration;
use crate::describe::outline::message;
use crate::describe::outline::name_of;
use crate::describe::wire::Malformed;
use crate::describe::wire::fields;

/// Messages within messages; protobuf's own decoders stop at 100 levels of anything.
const MAX_NESTING: usize = 32;
/// Reserved and extension ranges of one message: the linker compares every field with every range.
const MAX_RANGES: usize = 4096;
/// Bytes of one full name: each declaration inside gets a copy as its prefix.
const MAX_NAME: usize = 2048;
/// What linking may cost, in bytes of memory as [`DECLARATION_COST`] estimates them.
pub(super) const MAX_COST: usize = 64 << 20;
/// Memory that the linker takes at its peak for one field, value, method or type, apart from its name:
/// 120,000 of them were measured to take 138 MB.
const DECLARATION_COST: usize = 1100;
/// Copies of a full name that the linker keeps.
const NAME_COPIES: usize = 3;

/// Counts what has been selected so far; remembers the references of the declaration read last.
#[derive(Debug, Default)]
pub(super) struct Census<'a> {
    pub references: Vec<&'a str>,
    /// A message read has extension ranges: fields that are found at run time.
    pub extensible: bool,
    cost: usize,
}

impl<'a> Census<'a> {
    /// Adds a package's name, of which the linker keeps every prefix.
    pub(super) fn package(&mut self, package: &str) -> Result<(), Flaw> {
        let prefixes = 1 + package.matches('.').count();
        self.spend(prefixes * package.len(), package.len())
    }

    /// Reads a `DescriptorProto`; `prefix` is the length of the name around it.
    pub(super) fn message(&mut self, bytes: &'a [u8], prefix: usize) -> Result<(), Flaw> {
        self.message_at(bytes, prefix, 0)
    }

    fn message_at(&mut self, bytes: &'a [u8], prefix: usize, level: usize) -> Result<(), Flaw> {
        if level > MAX_NESTING {
            return Err(Flaw::TooLarge {
                what: format!("messages are nested more than {MAX_NESTING} deep"),
            });
        }
        let prefix = self.declare(bytes, prefix)?;
        let mut ranges = 0;
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            match field.number {
                message::FIELD | message::EXTENSION => {
                    let inner = field.bytes().map_err(unreadable)?;
                    self.field(inner, prefix)?;
                }
                message::NESTED => {
                    let inner = field.bytes().map_err(unreadable)?;
                    self.message_at(inner, prefix, level + 1)?;
                }
                message::ENUM => {
                    let inner = field.bytes().map_err(unreadable)?;
                    self.enumeration(inner, prefix)?;
                }
                message::ONEOF => {
                    let inner = field.bytes().map_err(unreadable)?;
                    self.declare(inner, prefix)?;
                }
                message::EXTENSION_RANGE => {
                    self.extensible = true;
                    ranges += 1;
                }
                message::RESERVED_RANGE | message::RESERVED_NAME => ranges += 1,
                _ => {}
            }
        }
        check_ranges(ranges)
    }

    /// Reads a `FieldDescriptorProto`, of a message or an extension.
    pub(super) fn field(&mut self, bytes: &'a [u8], prefix: usize) -> Result<(), Flaw> {
        self.declare(bytes, prefix)?;
        self.refer(bytes, FIELD_TYPES)
    }

    /// Reads an `EnumDescriptorProto`.
    pub(super) fn enumeration(&mut self, bytes: &'a [u8], prefix: usize) -> Result<(), Flaw> {
        let prefix = self.declare(bytes, prefix)?;
        let mut ranges = 0;
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            match field.number {
                enumeration::VALUE => {
                    self.declare(field.bytes().map_err(unreadable)?, prefix)?;
                }
                enumeration::RESERVED_RANGE | enumeration::RESERVED_NAME => ranges += 1,
                _ => {}
            }
        }
        check_ranges(ranges)
    }

    /// Reads a `ServiceDescriptorProto`, of its methods only `only` if that is given.
    pub(super) fn service(
        &mut self,
        bytes: &'a [u8],
        prefix: usize,
        only: Option<&str>,
    ) -> Result<(), Flaw> {
        let prefix = self.declare(bytes, prefix)?;
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            if field.number == SERVICE_METHOD {
                let method = field.bytes().map_err(unreadable)?;
                if only.is_none_or(|only| name_of(method).is_ok_and(|name| name == only)) {
                    self.declare(method, prefix)?;
                    self.refer(method, METHOD_TYPES)?;
                }
            }
        }
        Ok(())
    }

    fn refer(&mut self, bytes: &'a [u8], numbers: [u32; 2]) -> Result<(), Flaw> {
        for field in fields(bytes) {
            let field = field.map_err(unreadable)?;
            if numbers.contains(&field.number) {
                let name = field.text().map_err(unreadable)?;
                if !name.is_empty() {
                    self.references.push(name);
                }
            }
        }
        Ok(())
    }

    /// Counts one declaration; returns the length of its full name.
    fn declare(&mut self, bytes: &[u8], prefix: usize) -> Result<usize, Flaw> {
        let name = prefix + 1 + name_of(bytes).map_err(unreadable)?.len();
        self.spend(DECLARATION_COST + NAME_COPIES * name, name)?;
        Ok(name)
    }

    fn spend(&mut self, cost: usize, name: usize) -> Result<(), Flaw> {
        if name > MAX_NAME {
            return Err(Flaw::TooLarge {
                what: format!("a name is longer than {MAX_NAME} bytes"),
            });
        }
        self.cost = self.cost.saturating_add(cost);
        if self.cost > MAX_COST {
            return Err(Flaw::TooLarge {
                what: format!(
                    "the types it needs would take more than {} MB of memory",
                    MAX_COST >> 20
                ),
            });
        }
        Ok(())
    }
}

fn check_ranges(ranges: usize) -> Result<(), Flaw> {
    if ranges <= MAX_RANGES {
        return Ok(());
    }
    Err(Flaw::TooLarge {
        what: format!("a type has more than {MAX_RANGES} reserved ranges"),
    })
}

fn unreadable(error: Malformed) -> Flaw {
    Flaw::Malformed {
        place: "a declaration".to_owned(),
        why: error.to_string(),
    }
}
