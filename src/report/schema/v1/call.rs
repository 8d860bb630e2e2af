//! The `call` document.

use schemars::JsonSchema;
use serde::Serialize;
use serde_json::Value;

use crate::evidence::Evidence;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::details;
use crate::metadata;
use crate::report::Run;
use crate::report::redactor::Redactor;
use crate::report::schema::VERSION;
use crate::report::schema::v1::Pair;
use crate::report::schema::v1::credential::CredentialDocument;
use crate::report::schema::v1::credential::credentials;
use crate::report::schema::v1::diagnosis::DiagnosisDocument;
use crate::report::schema::v1::diagnosis::FindingDocument;
use crate::report::schema::v1::diagnosis::findings;
use crate::report::schema::v1::handshake::HandshakeDocument;
use crate::report::schema::v1::milliseconds;
use crate::report::schema::v1::outcome::Outcome;
use crate::report::schema::v1::rfc3339;
use crate::status::Status;
use crate::verdict::Answerer;

/// One call, from the command line to its verdict.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct CallDocument {
    pub schema: String,
    pub command: String,
    pub target: String,
    pub authority: String,
    pub method: Option<String>,
    /// The local clock when the run began, RFC 3339.
    pub started_at: String,
    /// The program's own.
    pub version: String,
    /// Of the last attempt, see there; null: nothing answered.
    pub answered_by: Option<String>,
    pub handshake: Option<HandshakeDocument>,
    pub credential: Option<CredentialDocument>,
    /// Present where several were sent.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub credentials: Vec<CredentialDocument>,
    pub warnings: Vec<FindingDocument>,
    pub attempts: Vec<AttemptDocument>,
    pub status: Option<StatusDocument>,
    pub headers: Vec<Pair>,
    pub trailers: Vec<Pair>,
    /// Proto3 JSON, in the order of arrival. Not in an event, where they stood on lines of their own.
    #[serde(skip_serializing_if = "Option::is_none")]
    #[schemars(with = "Vec<Value>")]
    pub messages: Option<Vec<Value>>,
    pub timings: TimingsDocument,
    pub outcome: Outcome,
    /// The words of `--expect`; empty: nothing in particular.
    pub expected: Vec<String>,
    /// Why the answer does not settle what was expected; then the exit code is 3.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub doubt: Option<String>,
    /// What the same request without a credential got, where that was asked to judge the answer.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub control: Option<AttemptDocument>,
    pub diagnosis: Option<DiagnosisDocument>,
    pub exit_code: u8,
}

/// One time that the call was made.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AttemptDocument {
    pub credential_fingerprint: Option<String>,
    pub status: Option<AttemptStatus>,
    /// `server`, `proxy` (one that answered gRPC, or an HTTP answer that is not gRPC), `local`, or `unknown`: the server or
    /// a proxy before it.
    pub answered_by: Option<String>,
    /// Who it likely was, where `answered_by` is `unknown` and the signs speak for one of them.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub answered_by_likely: Option<String>,
    /// The signs that show it: headers, and words of proxies. Absent where nothing shows a proxy.
    #[serde(skip_serializing_if = "Vec::is_empty")]
    pub answered_by_shown_by: Vec<String>,
    pub duration_ms: f64,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct AttemptStatus {
    pub code: u32,
    pub name: String,
    pub message: String,
}

/// A gRPC status.
#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct StatusDocument {
    pub code: u32,
    pub name: String,
    pub message: String,
    /// google.rpc details as proto3 JSON with `@type`.
    pub details: Vec<Value>,
    /// `grpc-status` as it was on the wire.
    pub raw: Option<String>,
}

#[derive(Debug, Serialize, JsonSchema)]
pub(crate) struct TimingsDocument {
    /// With `--wait-for`: the time before the attempt that the others describe.
    #[serde(skip_serializing_if = "Option::is_none")]
    pub wait_ms: Option<f64>,
    pub resolve_ms: Option<f64>,
    pub connect_ms: Option<f64>,
    pub tls_ms: Option<f64>,
    pub http2_ms: Option<f64>,
    pub credential_ms: Option<f64>,
    pub describe_ms: Option<f64>,
    pub call_ms: Option<f64>,
    pub total_ms: f64,
}

impl CallDocument {
    /// Everything but `messages`, which are written as they arrive.
    pub(crate) fn new(run: &Run<'_>, redactor: &mut Redactor) -> Self {
        let evidence = run.evidence;
        let (credential, credentials) = credentials(evidence, redactor);
        let answer = evidence.call.last_answer();
        Self {
            schema: VERSION.to_owned(),
            command: evidence.asked.aim.command().to_owned(),
            target: evidence.connection.asked.target.clone(),
            authority: evidence.connection.asked.authority.clone(),
            method: evidence.asked.method.clone(),
            started_at: rfc3339(evidence.clock),
            version: env!("CARGO_PKG_VERSION").to_owned(),
            answered_by: answer.and_then(Answerer::of).map(|by| by.word().to_owned()),
            handshake: evidence
                .connection
                .handshake
                .as_ref()
                .map(|handshake| HandshakeDocument::new(handshake, evidence)),
            credential,
            credentials,
            warnings: findings(&run.verdict.warnings),
            attempts: attempts(evidence),
            status: answer.and_then(|answer| StatusDocument::new(answer, redactor)),
            headers: answer
                .map(|answer| pairs(&answer.headers, redactor))
                .unwrap_or_default(),
            trailers: answer
                .map(|answer| pairs(&answer.trailers, redactor))
                .unwrap_or_default(),
            messages: Some(Vec::new()),
            timings: TimingsDocument::new(evidence),
            outcome: run.verdict.outcome.into(),
            expected: run.expectation.words(),
            doubt: run.verdict.doubt.clone(),
            control: evidence
                .call
                .control
                .as_ref()
                .map(|answer| AttemptDocument::new(answer, None)),
            diagnosis: DiagnosisDocument::new(run.verdict),
            exit_code: run.verdict.exit.code(),
        }
    }
}

/// Each time reflection was refused before another credential came, and each time the call was made; or the one time that it was not, because reflection was refused.
fn attempts(evidence: &Evidence) -> Vec<AttemptDocument> {
    let asked = evidence.call.refused_descriptions.iter();
    let attempts = asked.chain(&evidence.call.attempts).map(|attempt| {
        let fingerprint = attempt.credential_fingerprint.clone();
        AttemptDocument::new(&attempt.answer, fingerprint)
    });
    let refused = evidence
        .call
        .last_answer()
        .filter(|_| evidence.call.in_reflection())
        .map(|answer| AttemptDocument::new(answer, None));
    attempts.chain(refused).collect()
}

impl AttemptDocument {
    fn new(answer: &Answer, credential_fingerprint: Option<String>) -> Self {
        let status = match &answer.outcome {
            Ended::NoStatus(_) | Ended::Stopped => None,
            Ended::Status { status, .. } => Some(AttemptStatus {
                code: status.code.0,
                name: status.code.name(),
                message: status.message.to_string(),
            }),
        };
        let answerer = Answerer::of(answer);
        let answerer = answerer.as_ref();
        Self {
            credential_fingerprint,
            status,
            answered_by: answerer.map(|by| by.word().to_owned()),
            answered_by_likely: answerer.and_then(Answerer::likely).map(str::to_owned),
            answered_by_shown_by: answerer.map_or_else(Vec::new, |by| by.shown_by.clone()),
            duration_ms: milliseconds(answer.duration),
        }
    }
}

impl StatusDocument {
    pub(super) fn new(answer: &Answer, redactor: &Redactor) -> Option<Self> {
        let Ended::Status { status, .. } = &answer.outcome else {
            return None;
        };
        Some(Self {
            code: status.code.0,
            name: status.code.name(),
            message: status.message.to_string(),
            details: redacted_details(status, redactor),
            raw: status
                .raw
                .as_ref()
                .map(|raw| redactor.text(raw).into_owned()),
        })
    }
}

/// The details as JSON, without secrets in their strings.
pub(crate) fn redacted_details(status: &Status, redactor: &Redactor) -> Vec<Value> {
    let mut details = details::decode(&status.details, None);
    details.iter_mut().for_each(|value| redact(value, redactor));
    details
}

fn redact(value: &mut Value, redactor: &Redactor) {
    match value {
        Value::String(text) => {
            if let std::borrow::Cow::Owned(cleaned) = redactor.text(text) {
                *text = cleaned;
            }
        }
        Value::Array(values) => values.iter_mut().for_each(|value| redact(value, redactor)),
        Value::Object(fields) => fields
            .values_mut()
            .for_each(|value| redact(value, redactor)),
        Value::Null | Value::Bool(_) | Value::Number(_) => {}
    }
}

/// Received metadata, without secrets.
pub(crate) fn pairs(headers: &http::HeaderMap, redactor: &Redactor) -> Vec<Pair> {
    metadata::pairs(headers)
        .into_iter()
        .map(|(key, value)| {
            // A name is as much the peer's as its value.
            let shown = |text: &str| redactor.text(text).into_owned();
            (shown(&key), shown(&value))
        })
        .collect()
}

impl TimingsDocument {
    pub(crate) fn new(evidence: &Evidence) -> Self {
        let handshake = evidence
            .connection
            .handshake
            .as_ref()
            .map(|handshake| handshake.timings)
            .unwrap_or_default();
        let stages = evidence.call.timings;
        Self {
            wait_ms: evidence
                .connection
                .waited
                .map(|waited| milliseconds(waited.time)),
            resolve_ms: handshake.resolve.map(milliseconds),
            connect_ms: handshake.connect.map(milliseconds),
            tls_ms: handshake.tls.map(milliseconds),
            http2_ms: handshake.http2.map(milliseconds),
            credential_ms: evidence.caller.took.map(milliseconds),
            describe_ms: stages.describe.map(milliseconds),
            call_ms: stages.call.map(milliseconds),
            total_ms: milliseconds(stages.total),
        }
    }

    /// `connect 1.2 ms, tls 14 ms, total 21 ms`.
    pub(crate) fn in_words(&self) -> String {
        let named = [
            ("resolve", self.resolve_ms),
            ("connect", self.connect_ms),
            ("tls", self.tls_ms),
            ("http2", self.http2_ms),
            ("credential", self.credential_ms),
            ("describe", self.describe_ms),
            ("call", self.call_ms),
            ("total", Some(self.total_ms)),
        ];
        let shown: Vec<String> = named
            .iter()
            .filter_map(|(name, time)| Some(format!("{name} {} ms", (*time)?)))
            .collect();
        shown.join(", ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::secret::Secret;

    #[test]
    fn a_secret_in_a_name_is_masked_as_in_a_value() {
        Secret::new("AbcDefGhij0123456789");
        let mut redactor = Redactor::new(false);
        redactor.catch_up();
        let mut headers = http::HeaderMap::new();
        for (name, value) in [
            ("x-abcdefghij0123456789", "abcdefghij0123456789"),
            ("x-abcdefghij", "none"),
        ] {
            headers.insert(name, http::HeaderValue::from_static(value));
        }
        let shown = pairs(&headers, &redactor);
        let expected = [("x-<redacted>", "<redacted>"), ("x-abcdefghij", "none")];
        for (name, value) in expected {
            assert!(
                shown.contains(&(name.to_owned(), value.to_owned())),
                "{shown:?}"
            );
        }
        assert_eq!(shown.len(), expected.len());
    }
}
