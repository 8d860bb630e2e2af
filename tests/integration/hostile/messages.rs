//! Messages that are too many, too long, too deep, cut off or not what they claim to be.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::statuses::after_request;
use super::*;
use crate::invoke::data;
use crate::invoke::framed;
use crate::invoke::grpc_headers;
use crate::invoke::headers;
use crate::invoke::message;
use crate::invoke::trailers;

const OK: &[(&str, &str)] = &[("grpc-status", "0")];

fn with_messages(octets: Vec<u8>) -> Vec<Step> {
    let mut script = vec![grpc_headers()];
    script.extend(octets.chunks(16 << 10).map(data));
    script.push(trailers(OK));
    after_request(script)
}

fn compressed(encoding: &str, octets: &[u8]) -> Vec<Step> {
    let block = [
        (":status", "200"),
        ("content-type", "application/grpc"),
        ("grpc-encoding", encoding),
    ];
    let octets = framed(1, octets);
    let mut script = vec![headers(&block)];
    script.extend(octets.chunks(16 << 10).map(data));
    script.push(trailers(OK));
    after_request(script)
}

/// 50 MiB of nothing, in members that a decoder reads as one; all of it fits into the first window.
fn bomb() -> Vec<u8> {
    let mut member = GzEncoder::new(Vec::new(), Compression::best());
    member.write_all(&vec![0; 1 << 20]).unwrap();
    member.finish().unwrap().repeat(50)
}

/// A node in a node in a node.
fn nested(levels: usize) -> Vec<u8> {
    let mut octets = Vec::new();
    for _ in 0..levels {
        let mut outer = vec![0x0a];
        let mut length = octets.len();
        while length >= 128 {
            outer.push((length % 128) as u8 | 0x80);
            length /= 128;
        }
        outer.push(length as u8);
        outer.append(&mut octets);
        octets = outer;
    }
    octets
}

#[test]
fn messages() {
    let prefix = |length: u32| [&[0][..], &length.to_be_bytes(), b"xyz"].concat();
    check(vec![
        row(
            "two for one",
            with_messages(message(b"").repeat(2)),
            77,
            &["more than the one message"],
        ),
        row(
            "200,000 for one",
            with_messages(message(b"").repeat(200_000)),
            77,
            &["INTERNAL"],
        ),
        streaming(row(
            "200 in a stream",
            with_messages(message(b"").repeat(200)),
            0,
            &[],
        )),
        row(
            "4 GiB announced",
            with_messages(prefix(u32::MAX)),
            72,
            &["RESOURCE_EXHAUSTED", "4294967295"],
        ),
        row(
            "5 MiB announced",
            with_messages(prefix(5 << 20)),
            72,
            &["RESOURCE_EXHAUSTED", "4194304"],
        ),
        row(
            "cut off, with OK",
            with_messages(prefix(100)),
            77,
            &["inside a message"],
        ),
        row(
            "an odd flag",
            with_messages(framed(7, b"")),
            77,
            &["flag is 7"],
        ),
        row(
            "an encoding that was not offered",
            compressed("br", b"x"),
            77,
            &["`br`"],
        ),
        row(
            "compressed, and no encoding named",
            with_messages(framed(1, b"x")),
            77,
            &["no grpc-encoding"],
        ),
        row(
            "gzip that is none",
            compressed("gzip", b"x"),
            77,
            &["does not inflate"],
        ),
        row(
            "a gzip bomb",
            compressed("gzip", &bomb()),
            72,
            &["RESOURCE_EXHAUSTED"],
        ),
        row(
            "nested 60 levels",
            with_messages(message(&nested(60))),
            0,
            &[],
        ),
        row(
            "nested 9,000 levels",
            with_messages(message(&nested(9000))),
            77,
            &["cannot be decoded"],
        ),
        row(
            "groups in groups",
            with_messages(message(&[0x23; 9000])),
            77,
            &["cannot be decoded"],
        ),
        row(
            "text that is not UTF-8",
            with_messages(message(b"\x12\x02\xff\xfe")),
            77,
            &["cannot be decoded"],
        ),
        row(
            "octets that are no message",
            with_messages(message(&[0xff; 40])),
            77,
            &["cannot be decoded"],
        ),
        row(
            "a terminal's escapes in a message",
            with_messages(message(b"\x12\x06\x1b[2J\xc2\x9b")),
            0,
            &[],
        ),
    ]);
}
