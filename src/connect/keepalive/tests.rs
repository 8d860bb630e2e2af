use bytes::Bytes;
use h2::client::SendRequest;
use http::Request;
use http::Response;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;

use super::*;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::endpoint::Endpoint;
use crate::connect::endpoint::Location;
use crate::connect::http2;
use crate::connect::http2::Connection;
use crate::connect::report::HandshakeReport;

const TIME: Duration = Duration::from_secs(10);

/// Frame types of RFC 9113 §6.
const SETTINGS: u8 = 4;
const PING: u8 = 6;

async fn connected(io: DuplexStream, record: &Record) -> Connection {
    let endpoint = Endpoint {
        location: Location::Unix("peer".into()),
        proxy: None,
        channel: ChannelCredentials::Insecure,
        authority: "peer.test".into(),
        only_loopback: false,
        keepalive: Some(TIME),
    };
    let report = HandshakeReport::new(true);
    http2::start(&endpoint, io, record, &report).await.unwrap()
}

/// A server that says its SETTINGS and nothing more; when the PINGs came, as seconds since the start.
async fn mute(mut io: DuplexStream) -> Vec<u64> {
    let started = Instant::now();
    let mut preface = [0; 24];
    io.read_exact(&mut preface).await.unwrap();
    io.write_all(&[0, 0, 0, SETTINGS, 0, 0, 0, 0, 0])
        .await
        .unwrap();
    let mut pings = Vec::new();
    let mut head = [0; 9];
    while io.read_exact(&mut head).await.is_ok() {
        let length = u32::from_be_bytes([0, head[0], head[1], head[2]]);
        let mut payload = vec![0; length as usize];
        io.read_exact(&mut payload).await.unwrap();
        if head[3] == PING {
            pings.push(started.elapsed().as_secs());
        }
    }
    pings
}

fn request(sender: &mut SendRequest<Bytes>) -> h2::client::ResponseFuture {
    let request = Request::post("http://peer.test/").body(()).unwrap();
    sender.send_request(request, true).unwrap().0
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_answers_no_ping_is_given_up() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = tokio::spawn(mute(server));
    let record = Record::default();
    let connection = connected(client, &record).await;
    let _open = connection.streams().open();
    let lost = request(&mut connection.send_request()).await.unwrap_err();
    assert!(lost.is_io(), "{lost:?}");
    let mut report = HandshakeReport::new(true);
    connection.update(&mut report);
    assert!(matches!(report.ending, Some(Ending::Unanswered { silent_for }) if silent_for == TIME));
    assert_eq!(server.await.unwrap(), [10]);
}

#[tokio::test(start_paused = true)]
async fn without_a_stream_nothing_is_asked() {
    let (client, server) = tokio::io::duplex(1 << 16);
    let server = tokio::spawn(mute(server));
    let record = Record::default();
    let connection = connected(client, &record).await;
    tokio::time::sleep(TIME * 10).await;
    drop(connection.streams().open());
    tokio::time::sleep(TIME * 10).await;
    assert!(record.noted().ending.is_none());
    connection.close().await;
    assert_eq!(server.await.unwrap(), [0; 0]);
}

#[tokio::test(start_paused = true)]
async fn a_peer_that_answers_is_waited_for() {
    let (client, server) = tokio::io::duplex(1 << 16);
    tokio::spawn(async move {
        let mut connection = h2::server::handshake(server).await.unwrap();
        let (_, mut respond) = connection.accept().await.unwrap().unwrap();
        let answering = async move {
            tokio::time::sleep(TIME * 30).await;
            respond.send_response(Response::new(()), true).unwrap();
        };
        tokio::join!(answering, async {
            while connection.accept().await.is_some() {}
        });
    });
    let record = Record::default();
    let connection = connected(client, &record).await;
    let _open = connection.streams().open();
    let response = request(&mut connection.send_request()).await.unwrap();
    assert!(response.status().is_success());
    assert!(record.noted().ending.is_none());
}

#[tokio::test(start_paused = true)]
async fn a_stream_that_is_not_silent_needs_no_ping() {
    let (client, mut io) = tokio::io::duplex(1 << 16);
    let server = tokio::spawn(async move {
        let (mut reader, mut writer) = tokio::io::split(&mut io);
        let settings = [0, 0, 0, SETTINGS, 0, 0, 0, 0, 0];
        // A second SETTINGS every few seconds is as good as any other word.
        let talking = async {
            for _ in 0..20 {
                writer.write_all(&settings).await.unwrap();
                tokio::time::sleep(TIME / 2).await;
            }
        };
        let mut heard = Vec::new();
        let listening = async { while reader.read_buf(&mut heard).await.unwrap_or(0) > 0 {} };
        tokio::select! { () = talking => {} () = listening => {} }
        heard
    });
    let connection = connected(client, &Record::default()).await;
    let _open = connection.streams().open();
    let _ = request(&mut connection.send_request()).await;
    let heard = server.await.unwrap();
    let ping = [0, 0, 8, PING, 0];
    assert!(!heard.windows(ping.len()).any(|window| window == ping));
}
