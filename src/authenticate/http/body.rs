//! One request over a connection that stands, and the answer's body read to its end or its limit.

use bytes::BytesMut;
use http::Request;
use http::header;
use http_body_util::BodyExt as _;
use http_body_util::Full;
use hyper::body::Bytes;

use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::HttpReply;
use crate::authenticate::http::LIMIT;
use crate::authenticate::http::exchange::told;
use crate::connect::http1::Http1Connection;

/// The whole answer, or why there is none.
pub(super) async fn exchange(
    connection: &mut Http1Connection,
    request: Request<Full<Bytes>>,
) -> Result<HttpReply, HttpOutcome> {
    let response = connection
        .send(request)
        .await
        .map_err(|error| trouble(&error))?;
    let (head, mut body) = response.into_parts();
    // None was asked for, and nothing here unpacks one: a bomb stays packed.
    if let Some(encoding) = head.headers.get(header::CONTENT_ENCODING) {
        let encoding = told(encoding.as_bytes());
        if !encoding.for_judging().eq_ignore_ascii_case("identity") {
            return Err(HttpOutcome::Encoded(encoding));
        }
    }
    let mut collected = BytesMut::new();
    while let Some(frame) = body.frame().await {
        let frame = frame.map_err(|error| trouble(&error))?;
        let Some(data) = frame.data_ref() else {
            continue;
        };
        if collected.len() + data.len() > LIMIT {
            return Err(HttpOutcome::TooLarge);
        }
        collected.extend_from_slice(data);
    }
    Ok(HttpReply {
        status: head.status,
        headers: head.headers,
        body: collected.freeze(),
    })
}

fn trouble(error: &hyper::Error) -> HttpOutcome {
    if error.is_parse() || error.is_parse_too_large() || error.is_parse_status() {
        HttpOutcome::NotHttp
    } else {
        // The handshake's record says how the connection ended.
        HttpOutcome::CutOff
    }
}
