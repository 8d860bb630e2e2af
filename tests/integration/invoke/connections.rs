//! Resets, GOAWAY, lost connections, silence and floods.

use super::*;

fn go_away(last: u32, code: u32, debug: &str) -> Step {
    Step::GoAway {
        last,
        code,
        debug: debug.into(),
    }
}

#[tokio::test(start_paused = true)]
async fn resets_and_ends_at_each_point() {
    let half = || data(&message(&[b'x'; 100])[..20]);
    let points: [(&str, Vec<Step>); 4] = [
        ("BeforeHeaders", vec![]),
        ("AfterHeaders", vec![grpc_headers()]),
        (
            "AfterMessages(1)",
            vec![grpc_headers(), data(message(b"x"))],
        ),
        (
            "InsideMessage { received: 20, expected: 105 }",
            vec![grpc_headers(), half()],
        ),
    ];
    for (progress, before) in points {
        for code in [0, 1, 2, 7, 8, 11, 13, 99] {
            let script = [&before[..], &[Step::Reset(code)]].concat();
            let answer = play(&script, true).await.answer;
            let expected = format!("Reset {{ code: {code}, by_peer: true }} {progress}");
            assert_eq!(outcome(&answer), expected);
            assert!(answer.request_sent);
        }
        let script = [&before[..], &[Step::Close]].concat();
        let answer = play(&script, true).await.answer;
        let expected = format!("ConnectionLost BrokenPipe {progress}");
        assert_eq!(outcome(&answer), expected);
    }
}

#[tokio::test(start_paused = true)]
async fn rows() {
    let ok = || trailers(&[("grpc-status", "0")]);
    check(vec![
        unary(
            "GOAWAY that leaves the stream out",
            vec![go_away(0, 0, "")],
            "GoAway { code: 0, by_peer: true } BeforeHeaders",
        ),
        unary(
            "the same with debug data",
            vec![go_away(0, 11, "too_many_pings"), Step::Close],
            "GoAway { code: 11, by_peer: true } BeforeHeaders",
        ),
        unary(
            "the same after the headers",
            vec![grpc_headers(), go_away(0, 2, ""), Step::Close],
            "GoAway { code: 2, by_peer: true } AfterHeaders",
        ),
        unary(
            "a graceful GOAWAY",
            vec![go_away(1, 0, ""), grpc_headers(), data(message(b"x")), ok()],
            "0 Server",
        ),
        unary(
            "a graceful GOAWAY, then the end",
            vec![grpc_headers(), go_away(1, 0, ""), Step::Close],
            "ConnectionLost BrokenPipe AfterHeaders",
        ),
        unary(
            "GOAWAY before the request",
            vec![
                Step::Settings(vec![]),
                go_away(0, 0, "bye"),
                Step::AwaitHeaders,
            ],
            "GoAway { code: 0, by_peer: true } BeforeRequest",
        ),
        unary("silence", vec![], "4 Local"),
        unary(
            "silence once the request has ended",
            vec![Step::Settings(vec![]), Step::AwaitEnd],
            "4 Local",
        ),
        unary("silence after the headers", vec![grpc_headers()], "4 Local"),
        streaming(
            "silence after a message",
            vec![grpc_headers(), data(message(b"x"))],
            "4 Local",
        ),
        unary(
            "silence inside a message",
            vec![grpc_headers(), data(&b"\0\0\0\0\x09xx"[..])],
            "4 Local",
        ),
        unary(
            "a window of 0",
            vec![Step::Settings(vec![(4, 0)]), Step::AwaitHeaders],
            "4 Local",
        ),
        unary(
            "no streams allowed",
            vec![Step::Settings(vec![(3, 0)]), Step::AwaitHeaders],
            "Deadline BeforeRequest",
        ),
        unary(
            "one stream allowed",
            vec![
                Step::Settings(vec![(3, 1)]),
                Step::AwaitHeaders,
                grpc_headers(),
                data(message(b"x")),
                ok(),
            ],
            "0 Server",
        ),
        unary(
            "headers without end",
            vec![
                Step::OpenHeaders(fields(&[(":status", "200")])),
                Step::Repeat(Box::new(Step::Continuation(fields(&[("x", "y")]))), 100_000),
            ],
            "GoAway { code: 11, by_peer: false } BeforeHeaders",
        ),
        unary(
            "headers of 60 KiB",
            vec![grpc_headers_of(60), data(message(b"x")), ok()],
            "0 Server",
        ),
        unary(
            "headers beyond the limit",
            vec![grpc_headers_of(70)],
            "Reset { code: 1, by_peer: false } BeforeHeaders",
        ),
        unary(
            "empty DATA without end",
            vec![grpc_headers(), Step::Repeat(Box::new(data("")), 100_000)],
            "GoAway { code: 11, by_peer: false } AfterHeaders",
        ),
        unary(
            "a PING flood",
            vec![
                Step::Repeat(Box::new(Step::Ping), 10_000),
                grpc_headers(),
                data(message(b"x")),
                ok(),
            ],
            "0 Server",
        ),
        unary(
            "HTTP/1",
            vec![
                Step::Raw(b"HTTP/1.1 400 Bad Request\r\n\r\n".to_vec()),
                Step::Close,
            ],
            "GoAway { code: 6, by_peer: false } BeforeHeaders",
        ),
        unary(
            "SSH",
            vec![Step::Raw(b"SSH-2.0-OpenSSH_9.9\r\n".to_vec()), Step::Close],
            "GoAway { code: 6, by_peer: false } BeforeHeaders",
        ),
    ])
    .await;
}

/// Good headers and so many KiB of others.
fn grpc_headers_of(kib: usize) -> Step {
    let value = "v".repeat(990);
    let mut pairs = vec![(":status", "200"), ("content-type", "application/grpc")];
    pairs.extend((0..kib).map(|_| ("x", value.as_str())));
    headers(&pairs)
}

#[tokio::test(start_paused = true)]
async fn a_deadline_names_the_stage_and_resets_the_stream() {
    for (script, stage) in [
        (vec![], "before the server answered"),
        (vec![grpc_headers()], "after the headers"),
        (
            vec![Step::Settings(vec![(4, 0)]), Step::AwaitHeaders],
            "before the server took the request message",
        ),
        (
            vec![grpc_headers(), data(&b"\0\0\0\0\x09xx"[..])],
            "after 7 of 14 bytes",
        ),
    ] {
        let played = play(&script, false).await;
        assert_eq!(played.answer.duration, Duration::from_secs(5));
        let Ended::Status { status, .. } = &played.answer.outcome else {
            panic!("{:?}", played.answer.outcome);
        };
        let text = status.message.for_judging();
        assert!(text.contains(stage), "{text}");
        let last = played
            .received
            .iter()
            .rfind(|frame| frame.stream == 1)
            .unwrap();
        assert_eq!(last.kind, raw_http2::frame_type::RST_STREAM);
        assert_eq!(last.payload, [0, 0, 0, 8], "CANCEL");
    }
}

#[tokio::test(start_paused = true)]
async fn a_deadline_for_the_first_answer_lets_a_healthy_stream_go_on() {
    let rpc = || {
        let mut rpc = Rpc::unary("/test.Service/Method");
        rpc.server_streaming = true;
        rpc.first_answer_deadline = Some(Instant::now() + Duration::from_secs(30));
        rpc
    };
    let begin = [Step::Settings(vec![]), Step::AwaitHeaders, grpc_headers()];
    let answer = call(&begin, rpc()).await.answer;
    assert_eq!(outcome(&answer), "4 Local");
    assert_eq!(answer.duration, Duration::from_secs(30));

    let healthy = [&begin[..], &[data(message(b"x"))]].concat();
    let forever = tokio::time::timeout(Duration::from_secs(3600), call(&healthy, rpc()));
    assert!(forever.await.is_err());
}

#[tokio::test(start_paused = true)]
async fn the_status_of_a_single_message_must_follow() {
    let rpc = || {
        let mut rpc = Rpc::unary("/test.Service/Method");
        rpc.first_answer_deadline = Some(Instant::now() + Duration::from_secs(30));
        rpc
    };
    let begin = [
        Step::Settings(vec![]),
        Step::AwaitHeaders,
        grpc_headers(),
        data(message(b"x")),
    ];
    let answer = call(&begin, rpc()).await.answer;
    assert_eq!(outcome(&answer), "4 Local");
    assert_eq!(answer.messages, 1);
    assert_eq!(answer.duration, Duration::from_secs(30));

    // Empty frames and PINGs are no progress.
    let busy = [&begin[..], &vec![data(*b""); 20][..]].concat();
    let answer = call(&busy, rpc()).await.answer;
    assert_eq!(outcome(&answer), "4 Local");
    assert_eq!(answer.duration, Duration::from_secs(30));
}

#[tokio::test(start_paused = true)]
async fn a_deadline_that_has_passed_sends_nothing() {
    let mut rpc = Rpc::unary("/test.Service/Method");
    rpc.deadline = Some(Instant::now());
    let played = call(&[Step::Settings(vec![])], rpc).await;
    assert_eq!(outcome(&played.answer), "Deadline BeforeRequest");
    assert!(!played.answer.request_sent);
    assert!(played.received.iter().all(|frame| frame.stream == 0));
}

#[tokio::test(start_paused = true)]
async fn a_cancel_after_our_deadline_is_the_deadline() {
    let mut rpc = Rpc::unary("/test.Service/Method");
    rpc.deadline = Some(Instant::now() + Duration::from_secs(1));
    let (client, server) = tokio::io::duplex(1 << 16);
    let channel = connect(client).await;
    let script = [Step::Settings(vec![]), Step::AwaitHeaders, Step::Reset(8)];
    let peer = raw_http2::play(server, raw_http2::bytes(&script, 1));
    tokio::spawn(async {
        tokio::time::sleep(Duration::from_secs(1)).await;
        peer.await
    });
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Buffered::one("x"), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "4 Local");
}
