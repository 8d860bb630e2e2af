//! The lines of `--format ndjson`.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Map;
use serde_json::Value;

use crate::report::opening;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::Document;
use crate::report::schema::v1::Pair;

/// One line: something that happened. `headers`, then any number of `message`, then `finished`, once;
/// `notice` anywhere before it.
#[expect(dead_code, reason = "read by the schema")]
#[derive(Debug, Serialize, JsonSchema)]
#[serde(tag = "event", rename_all = "snake_case")]
pub(crate) enum EventDocument {
    /// Something the user should know.
    Notice { text: String },
    /// The response's headers; none for an answer that is trailers only.
    Headers { headers: Vec<Pair> },
    /// A response message as proto3 JSON, in the order of arrival.
    Message { message: Value },
    /// The end, with everything that was seen but the messages.
    Finished(Box<Document>),
}

impl EventDocument {
    /// The event as it is printed: see [`Document::shown`].
    pub(crate) fn shown(&self, redactor: &Redactor) -> Map<String, Value> {
        let mut fields = opening::fields(self);
        fields
            .values_mut()
            .for_each(|value| opening::open(value, redactor));
        fields
    }
}
