//! Statuses that are missing, doubled, in the wrong place or no numbers; gateways that speak HTTP.

use super::*;
use crate::invoke::data;
use crate::invoke::grpc_headers;
use crate::invoke::headers;
use crate::invoke::last_data;
use crate::invoke::message;
use crate::invoke::trailers;
use crate::invoke::trailers_only;

fn answered(status: &[(&str, &str)]) -> Vec<Step> {
    after_request(vec![grpc_headers(), data(message(b"")), trailers(status)])
}

pub(crate) fn refused(block: &[(&str, &str)]) -> Vec<Step> {
    after_request(vec![trailers_only(block)])
}

pub(crate) fn after_request(mut steps: Vec<Step>) -> Vec<Step> {
    let mut script = vec![Step::Settings(Vec::new()), Step::AwaitEnd];
    script.append(&mut steps);
    script
}

fn http(status: &str, content_type: &str, body: &str) -> Vec<Step> {
    let block = [(":status", status), ("content-type", content_type)];
    after_request(vec![headers(&block), last_data(body)])
}

#[test]
fn statuses() {
    check(vec![
        row("a good answer", answered(&[("grpc-status", "0")]), 0, &[]),
        // RFC 9113 §8.1 forbids these. h2 drops pseudo-header fields at the head of trailers and does not say so:
        // nobody above it can tell this answer from a good one. After other fields it resets the stream.
        row(
            ":status in the trailers",
            answered(&[(":status", "500"), ("grpc-status", "0")]),
            0,
            &[],
        ),
        row(
            ":status in the trailers of a refusal",
            answered(&[(":status", "200"), ("grpc-status", "16")]),
            80,
            &["UNAUTHENTICATED"],
        ),
        row(
            ":status after grpc-status",
            answered(&[("grpc-status", "0"), (":status", "500")]),
            3,
            &["PROTOCOL_ERROR"],
        ),
        row(
            "a terminal's escapes in the message",
            refused(&[("grpc-status", "16"), ("grpc-message", "%1B[31mred%07%0D")]),
            80,
            &["UNAUTHENTICATED", r"\x1b[31mred\x07"],
        ),
        row(
            "C1 and bidi in the message",
            refused(&[
                ("grpc-status", "7"),
                ("grpc-message", "%C2%9B31m%E2%80%AEx"),
            ]),
            71,
            &["PERMISSION_DENIED"],
        ),
        row(
            "a message that is not percent-encoded",
            refused(&[("grpc-status", "16"), ("grpc-message", "100%zz %")]),
            80,
            &["UNAUTHENTICATED", "100%zz"],
        ),
        row(
            "details that are not base64",
            refused(&[("grpc-status", "7"), ("grpc-status-details-bin", "!!!")]),
            71,
            &["PERMISSION_DENIED"],
        ),
        row(
            "details that are no message",
            refused(&[
                ("grpc-status", "7"),
                ("grpc-status-details-bin", "/////w=="),
            ]),
            71,
            &["PERMISSION_DENIED"],
        ),
        row(
            "0 in the headers, 16 in the trailers",
            after_request(vec![
                headers(&[
                    (":status", "200"),
                    ("content-type", "application/grpc"),
                    ("grpc-status", "0"),
                ]),
                data(message(b"")),
                trailers(&[("grpc-status", "16")]),
            ]),
            80,
            &["UNAUTHENTICATED"],
        ),
        row(
            "0 and 16 in one block",
            answered(&[("grpc-status", "0"), ("grpc-status", "16")]),
            77,
            &["INTERNAL", "determined locally", "more than once: 0, 16"],
        ),
        row(
            "16 and 0 in the only block",
            refused(&[("grpc-status", "16"), ("grpc-status", "0")]),
            77,
            &["INTERNAL", "16, 0"],
        ),
        row(
            "a status that is no number",
            answered(&[("grpc-status", "banana")]),
            66,
            &["UNKNOWN", "banana"],
        ),
        row("status 99", answered(&[("grpc-status", "99")]), 95, &["99"]),
        row(
            "a status beyond 32 bits",
            answered(&[("grpc-status", "4294967296")]),
            66,
            &["UNKNOWN"],
        ),
        row(
            "status -1",
            answered(&[("grpc-status", "-1")]),
            66,
            &["UNKNOWN"],
        ),
        row(
            "status 00",
            answered(&[("grpc-status", "016")]),
            80,
            &["UNAUTHENTICATED"],
        ),
        row(
            "no status in the trailers",
            answered(&[("x", "y")]),
            66,
            &["UNKNOWN", "without a grpc-status"],
        ),
        row(
            "no trailers",
            after_request(vec![grpc_headers(), last_data(message(b""))]),
            66,
            &["UNKNOWN", "without a grpc-status"],
        ),
        row(
            "headers alone, without a status",
            refused(&[]),
            66,
            &["UNKNOWN"],
        ),
        row(
            "OK without the message",
            after_request(vec![grpc_headers(), trailers(&[("grpc-status", "0")])]),
            77,
            &["INTERNAL", "without the one message"],
        ),
        row(
            "OK in one block, without the message",
            refused(&[("grpc-status", "0")]),
            77,
            &["INTERNAL"],
        ),
    ]);
}

#[test]
fn gateways() {
    let html = "text/html; charset=utf-8";
    check(vec![
        row(
            "401 in text",
            http("401", "text/plain", "who are you?"),
            80,
            &["UNAUTHENTICATED", "HTTP response from a proxy"],
        ),
        row(
            "401 in JSON",
            http("401", "application/json", "{\"error\":1}"),
            80,
            &["HTTP 401"],
        ),
        row(
            "401 in HTML",
            http("401", html, "<h1>\u{1b}[2J</h1>"),
            80,
            &["HTTP 401"],
        ),
        row(
            "401 without a body",
            after_request(vec![trailers(&[(":status", "401")])]),
            80,
            &["HTTP 401"],
        ),
        row(
            "403",
            http("403", html, "no"),
            71,
            &["PERMISSION_DENIED", "HTTP 403"],
        ),
        row(
            "404",
            http("404", html, "where?"),
            76,
            &["UNIMPLEMENTED", "HTTP 404"],
        ),
        row(
            "400",
            http("400", html, "what?"),
            77,
            &["INTERNAL", "HTTP 400"],
        ),
        row("500", http("500", html, "oh"), 66, &["UNKNOWN", "HTTP 500"]),
        row(
            "502",
            http("502", html, "oh"),
            78,
            &["UNAVAILABLE", "HTTP 502"],
        ),
        row(
            "429",
            http("429", html, "slow down"),
            78,
            &["UNAVAILABLE", "HTTP 429"],
        ),
        row(
            "a login page",
            http("200", html, "<form>"),
            66,
            &["UNKNOWN", "text/html"],
        ),
        row(
            "a redirect",
            after_request(vec![trailers(&[
                (":status", "302"),
                ("location", "https://id.test/\u{9b}"),
            ])]),
            66,
            &["HTTP 302"],
        ),
    ]);
}
