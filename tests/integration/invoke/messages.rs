//! Frames, compression and the number of messages.

use std::io::Write as _;

use flate2::Compression;
use flate2::write::GzEncoder;

use super::*;

fn gzip(octets: &[u8]) -> Vec<u8> {
    let mut encoder = GzEncoder::new(Vec::new(), Compression::best());
    encoder.write_all(octets).unwrap();
    encoder.finish().unwrap()
}

fn encoded_headers(encoding: &str) -> Step {
    headers(&[
        (":status", "200"),
        ("content-type", "application/grpc"),
        ("grpc-encoding", encoding),
    ])
}

#[tokio::test(start_paused = true)]
async fn rows() {
    let ok = || trailers(&[("grpc-status", "0")]);
    let denied = || trailers(&[("grpc-status", "7")]);
    let half = || data(&message(&[b'x'; 100])[..20]);
    let compressed = || data(framed(1, &gzip(b"hello")));
    let bomb = || framed(1, &gzip(&vec![0; 5 << 20]));
    check(vec![
        unary(
            "two messages",
            vec![grpc_headers(), data(message(b"x").repeat(2)), ok()],
            "13 Local, ExtraMessages",
        ),
        unary(
            "messages without end",
            vec![
                grpc_headers(),
                Step::Repeat(Box::new(data(message(b"x"))), 200_000),
            ],
            "13 Local, ExtraMessages",
        ),
        unary(
            "OK without a message",
            vec![grpc_headers(), ok()],
            "13 Local, NoMessage",
        ),
        unary(
            "OK without a message, trailers only",
            vec![trailers_only(&[("grpc-status", "0")])],
            "13 Local, NoMessage",
        ),
        unary(
            "a message, then a denial",
            vec![grpc_headers(), data(message(b"x")), denied()],
            "7 Server",
        ),
        unary(
            "half a message, then OK",
            vec![grpc_headers(), half(), ok()],
            "13 Local, TruncatedMessage",
        ),
        unary(
            "half a message, then a denial",
            vec![grpc_headers(), half(), denied()],
            "7 Server",
        ),
        unary(
            "half a message, then nothing",
            vec![grpc_headers(), half(), last_data("")],
            "13 Local, MissingStatus, TruncatedMessage",
        ),
        unary(
            "half a prefix, then OK",
            vec![grpc_headers(), data(&b"\0\0"[..]), ok()],
            "13 Local, TruncatedMessage",
        ),
        streaming(
            "a message and a half, then OK",
            vec![grpc_headers(), data(message(b"x")), half(), ok()],
            "13 Local, TruncatedMessage",
        ),
        unary(
            "4 GiB announced",
            vec![grpc_headers(), data(&b"\0\xff\xff\xff\xffxx"[..])],
            "8 Local, MessageTooLarge",
        ),
        unary(
            "a bad flag",
            vec![grpc_headers(), data(framed(2, b"x")), ok()],
            "13 Local, BadCompressionFlag",
        ),
        unary(
            "a page as body",
            vec![grpc_headers(), last_data("<html>")],
            "13 Local, BadCompressionFlag",
        ),
        unary(
            "gzip",
            vec![encoded_headers("gzip"), compressed(), ok()],
            "0 Server",
        ),
        unary(
            "gzip not named",
            vec![grpc_headers(), compressed(), ok()],
            "13 Local, UnknownEncoding",
        ),
        unary(
            "identity, yet compressed",
            vec![encoded_headers("identity"), compressed(), ok()],
            "13 Local, UnknownEncoding",
        ),
        unary(
            "zstd",
            vec![encoded_headers("zstd"), compressed(), ok()],
            "13 Local, UnknownEncoding",
        ),
        unary(
            "zstd named, not used",
            vec![encoded_headers("zstd"), data(message(b"x")), ok()],
            "0 Server",
        ),
        unary(
            "not gzip after all",
            vec![encoded_headers("gzip"), data(framed(1, b"hello")), ok()],
            "13 Local, CorruptCompression",
        ),
        unary(
            "a bomb",
            vec![encoded_headers("gzip"), data(bomb()), ok()],
            "8 Local, MessageTooLarge",
        ),
        unary(
            "padding",
            vec![
                grpc_headers(),
                Step::PaddedData {
                    octets: message(b"x"),
                    padding: 200,
                },
                ok(),
            ],
            "0 Server",
        ),
        unary(
            "a message of one octet per frame",
            [
                vec![grpc_headers()],
                message(b"slowly")
                    .into_iter()
                    .map(|octet| data([octet]))
                    .collect(),
                vec![ok()],
            ]
            .concat(),
            "0 Server",
        ),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn messages_arrive_whole_and_inflated() {
    let script = [
        encoded_headers("gzip"),
        data([message(b"plain"), framed(1, &gzip(b"hello")), message(b"")].concat()),
        trailers(&[("grpc-status", "0")]),
    ];
    let played = play(&script, true).await;
    assert_eq!(played.messages, ["plain", "hello", ""]);
    assert_eq!(played.answer.messages, 3);
}

#[tokio::test(start_paused = true)]
async fn reading_stops_at_the_second_message_of_a_unary_answer() {
    let script = [
        grpc_headers(),
        Step::Repeat(Box::new(data(message(b"x"))), 200_000),
    ];
    let played = play(&script, false).await;
    assert_eq!((played.messages.len(), played.answer.messages), (1, 2));
    let reset = played
        .received
        .iter()
        .find(|frame| frame.kind == raw_http2::frame_type::RST_STREAM);
    assert_eq!(reset.unwrap().payload, [0, 0, 0, 8]);
}

#[tokio::test(start_paused = true)]
async fn many_small_messages_in_frames_of_their_own_are_taken() {
    const COUNT: usize = 10_000;
    let burst = raw_http2::frame(raw_http2::frame_type::DATA, 0, 1, &message(b"x")).repeat(COUNT);
    let script = [
        grpc_headers(),
        Step::Raw(burst),
        trailers(&[("grpc-status", "0")]),
    ];
    let played = play(&script, true).await;
    assert_eq!(outcome(&played.answer), "0 Server");
    assert_eq!(played.messages.len(), COUNT);
}
