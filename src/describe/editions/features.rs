//! Features: their defaults in each edition, and what overrides them.

use crate::describe::flaw::Flaw;
use crate::describe::wire::Malformed;
use crate::describe::wire::fields;

/// Field numbers of `FeatureSet`, and the values there are.
mod feature {
    pub(crate) const FIELD_PRESENCE: u32 = 1;
    pub(crate) const ENUM_TYPE: u32 = 2;
    pub(crate) const REPEATED_FIELD_ENCODING: u32 = 3;
    pub(crate) const UTF8_VALIDATION: u32 = 4;
    pub(crate) const MESSAGE_ENCODING: u32 = 5;
}

/// Numbers of `google.protobuf.Edition`.
const PROTO2: u64 = 998;
const PROTO3: u64 = 999;
const EDITION_2023: u64 = 1000;
const EDITION_2024: u64 = 1001;
/// Has a number, and is not released: compilers refuse it.
const EDITION_2026: u64 = 1002;

/// The features that say how messages are encoded. What is left out changes generated code alone, or,
/// as `json_format` does, what a compiler refuses.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::describe) struct Features {
    pub presence: Presence,
    pub is_closed: bool,
    pub is_packed: bool,
    pub is_utf8: bool,
    pub is_delimited: bool,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(in crate::describe) enum Presence {
    Explicit,
    Implicit,
    Required,
}

impl Features {
    /// What an edition has where nothing is said: `FeatureSetDefaults`, as protoc writes them
    /// (`--edition_defaults_out`).
    pub(super) fn of_edition(edition: u64) -> Option<Self> {
        let proto3 = Self {
            presence: Presence::Implicit,
            is_closed: false,
            is_packed: true,
            is_utf8: true,
            is_delimited: false,
        };
        match edition {
            PROTO2 => Some(Self {
                presence: Presence::Explicit,
                is_closed: true,
                is_packed: false,
                is_utf8: false,
                is_delimited: false,
            }),
            PROTO3 => Some(proto3),
            EDITION_2023 | EDITION_2024 => Some(Self {
                presence: Presence::Explicit,
                ..proto3
            }),
            _ => None,
        }
    }

    /// These, with what a declaration's options say instead: `options` is the options' number in the
    /// declaration, `number` the features' in the options.
    ///
    /// # Errors
    /// When they cannot be read, or say something unknown.
    pub(super) fn overridden(
        mut self,
        declaration: &[u8],
        options: u32,
        number: u32,
    ) -> Result<Self, Flaw> {
        for field in fields(declaration) {
            let field = field.map_err(unreadable)?;
            if field.number != options {
                continue;
            }
            for option in fields(field.bytes().map_err(unreadable)?) {
                let option = option.map_err(unreadable)?;
                if option.number == number {
                    self.set(option.bytes().map_err(unreadable)?)?;
                }
            }
        }
        Ok(self)
    }

    fn set(&mut self, features: &[u8]) -> Result<(), Flaw> {
        for field in fields(features) {
            let field = field.map_err(unreadable)?;
            let value = || field.number().map_err(unreadable);
            match field.number {
                feature::FIELD_PRESENCE => {
                    self.presence = match value()? {
                        1 => Presence::Explicit,
                        2 => Presence::Implicit,
                        3 => Presence::Required,
                        other => return Err(unknown("field_presence", other)),
                    }
                }
                feature::ENUM_TYPE => self.is_closed = choose("enum_type", value()?, 1, 2)?,
                feature::REPEATED_FIELD_ENCODING => {
                    self.is_packed = choose("repeated_field_encoding", value()?, 2, 1)?;
                }
                feature::UTF8_VALIDATION => {
                    self.is_utf8 = choose("utf8_validation", value()?, 3, 2)?;
                }
                feature::MESSAGE_ENCODING => {
                    self.is_delimited = choose("message_encoding", value()?, 1, 2)?;
                }
                _ => {}
            }
        }
        Ok(())
    }
}

fn choose(name: &str, value: u64, no: u64, yes: u64) -> Result<bool, Flaw> {
    match value {
        value if value == yes => Ok(true),
        value if value == no => Ok(false),
        other => Err(unknown(name, other)),
    }
}

fn unknown(name: &str, value: u64) -> Flaw {
    Flaw::Unsupported {
        what: format!(
            "a declaration sets the feature {name} to {value}, which this program does not know"
        ),
    }
}

fn unreadable(error: Malformed) -> Flaw {
    Flaw::Malformed {
        place: "the features of a declaration".to_owned(),
        why: error.to_string(),
    }
}

/// An edition in a sentence.
pub(super) fn edition_name(edition: u64) -> String {
    match edition {
        0 => "an edition that it does not name".to_owned(),
        EDITION_2023 => "edition 2023".to_owned(),
        EDITION_2024 => "edition 2024".to_owned(),
        EDITION_2026 => "edition 2026".to_owned(),
        other => format!("the edition numbered {other}"),
    }
}
