//! HTTP answers of things that stand before a gRPC server.

use grpcauth::internals::AnsweredBy;
use grpcauth::internals::Ended;

use super::*;

#[tokio::test(start_paused = true)]
async fn http_answers_are_mapped_and_their_bodies_never_parsed() {
    let bodies = [
        (Some("text/html"), "<html>log in</html>"),
        (Some("text/plain"), "no"),
        (Some("application/json"), "{\"error\":\"no\"}"),
        (None, ""),
    ];
    for (http_status, code) in [
        (200, 2),
        (301, 2),
        (302, 2),
        (400, 13),
        (401, 16),
        (403, 7),
        (404, 12),
        (405, 2),
        (421, 2),
        (429, 14),
        (500, 2),
        (502, 14),
        (503, 14),
        (504, 14),
    ] {
        for (content_type, body) in bodies {
            let status = http_status.to_string();
            let mut pairs = vec![(":status", status.as_str()), ("www-authenticate", "Bearer")];
            pairs.extend(content_type.map(|value| ("content-type", value)));
            let script = match body {
                "" => vec![trailers(&pairs)],
                _ => vec![headers(&pairs), last_data(body)],
            };
            for server_streaming in [false, true] {
                let played = play(&script, server_streaming).await;
                let Ended::Status {
                    status,
                    answered_by,
                } = &played.answer.outcome
                else {
                    panic!(
                        "{http_status} {content_type:?}: {:?}",
                        played.answer.outcome
                    );
                };
                assert_eq!(
                    (status.code.0, *answered_by, &status.raw),
                    (code, AnsweredBy::Proxy, &None)
                );
                assert!(
                    status
                        .message
                        .for_judging()
                        .contains(&http_status.to_string())
                );
                assert_eq!(played.answer.http_status, Some(http_status));
                assert_eq!(played.answer.headers["www-authenticate"], "Bearer");
                assert_eq!(played.answer.body_excerpt, Some(body.into()));
                assert!(played.messages.is_empty());
            }
        }
    }
}

#[tokio::test(start_paused = true)]
async fn odd_answers() {
    let html = [(":status", "200"), ("content-type", "text/html")];
    let page = || headers(&html);
    check(vec![
        streaming(
            "a page that looks like a frame",
            vec![page(), last_data(message(b"x"))],
            "2 Proxy",
        ),
        streaming(
            "a page that ends with grpc-status 0",
            vec![page(), data("<html>"), trailers(&[("grpc-status", "0")])],
            "2 Proxy",
        ),
        streaming(
            "a page that ends with grpc-status 16",
            vec![page(), data("<html>"), trailers(&[("grpc-status", "16")])],
            "16 Server, OddContentType",
        ),
        streaming(
            "trailers only without a content type",
            vec![trailers(&[(":status", "200"), ("grpc-status", "7")])],
            "7 Server, MissingContentType",
        ),
        streaming(
            "OK in one block without a content type",
            vec![trailers(&[(":status", "200"), ("grpc-status", "0")])],
            "2 Proxy",
        ),
        streaming(
            "HTTP 204 with a real status, as nginx is set up to answer",
            vec![trailers(&[
                (":status", "204"),
                ("content-type", "application/grpc"),
                ("grpc-status", "14"),
            ])],
            "14 Server, HttpStatus",
        ),
        unary(
            "HTTP 401 with a real status and a body",
            vec![
                headers(&[
                    (":status", "401"),
                    ("content-type", "text/plain"),
                    ("grpc-status", "16"),
                ]),
                last_data("no"),
            ],
            "16 Server, HttpStatus, OddContentType",
        ),
        streaming(
            "HTTP 401 with OK",
            vec![trailers(&[
                (":status", "401"),
                ("content-type", "application/grpc"),
                ("grpc-status", "0"),
            ])],
            "16 Proxy",
        ),
        unary(
            "HTTP 503 with gRPC's content type",
            vec![
                headers(&[(":status", "503"), ("content-type", "application/grpc")]),
                last_data(""),
            ],
            "14 Proxy",
        ),
        unary(
            "grpc-web",
            vec![
                headers(&[(":status", "200"), ("content-type", "application/grpc-web")]),
                last_data(message(b"x")),
            ],
            "2 Proxy",
        ),
        unary(
            "a body that is cut",
            vec![headers(&[(":status", "403")]), data("partial"), Step::Close],
            "7 Proxy",
        ),
        unary(
            "a body that is reset",
            vec![
                headers(&[(":status", "401")]),
                data("partial"),
                Step::Reset(0),
            ],
            "16 Proxy",
        ),
        unary(
            "a body that never ends",
            vec![headers(&[(":status", "403")]), data("partial")],
            "7 Proxy",
        ),
    ])
    .await;
}

#[tokio::test(start_paused = true)]
async fn a_body_is_kept_in_part_and_not_waited_for() {
    let headers = headers(&[(":status", "403"), ("content-type", "text/html")]);
    let endless = Step::Repeat(Box::new(data(vec![b'x'; 700])), 100_000);
    let begun = Instant::now();
    let played = play(&[headers.clone(), endless], false).await;
    let excerpt = played.answer.body_excerpt.unwrap();
    assert_eq!(excerpt.octets_for_judging().len(), 8192);
    assert!(excerpt.is_cut());
    assert_eq!(begun.elapsed(), Duration::ZERO);

    let played = play(&[headers, data("drip")], false).await;
    assert_eq!(played.answer.body_excerpt.unwrap(), "drip");
    assert_eq!(played.answer.duration, Duration::from_secs(1));
}
