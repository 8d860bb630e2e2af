//! `json`: exactly one document on standard output, written as it arrives.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::io;
use std::mem;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::CompactFormatter;
use serde_json::ser::Formatter;

use crate::invoke::json::Layout;
use crate::report::Context;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::formats::Row;
use crate::report::output::Output;
use crate::report::schema::VERSION;
use crate::report::schema::v1::Document;
use crate::text;

pub const ROW: Row = Row {
    name: "json",
    summary: "one JSON document of everything that was seen, on standard output",
    layout: Layout::Compact,
    renderer: || Box::new(Json::default()),
};

/// The documents so far. A run's messages come before the rest is known, so they are printed as they
/// arrive, and its document is the one that is open; what other runs give meanwhile is kept.
#[derive(Debug, Default)]
struct Json {
    open: Option<Origin>,
    begun: BTreeMap<Origin, String>,
    finished: String,
}

impl Format for Json {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context<'_>) {
        match event {
            // Notices and pages are for people; the headers stand in the document.
            Event::Notice(_) | Event::Headers(_) | Event::Page(_) => {}
            // A document that was begun is ended: a reader must be able to read it.
            Event::Finished(run) | Event::Interrupted(run) => {
                let document = Document::new(run, context.redactor);
                self.finish(origin, &document, context.output);
            }
            Event::Produced(product) => {
                let document = Document::produced(product, context.redactor);
                self.finish(origin, &document, context.output);
            }
        }
    }

    fn message(&mut self, origin: Origin, json: &str, output: &mut Output) {
        let is_open = *self.open.get_or_insert(origin) == origin;
        let begun = self.begun.entry(origin);
        let separator = match begun {
            Entry::Vacant(_) => beginning(),
            Entry::Occupied(_) => ",".to_owned(),
        };
        let kept = begun.or_default();
        if is_open {
            // What came while another document was open, if anything.
            output.print(kept);
            kept.clear();
            output.print(&separator);
            output.print(json);
        } else {
            kept.push_str(&separator);
            kept.push_str(json);
        }
    }
}

impl Json {
    fn finish(&mut self, origin: Origin, document: &Document, output: &mut Output) {
        let text = match self.begun.remove(&origin) {
            None => line(document),
            Some(begun) => begun + &rest(document),
        };
        match self.open {
            Some(open) if open != origin => self.finished.push_str(&text),
            _ => {
                output.print(&text);
                output.print(&mem::take(&mut self.finished));
                output.flush();
                self.open = None;
            }
        }
    }
}

/// The list of messages stands near the document's beginning.
fn beginning() -> String {
    format!("{{\"schema\":\"{VERSION}\",\"command\":\"call\",\"messages\":[")
}

/// A document but for what was written when its messages came.
fn rest(document: &Document) -> String {
    let Ok(Value::Object(mut fields)) = serde_json::to_value(document) else {
        unreachable!("a document is an object of plain fields");
    };
    for written in ["schema", "command", "messages"] {
        fields.shift_remove(written);
    }
    let rest = line(&Value::Object(fields));
    format!("],{}", rest.trim_start_matches('{'))
}

/// A value on one line, with C1, bidirectional and invisible characters as `\u` escapes: a parser
/// gets the peer's text back, a terminal does not.
pub fn line(value: &impl Serialize) -> String {
    let mut bytes = Vec::with_capacity(1024);
    let mut serializer =
        serde_json::Serializer::with_formatter(&mut bytes, Escaping(CompactFormatter));
    value
        .serialize(&mut serializer)
        .expect("plain fields serialize into memory");
    bytes.push(b'\n');
    String::from_utf8(bytes).expect("serde_json writes UTF-8")
}

/// JSON's own escapes, and `\u` for everything else that a terminal would act on.
struct Escaping(CompactFormatter);

impl Formatter for Escaping {
    fn write_string_fragment<W: ?Sized + io::Write>(
        &mut self,
        writer: &mut W,
        fragment: &str,
    ) -> io::Result<()> {
        let mut rest = fragment;
        while let Some((at, character)) = rest
            .char_indices()
            .find(|(_, character)| !text::is_plain(*character))
        {
            self.0.write_string_fragment(writer, &rest[..at])?;
            for unit in character.encode_utf16(&mut [0; 2]) {
                write!(writer, "\\u{unit:04x}")?;
            }
            rest = &rest[at + character.len_utf8()..];
        }
        self.0.write_string_fragment(writer, rest)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn what_a_terminal_would_act_on_is_escaped() {
        let hostile = "\u{1b}[31m\u{9b}x\u{202e}\u{e0001}\u{7f}é";
        let written = line(&hostile);
        assert!(
            written.trim_end().chars().all(text::is_plain),
            "{written:?}"
        );
        assert_eq!(serde_json::from_str::<String>(&written).unwrap(), hostile);
    }

    proptest! {
        #[test]
        fn a_parser_gets_the_text_back(text in any::<String>()) {
            let written = line(&text);
            prop_assert!(written.trim_end().chars().all(crate::text::is_plain));
            prop_assert_eq!(serde_json::from_str::<String>(&written).unwrap(), text);
        }
    }
}
