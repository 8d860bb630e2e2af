//! Resets, GOAWAY, closed connections, silence, and peers that do not speak HTTP/2.

use super::statuses::after_request;
use super::*;
use crate::invoke::data;
use crate::invoke::grpc_headers;
use crate::invoke::message;
use crate::invoke::trailers;
use crate::raw_http2::frame;
use crate::raw_http2::frame_type;

const NO_STATUS: &[&str] = &["no gRPC status"];

fn go_away(last: u32, code: u32, debug: &[u8]) -> Step {
    Step::GoAway {
        last,
        code,
        debug: debug.to_vec(),
    }
}

fn half() -> Step {
    data([&message(&[b'x'; 100])[..20], &[]].concat())
}

fn raw(octets: &[u8]) -> Vec<Step> {
    vec![Step::Raw(octets.to_vec())]
}

#[test]
fn ends() {
    let ok = || trailers(&[("grpc-status", "0")]);
    check(vec![
        row(
            "a reset at once",
            after_request(vec![Step::Reset(7)]),
            3,
            NO_STATUS,
        ),
        row(
            "a reset after the headers",
            after_request(vec![grpc_headers(), Step::Reset(8)]),
            3,
            NO_STATUS,
        ),
        row(
            "a reset without an error",
            after_request(vec![grpc_headers(), Step::Reset(0)]),
            3,
            NO_STATUS,
        ),
        streaming(row(
            "a reset after a message",
            after_request(vec![grpc_headers(), data(message(b"")), Step::Reset(2)]),
            3,
            NO_STATUS,
        )),
        row(
            "a reset inside a message",
            after_request(vec![grpc_headers(), half(), Step::Reset(11)]),
            3,
            NO_STATUS,
        ),
        row(
            "GOAWAY with words",
            after_request(vec![go_away(0, 11, b"\x1b[31m\xc2\x9bcalm down")]),
            3,
            NO_STATUS,
        ),
        row(
            "GOAWAY that lets the call end",
            after_request(vec![
                go_away(1, 0, b""),
                grpc_headers(),
                data(message(b"")),
                ok(),
            ]),
            0,
            &[],
        ),
        row("closed at once", vec![Step::Close], 3, &[]),
        row(
            "closed after SETTINGS",
            vec![Step::Settings(Vec::new()), Step::Close],
            3,
            &[],
        ),
        row(
            "closed after the headers",
            after_request(vec![grpc_headers(), Step::Close]),
            3,
            NO_STATUS,
        ),
        row(
            "closed inside a message",
            after_request(vec![grpc_headers(), half(), Step::Close]),
            3,
            NO_STATUS,
        ),
    ]);
}

#[test]
fn silence() {
    check(vec![
        row("not a word", Vec::new(), 68, &["DEADLINE_EXCEEDED"]),
        row(
            "SETTINGS alone",
            vec![Step::Settings(Vec::new())],
            68,
            &["DEADLINE_EXCEEDED"],
        ),
        row(
            "headers alone",
            after_request(vec![grpc_headers()]),
            68,
            &["DEADLINE_EXCEEDED"],
        ),
        row(
            "half a message",
            after_request(vec![grpc_headers(), half()]),
            68,
            &["20 of 105"],
        ),
        row(
            "half a header block",
            after_request(vec![Step::OpenHeaders(raw_http2::fields(&[(
                ":status", "200",
            )]))]),
            68,
            &["DEADLINE_EXCEEDED"],
        ),
        streaming(row(
            "a stream that stops",
            after_request(vec![grpc_headers(), data(message(b""))]),
            68,
            &["after 1 message"],
        )),
        row(
            "a window of nothing",
            vec![Step::Settings(vec![(4, 0)])],
            68,
            &["DEADLINE_EXCEEDED"],
        ),
        row(
            "no streams allowed",
            vec![Step::Settings(vec![(3, 0)]), Step::AwaitEnd],
            68,
            &[],
        ),
    ]);
}

#[test]
fn other_protocols_and_broken_frames() {
    let on = |kind, flags, stream, payload: &[u8]| {
        after_request(vec![Step::Raw(frame(kind, flags, stream, payload))])
    };
    check(vec![
        row(
            "HTTP/1.1",
            raw(b"HTTP/1.1 400 Bad Request\r\ncontent-length: 0\r\n\r\n"),
            3,
            &[],
        ),
        row("SSH", raw(b"SSH-2.0-OpenSSH_9.9\r\n"), 3, &[]),
        row("a TLS alert", raw(b"\x15\x03\x01\x00\x02\x02\x46"), 3, &[]),
        row("noise", raw(&[0xfe; 300]), 3, &[]),
        row("DATA on stream 0", on(frame_type::DATA, 0, 0, b"x"), 3, &[]),
        row(
            "headers of a stream that is not ours",
            on(frame_type::HEADERS, 4, 3, b"\x88"),
            3,
            &[],
        ),
        row(
            "a field block that is none",
            on(frame_type::HEADERS, 4, 1, &[0xff; 20]),
            3,
            &[],
        ),
        row(
            "a frame beyond the limit",
            on(frame_type::DATA, 0, 1, &vec![0; 20_000]),
            3,
            &[],
        ),
        row(
            "SETTINGS of a strange length",
            on(frame_type::SETTINGS, 0, 0, b"xyz"),
            3,
            &[],
        ),
        row("a promise", on(0x5, 4, 1, b"\0\0\0\x02\x88"), 3, &[]),
        row(
            "a window beyond 2^31",
            on(0x8, 0, 0, &[0x7f, 0xff, 0xff, 0xff]),
            3,
            &[],
        ),
        row(
            "padding",
            after_request(vec![
                grpc_headers(),
                Step::PaddedData {
                    octets: message(b""),
                    padding: 200,
                },
                trailers(&[("grpc-status", "0")]),
            ]),
            0,
            &[],
        ),
        row(
            "padding longer than its frame",
            on(frame_type::DATA, 0x8, 1, &[200, 0, 0]),
            3,
            &[],
        ),
    ]);
}
