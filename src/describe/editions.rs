//! Protobuf editions, as the linker understands them.
//!
//! The linker knows proto2 and proto3, and looks at a file's syntax for three things alone: whether a field
//! has presence, whether a list is packed, whether a message is a group. A file in an edition says these by
//! features, which are inherited from the file inwards. They are resolved here, and its declarations written
//! as proto3 has them, with what differs from proto3 said at each field. Two features have no form in a
//! descriptor: that an enum is closed and that a string need not be UTF-8. They stay in the options, where
//! what reads and writes messages finds them.
//!
//! Source: <https://protobuf.dev/editions/features/>.

mod features;
mod lowering;

use crate::describe::editions::features::Features;
use crate::describe::flaw::Flaw;
use crate::describe::flaw::quote;
use crate::describe::outline::Outline;
use crate::describe::outline::file;

/// Numbers of `features` in the options of each kind of declaration.
mod number {
    pub(crate) const OF_FILE: u32 = 50;
    pub(crate) const OF_MESSAGE: u32 = 12;
    pub(crate) const OF_FIELD: u32 = 21;
    pub(crate) const OF_ONEOF: u32 = 1;
    pub(crate) const OF_ENUM: u32 = 7;
}

/// The edition of a file, in words.
pub(super) fn name(outline: &Outline<'_>) -> String {
    features::edition_name(outline.edition.unwrap_or_default())
}

/// How the declarations of one file are to be written for the linker.
#[derive(Clone, Copy, Debug)]
pub(super) enum Dialect {
    /// The linker reads them as they are.
    Known,
    Edition(Features),
}

impl Dialect {
    /// # Errors
    /// [`Flaw::Unsupported`] if the file's edition, or a feature of it, is unknown.
    pub(super) fn of(outline: &Outline<'_>) -> Result<Self, Flaw> {
        match (outline.syntax, outline.edition) {
            ("proto2" | "proto3", _) | ("", None) => Ok(Self::Known),
            ("" | "editions", edition) => {
                let edition = edition.unwrap_or_default();
                let defaults = Features::of_edition(edition)
                    .ok_or_else(|| unsupported(&features::edition_name(edition)))?;
                let features =
                    defaults.overridden(outline.bytes, file::OPTIONS, number::OF_FILE)?;
                Ok(Self::Edition(features))
            }
            (other, _) => Err(unsupported(&format!("the syntax {}", quote(other)))),
        }
    }

    /// A `DescriptorProto` for the linker; `scope`: its package, or the message around it.
    pub(super) fn message(self, bytes: &[u8], scope: &str) -> Result<Option<Vec<u8>>, Flaw> {
        match self {
            Self::Known => Ok(None),
            Self::Edition(features) => lowering::message(bytes, scope, features).map(Some),
        }
    }

    /// An `EnumDescriptorProto` for the linker.
    pub(super) fn enumeration(self, bytes: &[u8]) -> Result<Option<Vec<u8>>, Flaw> {
        match self {
            Self::Known => Ok(None),
            Self::Edition(features) => lowering::enumeration(bytes, features).map(Some),
        }
    }

    /// A `FieldDescriptorProto` of an extension for the linker.
    pub(super) fn extension(self, bytes: &[u8]) -> Result<Option<Vec<u8>>, Flaw> {
        match self {
            Self::Known => Ok(None),
            Self::Edition(features) => lowering::extension(bytes, features).map(Some),
        }
    }

    /// What the linker is told the file is written in.
    pub(super) fn syntax<'a>(self, outline: &Outline<'a>) -> &'a str {
        match self {
            Self::Known => outline.syntax,
            Self::Edition(_) => "proto3",
        }
    }
}

fn unsupported(written_in: &str) -> Flaw {
    Flaw::Unsupported {
        what: format!(
            "it is written in {written_in}; this program understands proto2, proto3, and the editions 2023 and 2024"
        ),
    }
}

#[cfg(test)]
mod tests;
