//! Which kind of answer a block of response headers begins.

use http::header::CONTENT_TYPE;
use http::header::HeaderMap;

use crate::invoke::WireFault;
use crate::invoke::trailers;

/// The kinds of answer.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum AnswerKind {
    /// One header block is the whole gRPC answer.
    TrailersOnly,
    /// A gRPC answer: messages and trailers are to come.
    Messages,
    /// Not gRPC; the body is not framed.
    Http,
}

impl AnswerKind {
    pub(super) fn of(http_status: u16, headers: &HeaderMap, end_stream: bool) -> Self {
        let grpc = http_status == 200 && is_grpc(headers);
        match (grpc, end_stream) {
            (true, true) => Self::TrailersOnly,
            (true, false) => Self::Messages,
            (false, true) if trailers::says_no(headers) => Self::TrailersOnly,
            (false, _) => Self::Http,
        }
    }
}

/// What is odd about the headers of an answer that has a `grpc-status` all the same.
pub(crate) fn oddities(http_status: u16, headers: &HeaderMap) -> Vec<WireFault> {
    let mut faults = Vec::new();
    if http_status != 200 {
        faults.push(WireFault::HttpStatus(http_status));
    }
    match headers.get(CONTENT_TYPE) {
        None => faults.push(WireFault::MissingContentType),
        Some(_) if is_grpc(headers) => {}
        Some(value) => faults.push(WireFault::OddContentType {
            value: String::from_utf8_lossy(value.as_bytes()).into_owned(),
        }),
    }
    faults
}

/// `application/grpc`, alone or with a subtype or a parameter, in any case; not `application/grpc-web`.
fn is_grpc(headers: &HeaderMap) -> bool {
    const GRPC: &[u8] = b"application/grpc";
    let Some(value) = headers.get(CONTENT_TYPE) else {
        return false;
    };
    let value = value.as_bytes();
    let rest = match value.split_at_checked(GRPC.len()) {
        Some((start, rest)) if start.eq_ignore_ascii_case(GRPC) => rest.trim_ascii_start(),
        _ => return false,
    };
    matches!(rest.first(), None | Some(b'+' | b';'))
}

#[cfg(test)]
mod tests {
    use super::*;
    use http::header::HeaderValue;

    #[test]
    fn content_types_are_told_apart() {
        for (value, grpc) in [
            ("application/grpc", true),
            ("application/grpc+proto", true),
            ("Application/gRPC; charset=utf-8", true),
            ("application/grpc ;x=y", true),
            ("application/grpc-web", false),
            ("application/grpc-web+proto", false),
            ("application/grpcx", false),
            ("application/gr", false),
            ("text/html", false),
            ("", false),
        ] {
            let mut headers = HeaderMap::new();
            assert!(!is_grpc(&headers));
            headers.insert(CONTENT_TYPE, HeaderValue::from_static(value));
            assert_eq!(is_grpc(&headers), grpc, "{value}");
        }
    }
}
