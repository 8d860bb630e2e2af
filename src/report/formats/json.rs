//! `json`: exactly one document on standard output, written as it arrives.

use std::io;

use serde::Serialize;
use serde_json::Value;
use serde_json::ser::CompactFormatter;
use serde_json::ser::Formatter;

use crate::invoke::json::Layout;
use crate::report::Context;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::Run;
use crate::report::formats::Row;
use crate::report::schema::VERSION;
use crate::report::schema::v1::Document;
use crate::text;

pub const ROW: Row = Row {
    name: "json",
    summary: "one JSON document of everything that was seen, on standard output",
    layout: Layout::Compact,
    renderer: || Box::new(Json::default()),
};

/// The document so far.
#[derive(Debug, Default)]
struct Json {
    messages: u64,
}

impl Format for Json {
    fn event(&mut self, _: Origin, event: &Event<'_>, context: &mut Context) {
        match event {
            // Notices are for people; the headers stand in the document.
            Event::Notice(_) | Event::Headers(_) => {}
            Event::Message(json) => self.message(json, context),
            // A document that was begun is ended: a reader must be able to read it.
            Event::Finished(run) | Event::Interrupted(run) => self.finish(run, context),
        }
    }
}

impl Json {
    /// Messages come before the rest is known, so the list stands near the document's beginning.
    fn message(&mut self, json: &str, context: &mut Context) {
        if self.messages == 0 {
            context.output.print(&format!(
                "{{\"schema\":\"{VERSION}\",\"command\":\"call\",\"messages\":["
            ));
        } else {
            context.output.print(",");
        }
        self.messages += 1;
        context.output.print(json);
    }

    fn finish(&mut self, run: &Run<'_>, context: &mut Context) {
        let document = Document::new(run, &mut context.redactor);
        let Ok(Value::Object(mut fields)) = serde_json::to_value(&document) else {
            unreachable!("a document is an object of plain fields");
        };
        if self.messages == 0 {
            context.output.print(&line(&Value::Object(fields)));
        } else {
            for written in ["schema", "command", "messages"] {
                fields.shift_remove(written);
            }
            let rest = line(&Value::Object(fields));
            context.output.print("],");
            context.output.print(rest.trim_start_matches('{'));
        }
        context.output.flush();
    }
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
