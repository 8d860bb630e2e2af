//! Frames without end.

use super::statuses::after_request;
use super::*;
use crate::invoke::data;
use crate::invoke::grpc_headers;
use crate::invoke::message;
use crate::invoke::trailers;
use crate::raw_http2::fields;

fn many(step: Step, times: usize) -> Step {
    Step::Repeat(Box::new(step), times)
}

#[test]
fn floods() {
    let long = || vec![("x-long".to_owned(), vec![b'x'; 8000])];
    let good = |flood: Step| {
        let mut script = vec![flood, grpc_headers(), data(message(b""))];
        script.push(trailers(&[("grpc-status", "0")]));
        after_request(script)
    };
    check(vec![
        row(
            "CONTINUATION without end",
            after_request(vec![
                Step::OpenHeaders(fields(&[(":status", "200")])),
                many(Step::Continuation(long()), 100_000),
            ]),
            3,
            &["no gRPC status"],
        ),
        row(
            "headers of 8 MB",
            after_request(vec![Step::Headers {
                fields: long().into_iter().cycle().take(1000).collect(),
                end: false,
            }]),
            3,
            &[],
        ),
        row(
            "empty DATA without end",
            after_request(vec![grpc_headers(), many(data(Vec::new()), 1_000_000)]),
            3,
            &["no gRPC status"],
        ),
        row(
            "10,000 PINGs, then an answer",
            good(many(Step::Ping, 10_000)),
            0,
            &[],
        ),
        row(
            "10,000 SETTINGS, then an answer",
            good(many(Step::Settings(vec![(3, 100)]), 10_000)),
            0,
            &[],
        ),
        streaming(row(
            "messages beyond every window",
            after_request(vec![
                grpc_headers(),
                many(data(message(b"").repeat(1000)), 1_000_000),
            ]),
            3,
            &["no gRPC status"],
        )),
        row(
            "interim answers without end",
            after_request(vec![many(
                Step::Headers {
                    fields: fields(&[(":status", "103")]),
                    end: false,
                },
                1_000_000,
            )]),
            68,
            &["DEADLINE_EXCEEDED"],
        ),
    ]);
}
