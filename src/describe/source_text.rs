//! The proto source of a symbol, written from its descriptor: comments, options and all.
//!
//! Compiling the text again gives the same descriptor. Types are written by the shortest name that means
//! them where they stand. Names and comments are a peer's: what a terminal would act on is escaped.

mod comments;
mod fields;
mod literals;
mod messages;
mod names;
mod options;
mod parts;
mod services;

use prost_reflect::prost_types::DescriptorProto;
use prost_reflect::prost_types::EnumDescriptorProto;
use prost_reflect::prost_types::EnumValueDescriptorProto;
use prost_reflect::prost_types::MethodDescriptorProto;
use prost_reflect::prost_types::ServiceDescriptorProto;

use crate::describe::census::Census;
use crate::describe::editions;
use crate::describe::flaw::Flaw;
use crate::describe::outline::Outline;
use crate::describe::outline::qualify;
use crate::describe::source_text::comments::Comment;
use crate::describe::source_text::comments::Comments;
use crate::describe::source_text::comments::Path;
use crate::describe::source_text::names::Scopes;
use crate::describe::source_text::options::Options;
use crate::describe::symbol::Child;
use crate::describe::symbol::Located;
use crate::describe::symbol::SymbolKind;
use crate::describe::symbol::children;
use crate::describe::wire;
use crate::text::escape;

/// The source of one symbol. `closure` is its file with all that this imports.
///
/// # Errors
/// When the declaration cannot be read, or is larger than is written for one question.
pub(super) fn write(located: &Located<'_, '_>, closure: &[Outline<'_>]) -> Result<String, Flaw> {
    let path: Path = located
        .path
        .iter()
        .flat_map(|child| [child.step.0, child.step.1 as u32])
        .collect();
    let mut writer = Writer {
        file: located.file.bytes,
        syntax: Syntax::of(located.file),
        full_name: located.file.package.to_owned(),
        scopes: Scopes::of_package(located.file.package, closure),
        comments: Comments::read(located.file.bytes, &path),
        options: Options::new(closure),
        path,
        out: String::new(),
        indent: 0,
    };
    let symbol = located.symbol();
    census(symbol)?;
    let ancestors = &located.path[..located.path.len() - 1];
    for ancestor in ancestors {
        if ancestor.kind == SymbolKind::Message {
            writer.enter(ancestor.bytes, ancestor.name);
        }
    }
    let parent = ancestors
        .last()
        .filter(|parent| parent.kind == SymbolKind::Message);
    writer.symbol(symbol, parent.map(|parent| parent.bytes))?;
    Ok(writer.out)
}

/// How a file in an edition begins, as far as it says how messages are encoded: `edition 2023, features.… = …`.
pub(super) fn edition(file: &Outline<'_>, closure: &[Outline<'_>]) -> Option<String> {
    if Syntax::of(file) != Syntax::Editions {
        return None;
    }
    let mut parts = vec![editions::name(file)];
    parts.extend(Options::new(closure).of_file(file.bytes));
    Some(parts.join(", "))
}

/// Refuses what would take too much memory to decode.
fn census(symbol: Child<'_>) -> Result<(), Flaw> {
    let mut census = Census::default();
    match symbol.kind {
        SymbolKind::Message => census.message(symbol.bytes, 0),
        SymbolKind::Enum => census.enumeration(symbol.bytes, 0),
        SymbolKind::Service => census.service(symbol.bytes, 0, None),
        SymbolKind::Field | SymbolKind::Extension => census.field(symbol.bytes, 0),
        SymbolKind::Method | SymbolKind::EnumValue | SymbolKind::Oneof => Ok(()),
    }
}

/// What differs in how source is written.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Syntax {
    Proto2,
    Proto3,
    Editions,
}

impl Syntax {
    fn of(file: &Outline<'_>) -> Self {
        match file.syntax {
            "" | "proto2" => Self::Proto2,
            "proto3" => Self::Proto3,
            _ => Self::Editions,
        }
    }
}

struct Writer<'s, 'a> {
    /// The whole file, raw.
    file: &'a [u8],
    syntax: Syntax,
    /// Of the scope being written.
    full_name: String,
    scopes: Scopes,
    comments: Comments<'a>,
    options: Options<'s, 'a>,
    /// Of the declaration being written.
    path: Path,
    out: String,
    indent: usize,
}

impl<'a> Writer<'_, 'a> {
    /// `parent`: the message that it is declared in, raw.
    fn symbol(&mut self, symbol: Child<'a>, parent: Option<&'a [u8]>) -> Result<(), Flaw> {
        let bytes = symbol.bytes;
        match symbol.kind {
            SymbolKind::Service => self.service(&decode::<ServiceDescriptorProto>(bytes)?, bytes),
            SymbolKind::Method => self.method(&decode::<MethodDescriptorProto>(bytes)?, bytes),
            SymbolKind::Message => self.message(&decode::<DescriptorProto>(bytes)?, bytes)?,
            SymbolKind::Enum => self.enumeration(&decode::<EnumDescriptorProto>(bytes)?, bytes),
            SymbolKind::EnumValue => {
                self.enum_value(&decode::<EnumValueDescriptorProto>(bytes)?, bytes)
            }
            SymbolKind::Field | SymbolKind::Extension => self.field_alone(symbol, parent)?,
            SymbolKind::Oneof => {
                let parent = parent.unwrap_or_default();
                Census::default().message(parent, 0)?;
                self.oneof_alone(parent)?;
            }
        }
        Ok(())
    }

    /// Goes into a message's scope.
    fn enter(&mut self, bytes: &[u8], name: &str) {
        let types = children(Some(SymbolKind::Message), bytes)
            .filter(|child| matches!(child.kind, SymbolKind::Message | SymbolKind::Enum))
            .map(|child| child.name);
        self.full_name = qualify(&self.full_name, name);
        self.scopes.enter(&self.full_name, types);
    }

    fn leave(&mut self) {
        self.scopes.leave();
        let end = self.full_name.rfind('.').unwrap_or(0);
        self.full_name.truncate(end);
    }

    /// Writes what is at a step inwards.
    fn at<T>(&mut self, number: u32, index: usize, write: impl FnOnce(&mut Self) -> T) -> T {
        self.path.extend([number, index as u32]);
        let written = write(self);
        self.path.truncate(self.path.len() - 2);
        written
    }

    fn line(&mut self, text: &str) {
        for _ in 0..self.indent {
            self.out.push_str("  ");
        }
        self.out.push_str(text);
        self.out.push('\n');
    }

    /// `head {`, what `body` writes, `}`; or `head {}` on one line.
    fn block<T>(&mut self, head: &str, body: impl FnOnce(&mut Self) -> T) -> T {
        self.line(&format!("{head} {{"));
        let before = self.out.len();
        self.indent += 1;
        let written = body(self);
        self.indent -= 1;
        if self.out.len() == before {
            self.out.truncate(before - 1);
            self.out.push_str("}\n");
        } else {
            self.line("}");
        }
        written
    }

    /// One declaration with its comments around it.
    fn commented<T>(&mut self, write: impl FnOnce(&mut Self) -> T) -> T {
        let comment = self.comments.at(&self.path).cloned().unwrap_or_default();
        let Comment {
            detached,
            leading,
            trailing,
        } = comment;
        for detached in detached {
            self.comment(detached);
            self.out.push('\n');
        }
        self.comment(leading);
        let written = write(self);
        if !trailing.trim().is_empty() {
            self.comment(trailing);
            self.out.push('\n');
        }
        written
    }

    fn comment(&mut self, text: &str) {
        if text.is_empty() {
            return;
        }
        let text = text.strip_suffix('\n').unwrap_or(text);
        for line in text.split('\n') {
            let line = line.strip_suffix('\r').unwrap_or(line).replace('\t', "  ");
            let line = format!("//{}", escape(&line));
            self.line(line.trim_end());
        }
    }

    /// ` [a = b, c = d]`, or nothing.
    fn in_brackets(options: &[String]) -> String {
        if options.is_empty() {
            String::new()
        } else {
            format!(" [{}]", options.join(", "))
        }
    }

    /// `option a = b;` each on its line.
    fn option_lines(&mut self, bytes: &[u8], message: &str) {
        for option in self.options.read(bytes, message) {
            self.line(&format!("option {option};"));
        }
    }
}

/// Decodes what [`census`] let pass.
fn decode<M: prost::Message + Default>(bytes: &[u8]) -> Result<M, Flaw> {
    M::decode(bytes).map_err(|error| Flaw::Malformed {
        place: "a declaration".to_owned(),
        why: error.to_string(),
    })
}

/// `export ` or `local `, where a declaration says it.
fn visibility(declaration: &[u8], number: u32) -> &'static str {
    let fields = wire::fields(declaration).flatten();
    let visibility = fields.filter(|field| field.number == number).last();
    match visibility.and_then(|field| field.number().ok()) {
        Some(1) => "local ",
        Some(2) => "export ",
        _ => "",
    }
}

/// The bytes of a declaration's options, of all occurrences of the field together.
fn options_of(declaration: &[u8], number: u32) -> Vec<u8> {
    raw(declaration, number).flatten().copied().collect()
}

/// The embedded messages of one field, in their order: beside a decoded list, the same list raw.
fn raw(declaration: &[u8], number: u32) -> impl Iterator<Item = &[u8]> {
    wire::fields(declaration)
        .flatten()
        .filter(move |field| field.number == number)
        .filter_map(|field| field.bytes().ok())
}

/// `3, 5 to 7, 9 to max` from ranges whose ends are included.
fn ranges(ranges: impl Iterator<Item = (i32, i32)>, max: i32) -> String {
    let written: Vec<String> = ranges
        .map(|(start, end)| match end {
            end if end == start => start.to_string(),
            end if end >= max => format!("{start} to max"),
            end => format!("{start} to {end}"),
        })
        .collect();
    written.join(", ")
}

#[cfg(test)]
mod tests;
