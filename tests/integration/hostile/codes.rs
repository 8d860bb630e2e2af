//! HTTP/2's error codes, by GOAWAY and by RST_STREAM, to a call and to a handshake.

use super::statuses::after_request;
use super::*;

fn go_away(code: u32) -> Step {
    Step::GoAway {
        last: 0,
        code,
        debug: Vec::new(),
    }
}

#[test]
fn each_code_is_told_in_its_own_words() {
    let rows = [
        (
            "HTTP/1.1 alone",
            go_away(13),
            &["accepts HTTP/1.1 only", "gRPC requires HTTP/2"][..],
        ),
        (
            "a path over HTTP/1.1 alone",
            Step::Reset(13),
            &["hostile.v1.Peer/Get is served over HTTP/1.1 only"],
        ),
        (
            "calm, with little metadata",
            go_away(11),
            &["excessive load", "--keepalive-time"],
        ),
        (
            "a refused stream",
            Step::Reset(7),
            &["before it processed any of it", "call again"],
        ),
        (
            "weak security",
            go_away(12),
            &["is plaintext", "without --plaintext"],
        ),
        (
            "compression",
            Step::Reset(9),
            &["header compression (HPACK)"],
        ),
        ("flow control", go_away(3), &["its window allowed"]),
        ("late SETTINGS", go_away(4), &["acknowledgement"]),
        (
            "a code that nobody defined",
            Step::Reset(0x63),
            &["0x63, a code that RFC 9113 does not define"],
        ),
    ];
    check(
        rows.into_iter()
            .map(|(name, step, words)| row(name, after_request(vec![step]), 3, words))
            .collect(),
    );
}

/// What a handshake makes of the script.
fn handshake(script: &[Step]) -> serde_json::Value {
    let address = serve(script);
    let mut command = grpcauth();
    command.args(["handshake", &address, "--plaintext", "--format", "json"]);
    let ran = Ran::new(command.output().unwrap());
    let document = ran.document();
    serde_json::json!([ran.code, document["diagnosis"]["id"]])
}

#[test]
fn a_handshake_tells_a_goaway_too() {
    let settings = || Step::Settings(Vec::new());
    let acknowledged = Step::Raw(raw_http2::frame(raw_http2::frame_type::SETTINGS, 1, 0, b""));
    for (script, expected) in [
        (vec![settings(), go_away(13)], (3, Some("http2.goaway"))),
        (vec![go_away(13)], (3, Some("http2.goaway"))),
        (
            vec![settings(), go_away(13), Step::Close],
            (3, Some("http2.goaway")),
        ),
        // A goodbye without an error, after HTTP/2 was spoken, is no failure.
        (vec![settings(), go_away(0)], (0, None)),
        (vec![settings(), acknowledged, Step::Close], (0, None)),
        (vec![settings()], (0, None)),
    ] {
        let (code, id) = expected;
        assert_eq!(
            handshake(&script),
            serde_json::json!([code, id]),
            "{script:?}"
        );
    }
}
