use std::net::SocketAddr;

use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpListener;

use super::*;
use crate::peer_text::PeerText;

/// Settings under which everything is allowed but what rule 1 forbids.
pub(in crate::authenticate) fn settings() -> HttpSettings {
    HttpSettings {
        anchors: Arc::new(TrustAnchors::new(Vec::new()).unwrap()),
        crls: Arc::default(),
        identity: None,
        clock: OffsetDateTime::UNIX_EPOCH,
        started: Instant::now(),
        proxy: Box::new(|_| None),
        overrides: Box::new(|_, _| Vec::new()),
        user_agent: HeaderValue::from_static("grpcauth/test"),
        allow_http: false,
        log_keys: false,
        time_limit: TIME_LIMIT,
    }
}

/// Answers each connection's requests with `answers` in turn, then closes.
async fn server(answers: &'static [&'static [u8]]) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        let mut request = vec![0; 4096];
        for answer in answers {
            if stream.read(&mut request).await.unwrap() == 0 {
                return;
            }
            stream.write_all(answer).await.unwrap();
        }
    });
    address
}

fn get(address: SocketAddr) -> HttpRequest {
    HttpRequest {
        purpose: Purpose::Token,
        method: Method::GET,
        url: EndpointUrl::parse(&format!("http://{address}/token")).unwrap(),
        headers: Vec::new(),
        body: None,
        told: Vec::new(),
    }
}

async fn outcome(answers: &'static [&'static [u8]]) -> (Option<HttpReply>, Exchange) {
    let settings = settings();
    let mut client = HttpClient::new(&settings);
    let reply = client.exchange(get(server(answers).await)).await;
    (reply, client.close().await.remove(0))
}

#[tokio::test]
async fn an_answer_and_its_head() {
    let (reply, exchange) = outcome(&[b"HTTP/1.1 302 Found\r\nlocation: https://other.test/login?next=1\r\nset-cookie: a=b\r\nretry-after: 7\r\ncontent-length: 2\r\n\r\nhi"]).await;
    assert_eq!(reply.unwrap().body, "hi");
    let head = exchange.head().unwrap();
    assert_eq!((head.status, head.reason), (302, Some("Found")));
    let is = |text: &Option<PeerText>, value: &str| text.as_ref().is_some_and(|it| *it == value);
    assert!(is(&head.location, "https://other.test/login?next=1"));
    assert!(is(&head.retry_after, "7"));
}

#[tokio::test]
async fn what_is_no_whole_answer_is_told_apart() {
    for (answers, expected) in [
        (&[b"" as &[u8]][..], "CutOff"),
        (
            &[b"HTTP/1.1 200 OK\r\ncontent-length: 10\r\n\r\nhalf"],
            "CutOff",
        ),
        (&[b"SSH-2.0-OpenSSH_9.6\r\n"], "NotHttp"),
        (
            &[b"HTTP/1.1 200 OK\r\ncontent-encoding: gzip\r\ncontent-length: 2\r\n\r\n\x1f\x8b"],
            "Encoded(PeerText(4 octets))",
        ),
    ] {
        let (reply, exchange) = outcome(answers).await;
        assert!(reply.is_none());
        assert_eq!(format!("{:?}", exchange.outcome), expected);
    }
}

#[tokio::test]
async fn a_body_without_end_is_not_read_to_it() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let address = listener.local_addr().unwrap();
    tokio::spawn(async move {
        let (mut stream, _) = listener.accept().await.unwrap();
        assert!(stream.read(&mut [0; 4096]).await.unwrap() > 0);
        let head = b"HTTP/1.1 200 OK\r\ncontent-length: 10000000000\r\n\r\n";
        stream.write_all(head).await.unwrap();
        while stream.write_all(&[b' '; 65536]).await.is_ok() {}
    });
    let settings = settings();
    let mut client = HttpClient::new(&settings);
    assert!(client.exchange(get(address)).await.is_none());
    assert!(matches!(client.exchanges[0].outcome, HttpOutcome::TooLarge));
}

#[tokio::test]
async fn silence_ends_at_the_time_limit() {
    let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
    let mut settings = settings();
    settings.time_limit = Duration::from_millis(20);
    let mut client = HttpClient::new(&settings);
    let address = listener.local_addr().unwrap();
    assert!(client.exchange(get(address)).await.is_none());
    assert!(matches!(client.exchanges[0].outcome, HttpOutcome::Late));
}

#[tokio::test]
async fn one_connection_serves_one_origin() {
    const OK: &[u8] = b"HTTP/1.1 200 OK\r\ncontent-length: 2\r\n\r\n{}";
    let address = server(&[OK, OK]).await;
    let settings = settings();
    let mut client = HttpClient::new(&settings);
    for reused in [false, true] {
        assert!(client.exchange(get(address)).await.is_some());
        assert_eq!(client.exchanges.last().unwrap().reused, reused);
    }
}

#[tokio::test]
async fn nothing_crosses_the_network_in_the_clear_unless_that_is_allowed() {
    let settings = settings();
    let mut client = HttpClient::new(&settings);
    let mut request = get("127.0.0.1:1".parse().unwrap());
    request.url = EndpointUrl::parse("http://192.0.2.1/token").unwrap();
    assert!(client.exchange(request).await.is_none());
    assert!(matches!(
        client.exchanges[0].outcome,
        HttpOutcome::Plaintext
    ));
    assert!(client.exchanges[0].handshake.is_none());
}
