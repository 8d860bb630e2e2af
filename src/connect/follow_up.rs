//! Bounded extra connections that settle a question the first one left open.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::Resumption;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::time::Instant;

use crate::connect::below_tls::BelowTls;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::channel_credentials::Tls;
use crate::connect::dial;
use crate::connect::dial::Socket;
use crate::connect::endpoint::Endpoint;
use crate::connect::proxy;
use crate::connect::record::Record;
use crate::connect::resolve;
use crate::connect::tls;
use crate::peer_text;
use crate::x509::TrustAnchors;

/// The time that one follow-up may take.
const PATIENCE: Duration = Duration::from_secs(1);

/// HTTP/2's connection preface and an empty SETTINGS frame (RFC 9113 §3.4).
const PREFACE: &[u8] = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n\0\0\0\x04\0\0\0\0\0";

/// The length of a frame's header (RFC 9113 §4.1).
const FRAME_HEADER: usize = 9;

/// How much of an answer is kept.
const ANSWER: usize = peer_text::KEPT;

/// TLS handshake and alert records (RFC 8446 §5.1).
const TLS_RECORDS: [u8; 2] = [0x16, 0x15];

/// Whether a TLS ClientHello on the endpoint's port is answered with TLS, be it by an alert.
/// Nothing is verified and nothing but the hello is sent.
pub(crate) async fn answers_tls_hello(endpoint: &Endpoint, unverified: Tls) -> bool {
    tokio::time::timeout(PATIENCE, async {
        let record = Record::default();
        let stream = BelowTls::new(socket(endpoint).await?, record.clone());
        let server_name = unverified.server_name.clone();
        let mut config = ChannelCredentials::Tls(unverified)
            .client_config(&record)
            .ok()??;
        config.resumption = Resumption::disabled();
        // The answer's first record decides, whatever comes of the handshake.
        let _ = tls::handshake(config, &server_name, stream, &record).await;
        let first = record.noted().first_bytes.clone();
        Some(first.len() >= 2 && TLS_RECORDS.contains(&first[0]) && first[1] == 3)
    })
    .await
    .ok()
    .flatten()
    .unwrap_or(false)
}

/// The first bytes, at most 64, that the endpoint's port answers to an HTTP/2 preface in plaintext;
/// empty if it answers nothing. The preface and an empty SETTINGS frame are all that is sent.
pub(crate) async fn answer_to_plaintext(endpoint: &Endpoint) -> Vec<u8> {
    let asking = async { Some(answer_to_preface(&mut socket(endpoint).await?, PATIENCE).await) };
    let answer = tokio::time::timeout(PATIENCE, asking).await;
    answer.ok().flatten().unwrap_or_default()
}

/// A new connection the same way as the first, through the proxy too.
async fn socket(endpoint: &Endpoint) -> Option<Socket> {
    let deadline = Instant::now() + PATIENCE;
    let addresses = resolve::resolve(endpoint).await.ok()?;
    let dialled = dial::dial(addresses, deadline, &mut Vec::new())
        .await
        .ok()?;
    match &endpoint.proxy {
        None => Some(dialled.io),
        Some(proxy) => proxy::tunnel(proxy, &endpoint.location, dialled.io, deadline)
            .await
            .ok(),
    }
}

/// What a peer says to an HTTP/2 preface: its first bytes, at most [`ANSWER`], as far as they came in time.
pub(super) async fn answer_to_preface<S>(stream: &mut S, patience: Duration) -> Vec<u8>
where
    S: AsyncRead + AsyncWrite + Unpin,
{
    let mut answer = Vec::new();
    let asking = async {
        stream.write_all(PREFACE).await?;
        stream.flush().await?;
        // A frame's header says enough; the rest need not be waited for.
        while answer.len() < FRAME_HEADER {
            let room = (ANSWER - answer.len()) as u64;
            if (&mut *stream).take(room).read_buf(&mut answer).await? == 0 {
                break;
            }
        }
        std::io::Result::Ok(())
    };
    // However it ends, what came counts.
    let _ = tokio::time::timeout(patience, asking).await;
    answer
}

/// Channel credentials that trust nobody and go on all the same, for a hello that sends nothing.
pub(crate) fn unverified(
    server_name: rustls::pki_types::ServerName<'static>,
    now: rustls::pki_types::UnixTime,
) -> Tls {
    Tls {
        anchors: Arc::new(TrustAnchors::default()),
        crls: Arc::default(),
        server_name,
        workload: None,
        pins: Arc::default(),
        versions: rustls::ALL_VERSIONS,
        insecure: true,
        log_keys: false,
        alpn: tls::H2,
        now,
    }
}

#[cfg(test)]
mod tests {
    use std::net::SocketAddr;

    use tokio::net::TcpListener;

    use super::*;
    use crate::connect::endpoint::Location;

    fn endpoint(address: SocketAddr) -> Endpoint {
        Endpoint {
            location: Location::Tcp {
                host: address.ip().to_string(),
                port: address.port(),
                overrides: Vec::new(),
            },
            proxy: None,
            channel: ChannelCredentials::Insecure,
            authority: address.to_string(),
            only_loopback: false,
            keepalive: None,
        }
    }

    /// A server that answers the first bytes of one connection with `words` and closes.
    async fn asked(words: &'static [u8]) -> Vec<u8> {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let endpoint = endpoint(listener.local_addr().unwrap());
        let serving = async {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut heard = [0; 33];
            stream.read_exact(&mut heard).await.unwrap();
            assert_eq!(heard, PREFACE);
            stream.write_all(words).await.unwrap();
        };
        tokio::join!(answer_to_plaintext(&endpoint), serving).0
    }

    #[tokio::test]
    async fn the_answer_to_a_plaintext_preface_is_kept() {
        for words in [
            &b"\0\0\0\x04\0\0\0\0\0"[..],
            b"HTTP/1.1 400 Bad Request\r\n\r\n",
            b"short",
            b"",
        ] {
            assert_eq!(asked(words).await, words);
        }
    }

    #[tokio::test(start_paused = true)]
    async fn silence_is_not_waited_for_long() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        assert!(answer_to_plaintext(&endpoint(address)).await.is_empty());
    }
}
