//! The four kinds of RPC, against a server that keeps to the protocol.

use std::convert::Infallible;
use std::future::pending;

use bytes::BytesMut;
use grpcauth::internals::Flow;
use grpcauth::internals::Requests;
use grpcauth::internals::Responses;
use grpcauth::internals::Trouble;
use h2::RecvStream;
use h2::server::SendResponse;
use http::HeaderMap;
use http::Request;
use http::Response;
use http::header::HeaderName;
use tokio::sync::mpsc;
use tokio::task::JoinHandle;

use super::*;

/// What the server saw of the request.
struct Seen {
    request: Request<()>,
    body: Bytes,
    /// Whether the client ended its side; otherwise it reset the stream.
    ended: bool,
}

/// How the server answers.
#[derive(Clone, Copy)]
enum Answering {
    /// Each chunk comes back as it arrived.
    Echo,
    /// The last framed message comes back when the client has ended.
    AtTheEnd,
    /// Denied on sight.
    Denied,
}

fn serve(io: DuplexStream, answering: Answering) -> JoinHandle<Seen> {
    tokio::spawn(async move {
        let mut connection = h2::server::handshake(io).await.unwrap();
        let (request, respond) = connection.accept().await.unwrap().unwrap();
        tokio::spawn(async move { while connection.accept().await.is_some() {} });
        answer_one(request, respond, answering).await
    })
}

async fn answer_one(
    request: Request<RecvStream>,
    mut respond: SendResponse<Bytes>,
    answering: Answering,
) -> Seen {
    let (parts, mut body) = request.into_parts();
    let mut response = Response::builder()
        .header("content-type", "application/grpc")
        .body(())
        .unwrap();
    let mut seen = Seen {
        request: Request::from_parts(parts, ()),
        body: Bytes::new(),
        ended: true,
    };
    if let Answering::Denied = answering {
        response
            .headers_mut()
            .insert("grpc-status", HeaderValue::from_static("16"));
        respond.send_response(response, true).unwrap();
        return seen;
    }
    let mut stream = respond.send_response(response, false).unwrap();
    let mut read = BytesMut::new();
    while let Some(chunk) = body.data().await {
        let Ok(chunk) = chunk else {
            seen.ended = false;
            break;
        };
        body.flow_control().release_capacity(chunk.len()).unwrap();
        read.extend_from_slice(&chunk);
        if let Answering::Echo = answering {
            let _ = stream.send_data(chunk, false);
        }
    }
    seen.body = read.freeze();
    if let Answering::AtTheEnd = answering {
        let _ = stream.send_data(message(b"done").into(), false);
    }
    let mut trailers = HeaderMap::new();
    trailers.insert("grpc-status", HeaderValue::from_static("0"));
    let _ = stream.send_trailers(trailers);
    seen
}

/// Requests that a test hands over one by one.
struct Handed(mpsc::UnboundedReceiver<Result<Bytes, &'static str>>);

impl Requests for Handed {
    type Error = &'static str;

    async fn next(&mut self) -> Option<Result<Bytes, &'static str>> {
        self.0.recv().await
    }
}

/// Hands over the next request when an answer to the one before is here.
struct PingPong {
    requests: Option<mpsc::UnboundedSender<Result<Bytes, &'static str>>>,
    left: u8,
    answers: Vec<Bytes>,
}

impl Responses for PingPong {
    fn message(&mut self, encoded: Bytes) -> Flow {
        self.answers.push(encoded);
        match self.left.checked_sub(1) {
            None => self.requests = None,
            Some(left) => {
                self.left = left;
                let requests = self.requests.as_ref().unwrap();
                requests.send(Ok(Bytes::from(vec![left; 3]))).unwrap();
            }
        }
        Flow::Continue
    }
}

fn streams(rpc: &mut Rpc) {
    (rpc.client_streaming, rpc.server_streaming) = (true, true);
}

#[tokio::test(start_paused = true)]
async fn the_request_is_what_the_protocol_asks_for() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = serve(server, Answering::Echo);
    let channel = connect(client).await;
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.deadline = Some(Instant::now() + Duration::from_secs(90));
    let key = HeaderName::from_static("authorization");
    let mut token = HeaderValue::from_static("Bearer x");
    token.set_sensitive(true);
    rpc.metadata.append(key.clone(), token);
    rpc.metadata
        .append(key, HeaderValue::from_static("Basic y"));
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Buffered::one("hello"), &mut responses)
        .await
        .unwrap();
    assert_eq!(outcome(&answer), "0 Server");
    assert_eq!(responses.messages, ["hello"]);
    assert_eq!((answer.requests_sent, answer.messages), (1, 1));
    assert_eq!(answer.headers["content-type"], "application/grpc");
    assert_eq!(answer.trailers["grpc-status"], "0");

    let Seen {
        request,
        body,
        ended,
    } = server.await.unwrap();
    assert_eq!(request.method(), "POST");
    assert_eq!(request.uri(), "http://peer.test/pkg.Service/Method");
    let headers: Vec<_> = request
        .headers()
        .iter()
        .map(|(key, value)| (key.as_str(), value.to_str().unwrap()))
        .collect();
    assert_eq!(
        headers,
        [
            ("te", "trailers"),
            ("grpc-timeout", "90S"),
            ("content-type", "application/grpc"),
            ("grpc-accept-encoding", "gzip"),
            ("user-agent", "test"),
            ("authorization", "Bearer x"),
            ("authorization", "Basic y"),
        ]
    );
    assert_eq!(body, message(b"hello"));
    assert!(ended);
}

#[tokio::test(start_paused = true)]
async fn both_ways_at_once() {
    let (client, server) = tokio::io::duplex(1 << 16);
    serve(server, Answering::Echo);
    let channel = connect(client).await;
    let (requests, handed) = mpsc::unbounded_channel();
    requests.send(Ok(Bytes::from("first"))).unwrap();
    let mut responses = PingPong {
        requests: Some(requests),
        left: 3,
        answers: Vec::new(),
    };
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    streams(&mut rpc);
    let answer = invoke(&channel, rpc, Handed(handed), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "0 Server");
    let expected = [&b"first"[..], &[2; 3], &[1; 3], &[0; 3]];
    assert_eq!(responses.answers, expected);
}

#[tokio::test(start_paused = true)]
async fn many_requests_and_one_answer() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = serve(server, Answering::AtTheEnd);
    let channel = connect(client).await;
    let large = Bytes::from(vec![7; 300_000]);
    let messages = vec![Bytes::from("a"), large.clone(), Bytes::new()];
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.client_streaming = true;
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Buffered::new(messages), &mut responses)
        .await
        .unwrap();
    assert_eq!(outcome(&answer), "0 Server");
    assert_eq!(answer.requests_sent, 3);
    assert_eq!(responses.messages, ["done"]);
    let sent = [message(b"a"), message(&large), message(b"")].concat();
    assert!(server.await.unwrap().body == sent);
}

#[tokio::test(start_paused = true)]
async fn requests_are_compressed_if_asked_for() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = serve(server, Answering::AtTheEnd);
    let channel = connect(client).await;
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.compress = true;
    let message = vec![b'x'; 10_000];
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Buffered::one(message), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "0 Server");
    let seen = server.await.unwrap();
    assert_eq!(seen.request.headers()["grpc-encoding"], "gzip");
    assert_eq!(seen.body[0], 1);
    assert!(seen.body.len() < 200);
}

#[tokio::test(start_paused = true)]
async fn an_answer_does_not_wait_for_the_requests() {
    struct Never;
    impl Requests for Never {
        type Error = Infallible;

        async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
            pending().await
        }
    }
    let (client, server) = tokio::io::duplex(1 << 16);
    serve(server, Answering::Denied);
    let channel = connect(client).await;
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    streams(&mut rpc);
    let answer = invoke(&channel, rpc, Never, &mut Collected::default()).await;
    let answer = answer.unwrap();
    assert_eq!(outcome(&answer), "16 Server");
    assert_eq!(answer.requests_sent, 0);
}

#[tokio::test(start_paused = true)]
async fn trouble_with_the_input_cancels() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = serve(server, Answering::AtTheEnd);
    let channel = connect(client).await;
    let (requests, handed) = mpsc::unbounded_channel();
    requests.send(Ok(Bytes::from("good"))).unwrap();
    requests.send(Err("line 2 is no JSON")).unwrap();
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    streams(&mut rpc);
    let trouble = invoke(&channel, rpc, Handed(handed), &mut Collected::default()).await;
    assert!(matches!(trouble, Err(Trouble::Input("line 2 is no JSON"))));
    assert!(!server.await.unwrap().ended);
}

#[tokio::test(start_paused = true)]
async fn a_receiver_that_has_enough_ends_the_rpc() {
    struct Once;
    impl Responses for Once {
        fn message(&mut self, _: Bytes) -> Flow {
            Flow::Stop
        }
    }
    let (client, server) = tokio::io::duplex(1 << 16);
    serve(server, Answering::Echo);
    let channel = connect(client).await;
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.server_streaming = true;
    let answer = invoke(&channel, rpc, Buffered::one("x"), &mut Once).await;
    assert_eq!(outcome(&answer.unwrap()), "Stopped");
}

#[tokio::test(start_paused = true)]
async fn what_cannot_be_sent_is_an_error_and_no_panic() {
    let (client, _server) = tokio::io::duplex(1 << 16);
    let channel = connect(client).await;
    for (path, authority) in [
        ("", "peer.test"),
        ("pkg.Service/Method", "peer.test"),
        ("*", "peer.test"),
        ("/pkg.Service/\r\n", "peer.test"),
        ("/pkg Service", "peer.test"),
        ("/Method", "peer test"),
        ("/Method#fragment", "peer.test"),
        ("/Method", ""),
    ] {
        let channel = Channel {
            authority: authority.into(),
            ..channel.clone()
        };
        let mut responses = Collected::default();
        let rpc = Rpc::unary(path);
        let trouble = invoke(&channel, rpc, Buffered::one("x"), &mut responses).await;
        let Err(Trouble::Request(error)) = trouble else {
            panic!("{path:?} at {authority:?} was sent");
        };
        assert!(!error.to_string().contains(['\r', '\n']), "{error}");
    }
}

/// Hands out a message after a minute, and ends after another.
struct Slow(u8);

impl Requests for Slow {
    type Error = Infallible;

    async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        tokio::time::sleep(Duration::from_secs(60)).await;
        self.0 += 1;
        (self.0 == 1).then(|| Ok(Bytes::from("typed")))
    }
}

#[tokio::test(start_paused = true)]
async fn the_time_that_our_own_input_takes_is_not_the_peers() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let answering = serve(server, Answering::AtTheEnd);
    let channel = connect(client).await;
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.client_streaming = true;
    rpc.first_answer_deadline = Some(Instant::now() + Duration::from_secs(30));
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Slow(0), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "0 Server");
    assert_eq!(answering.await.unwrap().body, message(b"typed"));
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_is_silent_after_the_input_is_given_up() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let _open = server;
    let channel = connect(client).await;
    let started = Instant::now();
    let mut rpc = Rpc::unary("/pkg.Service/Method");
    rpc.client_streaming = true;
    rpc.first_answer_deadline = Some(started + Duration::from_secs(30));
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc.clone(), Slow(0), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "4 Local");
    let taken = started.elapsed().as_secs();
    assert!((149..=151).contains(&taken), "{taken} s");
    // The user's own limit stands, whoever is waited for.
    rpc.deadline = Some(Instant::now() + Duration::from_secs(45));
    rpc.first_answer_deadline = None;
    let answer = invoke(&channel, rpc, Slow(0), &mut responses).await;
    assert_eq!(outcome(&answer.unwrap()), "4 Local");
}
