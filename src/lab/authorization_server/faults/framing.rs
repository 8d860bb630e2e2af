//! Answers whose length is not what it says, or that have none.

use std::io::Write as _;

use bytes::Bytes;
use flate2::Compression;
use flate2::write::GzEncoder;
use http::StatusCode;
use http::header;
use http::header::HeaderValue;

use super::Exchange;
use super::Fault;
use super::fault;
use super::script::Script;
use super::script::Step;
use super::script::head;
use crate::lab::authorization_server::answer::Answer;
use crate::lab::authorization_server::answer::with_type;

const KIB: usize = 1024;
const TEN_GIB: u64 = 10 * 1024 * 1024 * 1024;

pub(super) const FAULTS: &[Fault] = &[
    fault(
        "half-body",
        "half of a good body, then the connection is closed",
        |exchange| {
            with_length(
                exchange,
                |length| length,
                |body| body.slice(..body.len() / 2),
                &[],
            )
        },
    ),
    fault(
        "length-too-long",
        "a Content-Length of ten bytes too many, and silence",
        |exchange| {
            with_length(
                exchange,
                |length| length + 10,
                |body| body,
                &[Step::Silence],
            )
        },
    ),
    fault(
        "length-too-short",
        "a Content-Length of half the body",
        |exchange| with_length(exchange, |length| length / 2, |body| body, &[]),
    ),
    fault(
        "length-twice",
        "two Content-Lengths that differ",
        |exchange| {
            let mut good = exchange.good();
            let headers = good.headers_mut();
            headers.insert(header::CONTENT_LENGTH, HeaderValue::from_static("5"));
            good.into()
        },
    ),
    fault(
        "no-length",
        "a good answer that ends with the connection",
        |exchange| {
            let good = exchange.good();
            Script(vec![
                Step::Send(head(&good, None)),
                Step::Send(good.into_body()),
            ])
        },
    ),
    fault(
        "half-chunk",
        "chunked, cut off within a chunk",
        |exchange| {
            let good = chunked(exchange.good());
            let body = good.body();
            let size = Bytes::from(format!("{:x}\r\n", body.len()));
            let half = body.slice(..body.len() / 2);
            Script(vec![
                Step::Send(head(&good, None)),
                Step::Send(size),
                Step::Send(half),
            ])
        },
    ),
    fault("10-gb", "a body of 10 GiB", |_| {
        let spaces = Bytes::from(vec![b' '; 64 * KIB]);
        let times = TEN_GIB / spaces.len() as u64;
        let head = head(&blank(), Some(TEN_GIB));
        Script(vec![Step::Send(head), Step::Repeat(spaces, times)])
    }),
    fault("endless", "chunks without an end", |_| {
        let chunk = Bytes::from(format!("400\r\n{}\r\n", " ".repeat(KIB)));
        let head = head(&chunked(blank()), None);
        Script(vec![Step::Send(head), Step::Repeat(chunk, u64::MAX)])
    }),
    fault("endless-head", "header fields without an end", |_| {
        let start = Bytes::from_static(b"HTTP/1.1 200 OK\r\n");
        let field = Bytes::from(format!("x-more: {}\r\n", "a".repeat(KIB)));
        Script(vec![Step::Send(start), Step::Repeat(field, u64::MAX)])
    }),
    fault(
        "gzip",
        "a good body compressed, which nobody asked for",
        |exchange| {
            let good = exchange.good();
            let compressed = gzip(good.body());
            encoded(good.map(|_| compressed))
        },
    ),
    fault(
        "gzip-bomb",
        "640 MiB of spaces compressed to 640 KiB",
        |_| {
            // Members one after the other are one stream (RFC 1952 §2.2).
            let member = gzip(&vec![b' '; 10 * KIB * KIB]);
            let bomb = member.repeat(64);
            encoded(blank().map(|_| bomb.into()))
        },
    ),
    fault("not-http", "a greeting of SSH", |_| {
        Script(vec![Step::Send(Bytes::from_static(
            b"SSH-2.0-OpenSSH_9.6\r\n",
        ))])
    }),
];

/// The good answer with another Content-Length, and another end.
fn with_length(
    exchange: &Exchange,
    length: fn(u64) -> u64,
    body: fn(Bytes) -> Bytes,
    then: &[Step],
) -> Script {
    let good = exchange.good();
    let head = head(&good, Some(length(good.body().len() as u64)));
    let mut steps = vec![Step::Send(head), Step::Send(body(good.into_body()))];
    steps.extend(then.iter().cloned());
    Script(steps)
}

fn blank() -> Answer {
    with_type(StatusCode::OK, "application/json", "")
}

fn chunked(mut answer: Answer) -> Answer {
    let headers = answer.headers_mut();
    headers.insert(
        header::TRANSFER_ENCODING,
        HeaderValue::from_static("chunked"),
    );
    answer
}

fn encoded(mut answer: Answer) -> Script {
    let headers = answer.headers_mut();
    headers.insert(header::CONTENT_ENCODING, HeaderValue::from_static("gzip"));
    answer.into()
}

fn gzip(bytes: &[u8]) -> Bytes {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder
        .write_all(bytes)
        .and_then(|()| encoder.finish())
        .expect("a Vec takes everything")
        .into()
}
