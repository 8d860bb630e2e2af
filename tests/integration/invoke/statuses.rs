//! Where a status may stand, and what may be wrong with it.

use grpcauth::internals::Ended;
use grpcauth::internals::Status;
use grpcauth::internals::WireFault;

use super::*;

fn ok() -> Step {
    trailers(&[("grpc-status", "0")])
}

#[tokio::test(start_paused = true)]
async fn rows() {
    let early = || {
        headers(&[
            (":status", "200"),
            ("content-type", "application/grpc"),
            ("grpc-status", "0"),
        ])
    };
    let denied = || trailers(&[("grpc-status", "16")]);
    check(vec![
        unary(
            "good",
            vec![grpc_headers(), data(message(b"x")), ok()],
            "0 Server",
        ),
        streaming(
            "good, without messages",
            vec![grpc_headers(), ok()],
            "0 Server",
        ),
        streaming(
            "good, trailers only",
            vec![trailers_only(&[("grpc-status", "0")])],
            "0 Server",
        ),
        unary(
            "0 in the headers, 16 in the trailers",
            vec![early(), data(message(b"x")), denied()],
            "16 Server, StatusInHeaders",
        ),
        unary(
            "0 in the headers, no trailers",
            vec![early(), last_data(message(b"x"))],
            "2 Local, StatusInHeaders, MissingStatus",
        ),
        unary(
            "0 in the headers, 0 in the trailers",
            vec![early(), data(message(b"x")), ok()],
            "0 Server, StatusInHeaders",
        ),
        streaming(
            "0 in the headers, then a reset",
            vec![early(), Step::Reset(8)],
            "Reset { code: 8, by_peer: true } AfterHeaders",
        ),
        streaming(
            "16 in the headers, then a reset",
            vec![
                headers(&[
                    (":status", "200"),
                    ("content-type", "application/grpc"),
                    ("grpc-status", "16"),
                ]),
                Step::Reset(8),
            ],
            "Reset { code: 8, by_peer: true } AfterHeaders",
        ),
        unary(
            "16 twice",
            vec![trailers_only(&[
                ("grpc-status", "16"),
                ("grpc-status", "16"),
            ])],
            "16 Server, RepeatedStatus",
        ),
        unary(
            "0 and 16",
            vec![
                grpc_headers(),
                data(message(b"x")),
                trailers(&[("grpc-status", "0"), ("grpc-status", "16")]),
            ],
            "13 Local, ConflictingStatus",
        ),
        unary(
            "16 and 0, trailers only",
            vec![trailers_only(&[
                ("grpc-status", "16"),
                ("grpc-status", "0"),
            ])],
            "13 Local, ConflictingStatus",
        ),
        unary(
            "99",
            vec![trailers_only(&[("grpc-status", "99")])],
            "99 Server",
        ),
        unary(
            "1010",
            vec![trailers_only(&[("grpc-status", "1010")])],
            "1010 Server",
        ),
        unary(
            "banana",
            vec![trailers_only(&[("grpc-status", "banana")])],
            "2 Local, BadStatusNumber",
        ),
        unary(
            "-1",
            vec![trailers_only(&[("grpc-status", "-1")])],
            "2 Local, BadStatusNumber",
        ),
        unary(
            "empty",
            vec![trailers_only(&[("grpc-status", "")])],
            "2 Local, BadStatusNumber",
        ),
        unary(
            "trailers without a status",
            vec![grpc_headers(), data(message(b"x")), trailers(&[("x", "y")])],
            "2 Local, MissingStatus",
        ),
        unary(
            "no trailers",
            vec![grpc_headers(), last_data(message(b"x"))],
            "2 Local, MissingStatus",
        ),
        unary(
            "one block without a status",
            vec![trailers_only(&[])],
            "2 Local, MissingStatus",
        ),
        unary(
            "details that are not base64",
            vec![trailers_only(&[
                ("grpc-status", "7"),
                ("grpc-status-details-bin", "not*base64"),
            ])],
            "7 Server, DetailsNotBase64",
        ),
        unary(
            "trailers only, then RST NO_ERROR",
            vec![trailers_only(&[("grpc-status", "16")]), Step::Reset(0)],
            "16 Server",
        ),
        unary(
            "trailers only, then GOAWAY and the end",
            vec![
                trailers_only(&[("grpc-status", "16")]),
                Step::GoAway {
                    last: 0,
                    code: 11,
                    debug: b"too many".to_vec(),
                },
                Step::Close,
            ],
            "16 Server",
        ),
        unary(
            "trailers, then RST NO_ERROR",
            vec![grpc_headers(), data(message(b"x")), ok(), Step::Reset(0)],
            "0 Server",
        ),
        unary(
            "trailers, then the end",
            vec![grpc_headers(), data(message(b"x")), ok(), Step::Close],
            "0 Server",
        ),
        unary(
            "trailers that do not end the stream",
            vec![
                grpc_headers(),
                data(message(b"x")),
                headers(&[("grpc-status", "0")]),
            ],
            "Reset { code: 1, by_peer: false } AfterMessages(1)",
        ),
        unary(
            "an informational answer before",
            vec![
                headers(&[(":status", "103"), ("grpc-status", "0")]),
                trailers_only(&[("grpc-status", "16")]),
            ],
            "16 Server",
        ),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn what_the_server_said_is_kept() {
    let script = [trailers_only(&[
        ("grpc-status", "16"),
        ("grpc-message", "sesi%C3%B3n %1B[31m%C2%9B%E2%80%AE"),
        ("grpc-status-details-bin", "CBASAA"),
        ("www-authenticate", "Bearer realm=\"x\""),
        ("www-authenticate", "Basic"),
    ])];
    let answer = play(&script, false).await.answer;
    assert!(answer.trailers_only && answer.headers.is_empty());
    assert_eq!(
        answer.trailers.get_all("www-authenticate").iter().count(),
        2
    );
    assert_eq!(answer.stream_id, Some(1));
    assert!(answer.request_sent);
    assert!(answer.first_answer_after.is_some());
    let Ended::Status { status, .. } = answer.outcome else {
        panic!("{:?}", answer.outcome);
    };
    let Status {
        message,
        details,
        raw,
        ..
    } = status;
    assert_eq!(message, "sesión \u{1b}[31m\u{9b}\u{202e}");
    assert_eq!(&details[..], b"\x08\x10\x12\0");
    assert_eq!(raw.as_deref(), Some("16"));
}

#[tokio::test(start_paused = true)]
async fn faults_name_what_was_sent() {
    for (pairs, fault) in [
        (
            &[("grpc-status", "banana")][..],
            WireFault::BadStatusNumber {
                raw: "banana".into(),
            },
        ),
        (
            &[("grpc-status", "0"), ("grpc-status", "16")],
            WireFault::ConflictingStatus {
                values: vec!["0".into(), "16".into()],
            },
        ),
    ] {
        let answer = play(&[trailers_only(pairs)], false).await.answer;
        assert_eq!(answer.faults, [fault]);
    }
}
