use proptest::prelude::*;

use super::kind::*;
use super::*;

/// A frame of a server to a client that has opened streams 1 to 5.
fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Frame<'_> {
    Frame {
        kind,
        flags,
        stream,
        length: payload.len(),
        opened: 5,
        payload,
    }
}

fn breach_of(frames: &[(u8, u8, u32, &[u8])]) -> Option<Breach> {
    let mut rules = Rules::default();
    for (kind, flags, stream, payload) in frames {
        let frame = frame(*kind, *flags, *stream, payload);
        rules.begin(frame);
        rules.end(frame);
    }
    rules.breach().cloned()
}

fn rule_of(frames: &[(u8, u8, u32, &[u8])]) -> Option<Rule> {
    breach_of(frames).map(|breach| breach.rule)
}

/// Literals that are not indexed.
fn block(fields: &[(&str, &str)]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in fields {
        block.push(0);
        for text in [name, value] {
            block.push(u8::try_from(text.len()).unwrap());
            block.extend(text.bytes());
        }
    }
    block
}

const OK: (&str, &str) = (":status", "200");

#[test]
fn frames_out_of_place_or_size() {
    let large = vec![0; 16_385];
    let edge = vec![0; 16_384];
    for (frames, expected) in [
        (
            (DATA, 0, 1, &large[..]),
            Some(Rule::FrameTooLarge { length: 16_385 }),
        ),
        ((DATA, 0, 1, &edge), Some(Rule::DataBeforeHeaders)),
        ((DATA, 0, 0, b"x"), Some(Rule::NeedsStream)),
        ((DATA, 0, 7, b"x"), Some(Rule::IdleStream)),
        ((HEADERS, 4, 7, b"\x88"), Some(Rule::IdleStream)),
        ((HEADERS, 4, 2, b"\x88"), Some(Rule::StreamOfServer)),
        ((HEADERS, 4, 5, b"\x88"), None),
        (
            (RST_STREAM, 0, 1, b"\0\0\0"),
            Some(Rule::WrongLength { length: 3 }),
        ),
        ((RST_STREAM, 0, 1, b"\0\0\0\x08"), None),
        ((SETTINGS, 0, 1, b""), Some(Rule::NeedsConnection)),
        (
            (SETTINGS, 0, 0, b"xyz"),
            Some(Rule::WrongLength { length: 3 }),
        ),
        (
            (SETTINGS, 1, 0, b"abcdef"),
            Some(Rule::WrongLength { length: 6 }),
        ),
        ((SETTINGS, 1, 0, b""), None),
        (
            (SETTINGS, 0, 0, b"\0\x05\0\0\0\x01"),
            Some(Rule::SettingsValue {
                setting: 5,
                value: 1,
            }),
        ),
        ((SETTINGS, 0, 0, b"\0\x05\0\0\x40\0"), None),
        ((SETTINGS, 0, 0, b"\0\x63\0\0\0\x01"), None),
        (
            (PUSH_PROMISE, 4, 1, b"\0\0\0\x02\x88"),
            Some(Rule::PushDisabled),
        ),
        (
            (PING, 0, 0, b"1234567"),
            Some(Rule::WrongLength { length: 7 }),
        ),
        ((PING, 0, 0, b"12345678"), None),
        (
            (GOAWAY, 0, 0, b"1234567"),
            Some(Rule::WrongLength { length: 7 }),
        ),
        (
            (WINDOW_UPDATE, 0, 0, &[0, 0, 0, 0]),
            Some(Rule::NoIncrement),
        ),
        (
            (WINDOW_UPDATE, 0, 0, &[0x7f, 0xff, 0xff, 0xff]),
            Some(Rule::WindowOverflow),
        ),
        ((WINDOW_UPDATE, 0, 1, &[0x3f, 0xff, 0, 0]), None),
        (
            (CONTINUATION, 4, 1, b""),
            Some(Rule::ContinuationUnexpected),
        ),
        ((0x63, 0, 1, b"anything"), None),
    ] {
        assert_eq!(rule_of(&[frames]), expected, "{frames:?}");
    }
}

#[test]
fn frames_in_the_wrong_order() {
    let head = block(&[OK]);
    let early = block(&[(":status", "103")]);
    let trailer = block(&[("grpc-status", "0")]);
    let head = (HEADERS, 4, 1, &head[..]);
    let early = (HEADERS, 4, 1, &early[..]);
    let good = [
        early,
        head,
        (DATA, 0, 1, b"12345"),
        (HEADERS, 5, 1, &trailer[..]),
    ];
    assert_eq!(rule_of(&good), None);
    for (frames, expected) in [
        (
            &[head, (HEADERS, 4, 1, &trailer[..])][..],
            Rule::TrailersWithoutEndStream,
        ),
        (&[early, (DATA, 0, 1, b"x")], Rule::DataBeforeHeaders),
        (
            &[(HEADERS, 5, 1, head.3), (DATA, 0, 1, b"x")],
            Rule::AfterEndStream,
        ),
        (&[head, (DATA, 8, 1, &[9, 0, 0])], Rule::PaddingTooLong),
        (
            &[(HEADERS, 0, 1, head.3), (DATA, 0, 1, b"x")],
            Rule::ContinuationExpected,
        ),
        (
            &[(HEADERS, 0, 1, head.3), (CONTINUATION, 4, 3, b"")],
            Rule::ContinuationExpected,
        ),
    ] {
        assert_eq!(rule_of(frames), Some(expected), "{frames:?}");
    }
    let split = [
        (HEADERS, 0, 1, &head.3[..3]),
        (CONTINUATION, 4, 1, &head.3[3..]),
    ];
    assert_eq!(rule_of(&split), None);
    let first = [(DATA, 0, 0, &b"x"[..]), (PING, 0, 0, b"")];
    assert_eq!(rule_of(&first), Some(Rule::NeedsStream), "the first counts");
}

#[test]
fn fields_that_http2_forbids() {
    let name = |name: &str| PeerText::from(name);
    for (fields, expected) in [
        (&[OK, ("grpc-status", "0")][..], None),
        (&[OK, ("te", "trailers")], None),
        (
            &[OK, ("Content-Type", "x")],
            Some(Rule::NameNotLowercase {
                name: name("Content-Type"),
            }),
        ),
        (
            &[OK, ("a b", "x")],
            Some(Rule::NameInvalid { name: name("a b") }),
        ),
        (
            &[OK, ("a", "x\ny")],
            Some(Rule::ValueInvalid { name: name("a") }),
        ),
        (
            &[(":status", "abc")],
            Some(Rule::ValueInvalid {
                name: name(":status"),
            }),
        ),
        (
            &[OK, ("connection", "close")],
            Some(Rule::ConnectionSpecific {
                name: name("connection"),
            }),
        ),
        (
            &[OK, ("transfer-encoding", "chunked")],
            Some(Rule::ConnectionSpecific {
                name: name("transfer-encoding"),
            }),
        ),
        (
            &[OK, ("te", "gzip")],
            Some(Rule::TeNotTrailers {
                value: name("gzip"),
            }),
        ),
        (
            &[("a", "x"), OK],
            Some(Rule::PseudoAfterRegular {
                name: name(":status"),
            }),
        ),
        (
            &[OK, OK],
            Some(Rule::PseudoRepeated {
                name: name(":status"),
            }),
        ),
        (
            &[(":reason", "x")],
            Some(Rule::PseudoUnknown {
                name: name(":reason"),
            }),
        ),
        (
            &[OK, ("content-length", "5x")],
            Some(Rule::ContentLengthUnreadable { value: name("5x") }),
        ),
        (
            &[OK, ("content-length", "5"), ("content-length", "6")],
            Some(Rule::ContentLengthsDiffer),
        ),
    ] {
        assert_eq!(
            rule_of(&[(HEADERS, 4, 1, &block(fields))]),
            expected,
            "{fields:?}"
        );
    }
    assert_eq!(
        rule_of(&[(HEADERS, 4, 1, &[0xff; 20])]),
        Some(Rule::NotHpack)
    );
}

#[test]
fn a_length_that_is_not_kept() {
    let head = block(&[OK, ("content-length", "5")]);
    let trailer = block(&[("grpc-status", "0")]);
    let missed = |received| {
        Some(Rule::ContentLengthMissed {
            announced: 5,
            received,
        })
    };
    for (data, expected) in [
        (&b"12345"[..], None),
        (b"123456", missed(6)),
        (b"1234", missed(4)),
    ] {
        for last in [
            vec![(DATA, 1, 1, data)],
            vec![(DATA, 0, 1, data), (HEADERS, 5, 1, &trailer[..])],
        ] {
            let frames = [vec![(HEADERS, 4, 1, &head[..])], last].concat();
            assert_eq!(rule_of(&frames), expected, "{frames:?}");
        }
    }
    // Padding does not count; 304 announces what it does not send.
    let padded = [(HEADERS, 4, 1, &head[..]), (DATA, 9, 1, b"\x0212345\0\0")];
    assert_eq!(rule_of(&padded), None);
    let unchanged = block(&[(":status", "304"), ("content-length", "5")]);
    assert_eq!(rule_of(&[(HEADERS, 5, 1, &unchanged)]), None);
    assert_eq!(rule_of(&[(HEADERS, 5, 1, &head)]), missed(0));
}

#[test]
fn forgotten_streams_are_not_judged() {
    let head = block(&[OK]);
    let mut rules = Rules::default();
    let last = 2 * STREAMS as u32 + 21;
    let of = |kind, stream, payload| Frame {
        opened: last,
        ..frame(kind, 4, stream, payload)
    };
    for stream in (1..=last).step_by(2) {
        rules.end(of(HEADERS, stream, &head));
    }
    rules.end(of(DATA, 1, b"x"));
    assert_eq!(rules.breach(), None);
    assert_eq!(rules.streams.len(), STREAMS);
}

proptest! {
    #[test]
    fn nothing_panics(frames in proptest::collection::vec(
        (0_u8..11, any::<u8>(), 0_u32..8, proptest::collection::vec(any::<u8>(), 0..40)), 0..20,
    )) {
        let frames: Vec<_> = frames
            .iter()
            .map(|(kind, flags, stream, payload)| (*kind, *flags, *stream, &payload[..]))
            .collect();
        let _ = breach_of(&frames);
    }
}
