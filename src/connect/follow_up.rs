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

/// How a port answers octets that were sent to it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Answered {
    /// Its first octets, at most [`ANSWER`].
    Octets(Vec<u8>),
    /// It closed or reset the connection.
    Closed,
    Silent,
    /// There was no connection.
    Unreached,
}

/// The answer to an HTTP/2 preface without TLS, whatever the endpoint's channel is.
pub(crate) async fn answer_to_preface_in_plaintext(
    endpoint: &Endpoint,
    patience: Duration,
) -> Answered {
    answer_to(endpoint, PREFACE, patience).await
}

/// The answer to a ClientHello that offers nothing newer than TLS 1.1.
pub(crate) async fn answer_to_hello_of_tls_1_1(
    endpoint: &Endpoint,
    patience: Duration,
) -> Answered {
    let name = match endpoint.channel.server_name() {
        rustls::pki_types::ServerName::DnsName(name) => Some(name.as_ref().to_owned()),
        _ => None,
    };
    answer_to(endpoint, &hello_of_tls_1_1(name.as_deref()), patience).await
}

async fn answer_to(endpoint: &Endpoint, octets: &[u8], patience: Duration) -> Answered {
    let asking = async {
        let Some(mut socket) = socket(endpoint).await else {
            return Answered::Unreached;
        };
        let mut answer = Vec::new();
        let read = async {
            socket.write_all(octets).await?;
            socket.flush().await?;
            while answer.len() < FRAME_HEADER {
                let room = (ANSWER - answer.len()) as u64;
                if (&mut socket).take(room).read_buf(&mut answer).await? == 0 {
                    break;
                }
            }
            std::io::Result::Ok(())
        };
        // A reset is an answer, too.
        let is_over = tokio::time::timeout(patience, read).await.is_ok();
        match (answer.is_empty(), is_over) {
            (false, _) => Answered::Octets(answer),
            (true, true) => Answered::Closed,
            (true, false) => Answered::Silent,
        }
    };
    asking.await
}

/// A ClientHello of TLS 1.1 (RFC 4346 §7.4.1.2), with the suites and groups that servers of its time had.
fn hello_of_tls_1_1(server_name: Option<&str>) -> Vec<u8> {
    const SUITES: [u16; 7] = [0xc009, 0xc00a, 0xc013, 0xc014, 0x002f, 0x0035, 0x000a];
    let sized = |octets: &[u8]| -> Vec<u8> {
        let length = u16::try_from(octets.len()).unwrap_or(u16::MAX);
        [&length.to_be_bytes()[..], octets].concat()
    };
    let extension = |kind: u16, octets: &[u8]| [&kind.to_be_bytes()[..], &sized(octets)].concat();
    let mut extensions = Vec::new();
    if let Some(name) = server_name {
        // RFC 6066 §3: a list of one host name.
        let entry = [&[0][..], &sized(name.as_bytes())].concat();
        extensions.extend(extension(0, &sized(&entry)));
    }
    // RFC 8422 §5.1: x25519, secp256r1 and secp384r1, uncompressed points.
    extensions.extend(extension(10, &sized(&[0, 29, 0, 23, 0, 24])));
    extensions.extend(extension(11, &[1, 0]));
    let suites: Vec<u8> = SUITES
        .iter()
        .flat_map(|suite| suite.to_be_bytes())
        .collect();
    let body = [
        &[3, 2][..],
        &[0x5a; 32],
        &[0],
        &sized(&suites),
        &[1, 0],
        &sized(&extensions),
    ]
    .concat();
    let length = u32::try_from(body.len()).unwrap_or(0).to_be_bytes();
    let handshake = [&[1][..], &length[1..], &body].concat();
    [&[0x16, 3, 1][..], &sized(&handshake)].concat()
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
