//! Servers that break a rule of HTTP/2: which one is told, with its section of RFC 9113.

use super::statuses::after_request;
use super::*;
use crate::invoke::data;
use crate::invoke::grpc_headers;
use crate::invoke::message;
use crate::invoke::trailers;
use crate::raw_http2::fields;
use crate::raw_http2::frame;
use crate::raw_http2::frame_type;

fn broken(name: &'static str, steps: Vec<Step>, words: &'static [&'static str]) -> Row {
    row(name, after_request(steps), 3, words)
}

fn raw(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Step {
    Step::Raw(frame(kind, flags, stream, payload))
}

/// Response headers with one more field.
fn headers(more: &[(&str, &str)]) -> Step {
    let mut all = vec![(":status", "200"), ("content-type", "application/grpc")];
    all.extend(more);
    Step::Headers {
        fields: fields(&all),
        end: false,
    }
}

#[test]
fn the_frame_that_breaks_a_rule_is_told() {
    check(vec![
        broken(
            "a frame beyond the limit",
            vec![raw(frame_type::DATA, 0, 1, &vec![0; 20_000])],
            &["DATA frame of 20000 bytes", "section 4.2"],
        ),
        broken(
            "DATA on stream 0",
            vec![raw(frame_type::DATA, 0, 0, b"x")],
            &["DATA frame on stream 0", "section 6)"],
        ),
        broken(
            "DATA before HEADERS",
            vec![data(message(b""))],
            &["DATA on stream 1 before HEADERS", "section 8.1"],
        ),
        broken(
            "a stream that nobody opened",
            vec![raw(frame_type::HEADERS, 4, 9, b"\x88")],
            &["HEADERS frame on stream 9", "section 5.1)"],
        ),
        broken(
            "a promise",
            vec![raw(0x5, 4, 1, b"\0\0\0\x02\x88")],
            &["sent PUSH_PROMISE", "section 8.4"],
        ),
        broken(
            "SETTINGS of a strange length",
            vec![raw(frame_type::SETTINGS, 0, 0, b"xyz")],
            &["SETTINGS frame of 3 bytes"],
        ),
        broken(
            "SETTINGS out of range",
            vec![raw(frame_type::SETTINGS, 0, 0, b"\0\x05\0\0\0\x01")],
            &["1 for SETTINGS_MAX_FRAME_SIZE", "section 6.5.2"],
        ),
        broken(
            "a window beyond 2^31",
            vec![raw(0x8, 0, 0, &[0x7f, 0xff, 0xff, 0xff])],
            &["window of the connection above 2^31-1", "section 6.9.1"],
        ),
        broken(
            "a window that is not raised",
            vec![raw(0x8, 0, 0, &[0, 0, 0, 0])],
            &["increment of 0", "section 6.9)"],
        ),
        broken(
            "a CONTINUATION of nothing",
            vec![raw(frame_type::CONTINUATION, 4, 1, b"\x88")],
            &["without a header block before it", "section 6.10"],
        ),
        broken(
            "a PING within a header block",
            vec![Step::OpenHeaders(fields(&[(":status", "200")])), Step::Ping],
            &["PING frame in the middle of a header block", "section 6.10"],
        ),
        broken(
            "padding longer than its frame",
            vec![grpc_headers(), raw(frame_type::DATA, 0x8, 1, &[200, 0, 0])],
            &["padding is longer", "section 6.1"],
        ),
    ]);
}

#[test]
fn the_header_that_breaks_a_rule_is_told() {
    let ended = |fields: &[(&str, &str)]| Step::Headers {
        fields: raw_http2::fields(fields),
        end: false,
    };
    check(vec![
        broken(
            "upper case",
            vec![headers(&[("Grpc-Encoding", "identity")])],
            &["Grpc-Encoding", "upper-case", "section 8.2.1"],
        ),
        broken(
            "connection",
            vec![headers(&[("connection", "close")])],
            &["the header connection", "section 8.2.2"],
        ),
        broken(
            "transfer-encoding",
            vec![headers(&[("transfer-encoding", "chunked")])],
            &["the header transfer-encoding", "section 8.2.2"],
        ),
        broken(
            "a pseudo-header after others",
            vec![ended(&[("content-type", "x"), (":status", "200")])],
            &[":status after other headers", "section 8.3)"],
        ),
        broken(
            "a control character",
            vec![headers(&[("x", "a\u{1b}[31m\n")])],
            &["invalid value for the header x"],
        ),
        broken(
            "a field block that is none",
            vec![raw(frame_type::HEADERS, 4, 1, &[0xff; 20])],
            &["cannot be decompressed", "section 4.3"],
        ),
        broken(
            "trailers that do not end the stream",
            vec![
                grpc_headers(),
                data(message(b"")),
                ended(&[("grpc-status", "0")]),
            ],
            &["trailers without END_STREAM", "section 8.1"],
        ),
        broken(
            "more than was announced",
            vec![headers(&[("content-length", "3")]), data(message(b""))],
            &["announced 3 bytes by content-length and sent 5"],
        ),
        broken(
            "less than was announced",
            vec![
                headers(&[("content-length", "9")]),
                data(message(b"")),
                trailers(&[("grpc-status", "0")]),
            ],
            &["announced 9 bytes by content-length and sent 5"],
        ),
        // What only looks like it.
        row(
            "the very length",
            after_request(vec![
                headers(&[("content-length", "5")]),
                data(message(b"")),
                trailers(&[("grpc-status", "0")]),
            ]),
            0,
            &[],
        ),
    ]);
}
