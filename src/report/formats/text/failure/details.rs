//! The details of a status (`google.rpc.*`), as facts.

use serde_json::Value;

use crate::evidence::Evidence;
use crate::invoke::Ended;
use crate::report::redactor::Redactor;
use crate::report::schema::v1::call::redacted_details;

/// A detail as a fact.
pub(super) struct Detail {
    pub label: String,
    pub value: String,
    json: Value,
}

/// Those of the last answer, without secrets.
pub(super) fn of(evidence: &Evidence, redactor: &Redactor) -> Vec<Detail> {
    match evidence.call.last_answer().map(|answer| &answer.outcome) {
        Some(Ended::Status { status, .. }) => redacted_details(status, redactor)
            .into_iter()
            .map(Detail::new)
            .collect(),
        _ => Vec::new(),
    }
}

impl Detail {
    fn new(json: Value) -> Self {
        let (label, value) = match name(&json) {
            Some("ErrorInfo") => ("reason", error_info(&json)),
            Some(name) => ("detail", format!("{name} {}", without_type(&json))),
            None => ("detail", json.to_string()),
        };
        Self {
            label: label.to_owned(),
            value,
            json,
        }
    }

    /// Whether every value of it stands in what is told.
    pub(super) fn is_told(&self, told: &str) -> bool {
        is_told(&self.json, told)
    }
}

/// `ErrorInfo`, of a type of `google.rpc`.
fn name(detail: &Value) -> Option<&str> {
    let (_, name) = detail["@type"].as_str()?.rsplit_once("google.rpc.")?;
    Some(name)
}

/// `TOKEN_EXPIRED, expired_at=…, domain lab.grpcauth`.
fn error_info(info: &Value) -> String {
    let text = |value: &Value| match value {
        Value::String(text) => text.clone(),
        other => other.to_string(),
    };
    let mut parts = Vec::new();
    parts.extend(info["reason"].as_str().map(str::to_owned));
    let metadata = info["metadata"].as_object().into_iter().flatten();
    parts.extend(metadata.map(|(key, value)| format!("{key}={}", text(value))));
    parts.extend(
        info["domain"]
            .as_str()
            .map(|domain| format!("domain {domain}")),
    );
    parts.join(", ")
}

fn without_type(detail: &Value) -> Value {
    let mut detail = detail.clone();
    if let Value::Object(fields) = &mut detail {
        fields.retain(|key, _| key != "@type");
    }
    detail
}

/// Whether every value of a detail stands in what is told.
fn is_told(detail: &Value, told: &str) -> bool {
    match detail {
        Value::String(text) => told.contains(text.as_str()),
        Value::Object(fields) => fields
            .iter()
            .filter(|(key, _)| !matches!(key.as_str(), "@type" | "domain"))
            .all(|(_, value)| is_told(value, told)),
        Value::Array(values) => values.iter().all(|value| is_told(value, told)),
        other => told.contains(&other.to_string()),
    }
}
