//! Answers as the authorization server writes them.

use bytes::Bytes;
use http::Response;
use http::StatusCode;
use http::header;
use http::header::HeaderValue;
use serde_json::Value;
use time::OffsetDateTime;

use crate::clock;

/// A whole answer.
pub(crate) type Answer = Response<Bytes>;

/// 200 with JSON.
pub(super) fn json_document(document: &Value) -> Answer {
    json(StatusCode::OK, document)
}

/// JSON with another status.
pub(super) fn json(status: StatusCode, document: &Value) -> Answer {
    with_type(status, "application/json", document.to_string())
}

/// Plain text.
pub(super) fn text(status: StatusCode, words: impl Into<Bytes>) -> Answer {
    with_type(status, "text/plain; charset=utf-8", words)
}

/// Any body. Nothing of this server is for a cache (RFC 6749 §5.1).
pub(super) fn with_type(
    status: StatusCode,
    content_type: &'static str,
    body: impl Into<Bytes>,
) -> Answer {
    let mut answer = Response::new(body.into());
    *answer.status_mut() = status;
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_TYPE, HeaderValue::from_static(content_type));
    headers.insert(header::CACHE_CONTROL, HeaderValue::from_static("no-store"));
    headers.insert(header::PRAGMA, HeaderValue::from_static("no-cache"));
    answer
}

/// Says when it was given.
pub(super) fn date(answer: &mut Answer, now: OffsetDateTime) {
    let now = HeaderValue::try_from(clock::http_date(now)).expect("a date is a header value");
    answer.headers_mut().insert(header::DATE, now);
}
