//! SYMBOL as a user writes it, and what it names among descriptors.
//!
//! Full names of services, methods, messages, enums, enum values, fields, oneofs and extensions; or an
//! unambiguous end of one. Everything is read off the wire: nothing is linked to find a name.

use thiserror::Error;

use crate::describe::described::NotDescribed;
use crate::describe::descriptor_set::LazySet;
use crate::describe::outline::Outline;
use crate::describe::outline::SERVICE_METHOD;
use crate::describe::outline::enumeration;
use crate::describe::outline::file;
use crate::describe::outline::message;
use crate::describe::outline::name_of;
use crate::describe::outline::qualify;
use crate::describe::short_name::Fitting;
use crate::describe::short_name::ends_with_part;
use crate::describe::short_name::nearest;
use crate::describe::wire::fields;
use crate::text::escape;

/// Levels that are looked into; protobuf's own decoders stop at 100 of anything.
const MAX_DEPTH: usize = 32;

/// What a symbol is.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum SymbolKind {
    Service,
    Method,
    Message,
    Enum,
    EnumValue,
    Field,
    Oneof,
    Extension,
}

impl SymbolKind {
    /// The kind in a sentence.
    pub fn words(self) -> &'static str {
        match self {
            Self::Service => "service",
            Self::Method => "method",
            Self::Message => "message",
            Self::Enum => "enum",
            Self::EnumValue => "enum value",
            Self::Field => "field",
            Self::Oneof => "oneof",
            Self::Extension => "extension",
        }
    }
}

/// A symbol as the user wrote it: `package.Name`, an end of that, or `package.Service/Method`.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SymbolName(String);

/// A text that cannot name anything.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("`{}` is no symbol; one is written `package.Name` or `package.Service/Method`", escape(.0))]
pub struct NotASymbol(String);

impl SymbolName {
    /// Takes a SYMBOL argument; a leading dot or slash is accepted.
    ///
    /// # Errors
    /// When it has an empty part or a character that no protobuf name has.
    pub fn parse(text: &str) -> Result<Self, NotASymbol> {
        let name = text
            .strip_prefix(['/', '.'])
            .unwrap_or(text)
            .replacen('/', ".", 1);
        let is_identifier = |part: &str| {
            let allowed = |c: char| c.is_alphanumeric() || matches!(c, '_' | '-' | '$');
            !part.is_empty() && part.chars().all(allowed)
        };
        if name.split('.').all(is_identifier) {
            Ok(Self(name))
        } else {
            Err(NotASymbol(text.to_owned()))
        }
    }

    /// With dots throughout.
    pub fn as_str(&self) -> &str {
        &self.0
    }
}

/// One declaration within another, by the field that holds it and its place there.
#[derive(Clone, Copy, Debug)]
pub(super) struct Child<'a> {
    pub kind: SymbolKind,
    /// Field number and index, as in a source code location's path.
    pub step: (u32, usize),
    pub name: &'a str,
    pub bytes: &'a [u8],
}

/// Where a symbol is declared.
#[derive(Clone, Debug)]
pub(super) struct Located<'s, 'a> {
    pub file: &'s Outline<'a>,
    /// From the file's top level inwards; the last one is the symbol. Never empty.
    pub path: Vec<Child<'a>>,
}

impl<'a> Located<'_, 'a> {
    pub(super) fn symbol(&self) -> Child<'a> {
        self.path[self.path.len() - 1]
    }

    /// The name as protobuf has it: an enum's value lies beside its enum, not within.
    pub(super) fn full_name(&self) -> String {
        let mut name = self.file.package.to_owned();
        let last = self.path.len() - 1;
        for (index, child) in self.path.iter().enumerate() {
            if child.kind == SymbolKind::Enum && index < last {
                continue;
            }
            name = qualify(&name, child.name);
        }
        name
    }
}

/// What a declaration of this kind (`None`: a file) holds; what cannot be read is left out.
pub(super) fn children<'a>(
    parent: Option<SymbolKind>,
    bytes: &'a [u8],
) -> impl Iterator<Item = Child<'a>> {
    let mut counts = [0_usize; 16];
    fields(bytes).flatten().filter_map(move |field| {
        let kind = kind_of(parent, field.number)?;
        let count = counts.get_mut(field.number as usize)?;
        let index = *count;
        *count += 1;
        let bytes = field.bytes().ok()?;
        Some(Child {
            kind,
            step: (field.number, index),
            name: name_of(bytes).ok()?,
            bytes,
        })
    })
}

fn kind_of(parent: Option<SymbolKind>, number: u32) -> Option<SymbolKind> {
    match (parent, number) {
        (None, file::MESSAGE) | (Some(SymbolKind::Message), message::NESTED) => {
            Some(SymbolKind::Message)
        }
        (None, file::ENUM) | (Some(SymbolKind::Message), message::ENUM) => Some(SymbolKind::Enum),
        (None, file::SERVICE) => Some(SymbolKind::Service),
        (None, file::EXTENSION) | (Some(SymbolKind::Message), message::EXTENSION) => {
            Some(SymbolKind::Extension)
        }
        (Some(SymbolKind::Message), message::FIELD) => Some(SymbolKind::Field),
        (Some(SymbolKind::Message), message::ONEOF) => Some(SymbolKind::Oneof),
        (Some(SymbolKind::Enum), enumeration::VALUE) => Some(SymbolKind::EnumValue),
        (Some(SymbolKind::Service), SERVICE_METHOD) => Some(SymbolKind::Method),
        _ => None,
    }
}

/// Finds a full name in one file.
pub(super) fn locate<'s, 'a>(file: &'s Outline<'a>, full_name: &str) -> Option<Located<'s, 'a>> {
    let parts: Vec<&str> = file.within(full_name)?.split('.').collect();
    let mut path = Vec::new();
    descend(None, file.bytes, &parts, &mut path).then_some(Located { file, path })
}

/// Walks inwards by name; a name that no declaration has may be a value of any enum at its level.
fn descend<'a>(
    parent: Option<SymbolKind>,
    bytes: &'a [u8],
    parts: &[&str],
    path: &mut Vec<Child<'a>>,
) -> bool {
    let [first, rest @ ..] = parts else {
        return true;
    };
    if path.len() > MAX_DEPTH {
        return false;
    }
    let named = children(parent, bytes).filter(|child| child.name == *first);
    for child in named {
        path.push(child);
        if descend(Some(child.kind), child.bytes, rest, path) {
            return true;
        }
        path.pop();
    }
    if !rest.is_empty() {
        return false;
    }
    for holder in children(parent, bytes).filter(|child| child.kind == SymbolKind::Enum) {
        let value =
            children(Some(SymbolKind::Enum), holder.bytes).find(|value| value.name == *first);
        if let Some(value) = value {
            path.extend([holder, value]);
            return true;
        }
    }
    false
}

/// Finds what the user means: the full name, or else the only name that ends so.
pub(super) fn find<'s, 'a>(
    set: &'s LazySet<'a>,
    name: &SymbolName,
) -> Result<(Located<'s, 'a>, bool), NotDescribed> {
    let written = name.as_str();
    if let Some(located) = locate_in(set, written) {
        return Ok((located, false));
    }
    let mut fits = Vec::new();
    visit(set, &mut |full_name| {
        if ends_with_part(full_name, written) {
            fits.push(full_name.to_owned());
        }
    });
    if fits.is_empty() && !written.contains('.') {
        visit_values(set, written, &mut |full_name| {
            fits.push(full_name.to_owned())
        });
    }
    if fits.is_empty()
        && let Some((holder, member)) = written.rsplit_once('.')
    {
        visit(set, &mut |full_name| {
            if full_name == holder || ends_with_part(full_name, holder) {
                fits.push(format!("{full_name}.{member}"));
            }
        });
        fits.retain(|candidate| locate_in(set, candidate).is_some());
    }
    match Fitting::of(fits) {
        Fitting::Nothing => Err(unknown(set, written)),
        Fitting::One(name) => locate_in(set, &name)
            .map(|located| (located, true))
            .ok_or_else(|| unknown(set, written)),
        Fitting::Several(candidates) => Err(NotDescribed::Ambiguous {
            name: written.to_owned(),
            candidates,
        }),
    }
}

pub(super) fn locate_in<'s, 'a>(set: &'s LazySet<'a>, full_name: &str) -> Option<Located<'s, 'a>> {
    set.files().iter().find_map(|file| locate(file, full_name))
}

/// Shows the full name of every service, method, message and enum.
fn visit(set: &LazySet<'_>, see: &mut impl FnMut(&str)) {
    walk(set, &mut |_, name| see(name));
}

/// Shows the full name of every enum value of this name.
fn visit_values(set: &LazySet<'_>, value: &str, see: &mut impl FnMut(&str)) {
    walk(set, &mut |child, name| {
        let mut values = children(Some(child.kind), child.bytes);
        if child.kind == SymbolKind::Enum && values.any(|found| found.name == value) {
            let scope = name.rsplit_once('.').map_or("", |(scope, _)| scope);
            see(&qualify(scope, value));
        }
    });
}

fn walk(set: &LazySet<'_>, see: &mut impl FnMut(&Child<'_>, &str)) {
    let mut name = String::new();
    for file in set.files() {
        name.clear();
        name.push_str(file.package);
        walk_within(None, file.bytes, 0, &mut name, see);
    }
}

fn walk_within(
    parent: Option<SymbolKind>,
    bytes: &[u8],
    depth: usize,
    name: &mut String,
    see: &mut impl FnMut(&Child<'_>, &str),
) {
    if depth > MAX_DEPTH {
        return;
    }
    let outer = name.len();
    for child in children(parent, bytes) {
        if !matches!(
            child.kind,
            SymbolKind::Service | SymbolKind::Method | SymbolKind::Message | SymbolKind::Enum
        ) {
            continue;
        }
        if outer > 0 {
            name.push('.');
        }
        name.push_str(child.name);
        see(&child, name);
        if matches!(child.kind, SymbolKind::Service | SymbolKind::Message) {
            walk_within(Some(child.kind), child.bytes, depth + 1, name, see);
        }
        name.truncate(outer);
    }
}

fn unknown(set: &LazySet<'_>, written: &str) -> NotDescribed {
    let mut names = Vec::new();
    visit(set, &mut |full_name| names.push(full_name.to_owned()));
    let suggestion = nearest(written, names.iter().map(String::as_str)).map(str::to_owned);
    NotDescribed::UnknownSymbol {
        name: written.to_owned(),
        suggestion,
        known: set.services().map(|service| service.full_name()).collect(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::describe::samples;
    use proptest::prelude::*;

    const SOURCE: &str = r#"syntax = "proto2"; package a.b;
        message M { optional string text = 1; enum E { ONE = 1; } oneof choice { int32 x = 2; } message N { optional M m = 1; } extensions 10 to 20; }
        enum F { TWO = 2; }
        extend M { optional int32 extra = 10; }
        service S { rpc Get(M) returns (M); }"#;

    fn found(bytes: &[u8], text: &str) -> Result<(String, SymbolKind, bool), NotDescribed> {
        let set = LazySet::scan(bytes).unwrap();
        let (located, from_suffix) = find(&set, &SymbolName::parse(text).unwrap())?;
        Ok((located.full_name(), located.symbol().kind, from_suffix))
    }

    #[test]
    fn every_kind_of_symbol_is_found() {
        let bytes = samples::compile(&[("a.proto", SOURCE)]);
        for (text, full_name, kind, from_suffix) in [
            ("a.b.S", "a.b.S", SymbolKind::Service, false),
            ("a.b.S/Get", "a.b.S.Get", SymbolKind::Method, false),
            (".a.b.S.Get", "a.b.S.Get", SymbolKind::Method, false),
            ("a.b.M", "a.b.M", SymbolKind::Message, false),
            ("a.b.M.N", "a.b.M.N", SymbolKind::Message, false),
            ("a.b.M.text", "a.b.M.text", SymbolKind::Field, false),
            ("a.b.M.choice", "a.b.M.choice", SymbolKind::Oneof, false),
            ("a.b.M.ONE", "a.b.M.ONE", SymbolKind::EnumValue, false),
            ("a.b.M.E.ONE", "a.b.M.ONE", SymbolKind::EnumValue, false),
            ("a.b.TWO", "a.b.TWO", SymbolKind::EnumValue, false),
            ("a.b.F", "a.b.F", SymbolKind::Enum, false),
            ("a.b.extra", "a.b.extra", SymbolKind::Extension, false),
            ("N", "a.b.M.N", SymbolKind::Message, true),
            ("Get", "a.b.S.Get", SymbolKind::Method, true),
            ("b.S", "a.b.S", SymbolKind::Service, true),
            ("M.text", "a.b.M.text", SymbolKind::Field, true),
            ("N.m", "a.b.M.N.m", SymbolKind::Field, true),
            ("TWO", "a.b.TWO", SymbolKind::EnumValue, true),
            ("ONE", "a.b.M.ONE", SymbolKind::EnumValue, true),
        ] {
            let expected = (full_name.to_owned(), kind, from_suffix);
            assert_eq!(found(&bytes, text).unwrap(), expected, "{text}");
        }
    }

    #[test]
    fn what_is_not_there_or_not_one_is_told() {
        let bytes = samples::compile(&[("a.proto", SOURCE)]);
        let Err(NotDescribed::UnknownSymbol {
            suggestion, known, ..
        }) = found(&bytes, "a.b.Mm")
        else {
            panic!()
        };
        assert_eq!(suggestion.as_deref(), Some("a.b.M"));
        assert_eq!(known, ["a.b.S"]);
        let twice = samples::compile(&[(
            "a.proto",
            r#"syntax = "proto3"; message A { message X {} } message B { message X {} }"#,
        )]);
        let Err(NotDescribed::Ambiguous { candidates, .. }) = found(&twice, "X") else {
            panic!()
        };
        assert_eq!(candidates, ["A.X", "B.X"]);
        for text in ["", ".", "a..b", "a b", "a/b/c", "\u{1b}"] {
            assert!(SymbolName::parse(text).is_err(), "{text:?}");
        }
    }

    proptest! {
        #[test]
        fn no_bytes_panic(bytes in proptest::collection::vec(any::<u8>(), 0..300)) {
            if let Ok(set) = LazySet::scan(&bytes) {
                let _ = find(&set, &SymbolName::parse("a.b").unwrap());
            }
        }
    }
}
