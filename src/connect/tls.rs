//! The TLS handshake, and what it agreed.

pub(crate) mod client_certificate;
pub(crate) mod verifier;
pub(crate) mod versions;

use std::io;
use std::sync::Arc;

use rustls::ClientConfig;
use rustls::ProtocolVersion;
use rustls::pki_types::ServerName;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio_rustls::TlsConnector;
use tokio_rustls::client::TlsStream;

use crate::connect::record::Record;
use crate::connect::report::Failure;
use crate::connect::report::Phase;

/// What gRPC needs.
pub(crate) const H2: &[u8] = b"h2";
/// What the HTTP endpoints on the way to a token are asked for.
pub(crate) const HTTP_1_1: &[u8] = b"http/1.1";

/// Shakes hands and notes what was agreed.
pub(crate) async fn handshake<S: AsyncRead + AsyncWrite + Unpin>(
    config: ClientConfig,
    server_name: &ServerName<'static>,
    stream: S,
    record: &Record,
) -> Result<TlsStream<S>, Failure> {
    record.noted().tls.server_name = server_name.to_str().into_owned();
    let connector = TlsConnector::from(Arc::new(config));
    let stream = connector
        .connect(server_name.clone(), stream)
        .await
        .map_err(|error| failure(&error))?;
    note_agreement(stream.get_ref().1, record);
    Ok(stream)
}

fn note_agreement(connection: &rustls::ClientConnection, record: &Record) {
    let mut noted = record.noted();
    let received = noted.bytes_received;
    let tls = &mut noted.tls;
    tls.completed = true;
    tls.received_by_completion = received;
    tls.version = connection.protocol_version().and_then(version_name);
    tls.cipher_suite = connection
        .negotiated_cipher_suite()
        // The registered name has no 13 in it: TLS_AES_128_GCM_SHA256 (RFC 8446 §B.4).
        .map(|suite| format!("{:?}", suite.suite()).replacen("TLS13_", "TLS_", 1));
    tls.key_exchange = connection
        .negotiated_key_exchange_group()
        .map(|group| format!("{:?}", group.name()));
    tls.alpn = connection.alpn_protocol().map(<[u8]>::to_vec);
    tls.resumed = matches!(
        connection.handshake_kind(),
        Some(rustls::HandshakeKind::Resumed)
    );
}

/// A version's name, if it is one of those that are spoken here.
pub(super) fn version_name(version: ProtocolVersion) -> Option<&'static str> {
    match version {
        ProtocolVersion::TLSv1_3 => Some("TLSv1.3"),
        ProtocolVersion::TLSv1_2 => Some("TLSv1.2"),
        _ => None,
    }
}

/// HTTP/2 must have been agreed: gRPC over TLS requires it.
pub(crate) fn require_h2(record: &Record) -> Result<(), Failure> {
    match record.noted().tls.alpn.clone() {
        Some(chosen) if chosen == H2 => Ok(()),
        chosen => Err(Failure::Alpn { chosen }),
    }
}

/// An `io::Error` of the handshake: rustls' own error where there is one, else how the peer left.
fn failure(error: &io::Error) -> Failure {
    match error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>())
    {
        Some(typed) => Failure::Tls(typed.clone()),
        None => Failure::Closed {
            phase: Phase::Tls,
            reset: error.kind() != io::ErrorKind::UnexpectedEof,
        },
    }
}
