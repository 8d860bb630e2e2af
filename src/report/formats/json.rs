//! `json`: exactly one document on standard output, written as it arrives.

use std::collections::BTreeMap;
use std::collections::btree_map::Entry;
use std::mem;

use serde_json::Map;
use serde_json::Value;

use crate::evidence::Aim;
use crate::invoke::json::Layout;
use crate::report::Context;
use crate::report::Event;
use crate::report::Format;
use crate::report::Origin;
use crate::report::formats::Row;
use crate::report::json_line::line;
use crate::report::output::Output;
use crate::report::schema::VERSION;
use crate::report::schema::v1::Document;

pub(crate) const ROW: Row = Row {
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
            Event::Notice(_) | Event::Reached(..) | Event::Headers(_) | Event::Page(_) => {}
            Event::Serving(status) => {
                let json = status.response_json();
                self.piece(Aim::Health, origin, &json, context.output);
            }
            // A document that was begun is ended: a reader must be able to read it.
            Event::Finished(run) | Event::Interrupted(run) => {
                let document = Document::new(run, context.redactor);
                self.finish(origin, document.shown(context.redactor), context.output);
            }
            Event::Produced(product) => {
                let document = Document::produced(product, context.redactor);
                self.finish(origin, document.shown(context.redactor), context.output);
            }
        }
    }

    fn message(&mut self, origin: Origin, json: &str, output: &mut Output) {
        self.piece(Aim::Call, origin, json, output);
    }

    /// A call that was given up leaves its document open, behind which others wait.
    fn end(&mut self, output: &mut Output) {
        if self.open.take().is_some() && !self.finished.is_empty() {
            output.print("\n");
        }
        output.print(&mem::take(&mut self.finished));
    }
}

impl Json {
    /// A message of a document that may have begun.
    fn piece(&mut self, aim: Aim, origin: Origin, json: &str, output: &mut Output) {
        let is_open = *self.open.get_or_insert(origin) == origin;
        let text = match self.begun.entry(origin) {
            Entry::Vacant(begun) => begun.insert(beginning(aim)),
            Entry::Occupied(begun) => {
                let text = begun.into_mut();
                text.push(',');
                text
            }
        };
        if is_open {
            // Followed by what was reported while another document was open, if anything.
            output.print(text);
            text.clear();
            output.print(json);
        } else {
            text.push_str(json);
        }
    }

    fn finish(&mut self, origin: Origin, document: Map<String, Value>, output: &mut Output) {
        let text = match self.begun.remove(&origin) {
            None => line(&document),
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
fn beginning(aim: Aim) -> String {
    let command = aim.command();
    format!("{{\"schema\":\"{VERSION}\",\"command\":\"{command}\",\"messages\":[")
}

/// A document but for what was written when its messages came.
fn rest(mut fields: Map<String, Value>) -> String {
    for written in ["schema", "command", "messages"] {
        fields.shift_remove(written);
    }
    let rest = line(&fields);
    format!("],{}", rest.trim_start_matches('{'))
}
