//! `ndjson`: one event a line on standard output, as it happens; the last is the whole document but
//! for the messages, which stood on lines of their own.

use crate::invoke::json::Layout;
use crate::report::Context;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::formats::Row;
use crate::report::json_line::line;
use crate::report::output::Output;
use crate::report::schema::v1::Document;
use crate::report::schema::v1::EventDocument;
use crate::report::schema::v1::call::pairs;

pub(super) const ROW: Row = Row {
    name: "ndjson",
    summary: "one JSON event a line, on standard output: headers, each message, and the end",
    layout: Layout::Compact,
    renderer: || Box::new(Ndjson),
};

#[derive(Debug)]
struct Ndjson;

impl Format for Ndjson {
    fn event(&mut self, origin: Origin, event: &Event<'_>, context: &mut Context<'_>) {
        let text = match event {
            Event::Serving(status) => {
                self.message(origin, &status.response_json(), context.output);
                return context.output.flush();
            }
            Event::Notice(text) => {
                let text = (*text).to_owned();
                line(&EventDocument::Notice { text }.shown(context.redactor))
            }
            Event::Headers(headers) => {
                let headers = pairs(headers, context.redactor);
                line(&EventDocument::Headers { headers }.shown(context.redactor))
            }
            Event::Finished(run) | Event::Interrupted(run) => {
                let mut document = Document::new(run, context.redactor);
                match &mut document {
                    Document::Call(call) => call.messages = None,
                    Document::Health(health) => health.call.messages = None,
                    _ => {}
                }
                line(&EventDocument::Finished(Box::new(document)).shown(context.redactor))
            }
            // There is nothing before it: the document alone.
            Event::Produced(product) => {
                let document = Document::produced(product, context.redactor);
                line(&document.shown(context.redactor))
            }
            Event::Reached(..) | Event::Page(_) => return,
        };
        context.output.print(&text);
        context.output.flush();
    }

    /// The message is JSON already, and safe: see `escape`.
    fn message(&mut self, _: Origin, json: &str, output: &mut Output) {
        output.print("{\"event\":\"message\",\"message\":");
        output.print(json);
        output.print("}\n");
    }
}
