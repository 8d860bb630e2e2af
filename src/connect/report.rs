//! The handshake record: plain facts, typed where they arose, and no opinion.

use std::fmt;
use std::io;
use std::net::SocketAddr;
use std::path::PathBuf;
use std::time::Duration;

use rustls::AlertDescription;
use rustls::SignatureScheme;
use rustls::pki_types::CertificateDer;

use crate::connect::proxy::refusal::Refusal;
use crate::connect::tap::Http2Report;
use crate::x509::Judged;

/// How far a connection came: the phase it ended in, or [`Phase::Done`].
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Phase {
    Resolve,
    Connect,
    /// The proxy is asked for a tunnel.
    Proxy,
    Tls,
    Alpn,
    /// The channel stands; the peer's SETTINGS have not been seen.
    Http2,
    /// The peer's SETTINGS have been seen.
    Done,
}

impl Phase {
    /// The word for it in JSON.
    pub fn word(self) -> &'static str {
        match self {
            Self::Resolve => "resolve",
            Self::Connect => "connect",
            Self::Proxy => "proxy",
            Self::Tls => "tls",
            Self::Alpn => "alpn",
            Self::Http2 => "http2",
            Self::Done => "done",
        }
    }
}

/// A peer's address.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PeerAddress {
    Tcp(SocketAddr),
    Unix(PathBuf),
}

impl fmt::Display for PeerAddress {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Tcp(address) => address.fmt(f),
            Self::Unix(path) => match path.to_string_lossy().strip_prefix('\0') {
                Some(name) => write!(f, "unix-abstract:{name}"),
                None => write!(f, "unix:{}", path.display()),
            },
        }
    }
}

impl PeerAddress {
    /// Whether what is sent there stays on this machine.
    pub fn is_loopback(&self) -> bool {
        match self {
            Self::Tcp(address) => address.ip().to_canonical().is_loopback(),
            Self::Unix(_) => true,
        }
    }
}

/// One address that was dialled.
#[derive(Clone, Debug)]
pub struct AddressTried {
    pub address: PeerAddress,
    /// `None`: connected; or still under way when another address answered.
    pub failure: Option<SocketFailure>,
    pub connected: bool,
    pub elapsed: Duration,
}

/// An operating system's refusal.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct SocketFailure {
    pub kind: io::ErrorKind,
    /// `errno`, where there is one.
    pub code: Option<i32>,
    pub text: String,
}

impl From<&io::Error> for SocketFailure {
    fn from(error: &io::Error) -> Self {
        Self {
            kind: error.kind(),
            code: error.raw_os_error(),
            text: error.to_string(),
        }
    }
}

/// Whether a name that does not resolve may do so later.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolveFailure {
    NotFound,
    Temporary,
    Other,
}

/// Why there is no connection.
#[derive(Clone, Debug)]
pub enum Failure {
    Resolve {
        kind: ResolveFailure,
        text: String,
    },
    /// The endpoint is for loopback alone, and this is not there: nothing was sent.
    NotLoopback,
    /// Every address refused; the addresses say how.
    Connect,
    /// The proxy opened no tunnel.
    Proxy(Refusal),
    /// The connect deadline passed in `phase`.
    Deadline {
        phase: Phase,
        after: Duration,
    },
    /// rustls' own error: an alert, a refused chain, something that is not TLS.
    Tls(rustls::Error),
    /// The peer closed or reset the connection during `phase`.
    Closed {
        phase: Phase,
        reset: bool,
    },
    /// TLS stands, but HTTP/2 was not agreed.
    Alpn {
        chosen: Option<Vec<u8>>,
    },
    /// Writing HTTP/2's preface failed.
    Http2 {
        text: String,
    },
}

/// What the peer asked of a client certificate.
#[derive(Clone, Debug, Default)]
pub struct CertificateRequest {
    /// DER of each acceptable issuer's distinguished name, the first 256; empty: any.
    pub acceptable_issuers: Vec<Vec<u8>>,
    /// How many there were.
    pub issuers_listed: usize,
    pub signature_schemes: Vec<SignatureScheme>,
    pub sent: bool,
}

/// What TLS agreed and presented.
#[derive(Clone, Debug, Default)]
pub struct TlsReport {
    /// The versions offered, newest first, as `version` has them.
    pub offered: Vec<&'static str>,
    /// `TLSv1.2` or `TLSv1.3`.
    pub version: Option<&'static str>,
    pub cipher_suite: Option<String>,
    pub key_exchange: Option<String>,
    pub alpn: Option<Vec<u8>>,
    /// Where no protocol was agreed: the first bytes that the peer said to an HTTP/2 preface all the
    /// same, at most [`crate::peer_text::KEPT`]; empty if it said nothing soon.
    pub behind_alpn: Option<Vec<u8>>,
    /// The name verified, and sent as SNI where it is a DNS name.
    pub server_name: String,
    /// Whether an earlier session was resumed, as rustls reports it; resumption is turned off.
    pub resumed: bool,
    pub certificate_request: Option<CertificateRequest>,
    /// As presented, end-entity first; also when it was refused.
    pub chain: Vec<CertificateDer<'static>>,
    /// webpki's verdict; `None` before a certificate was seen.
    pub judged: Option<Judged>,
    /// Whether a pin fits the end-entity certificate; `None` if none was given.
    pub pinned: Option<bool>,
    pub ocsp_staple: Option<Vec<u8>>,
    /// The handshake itself was completed, as seen from this side.
    pub completed: bool,
    /// Octets received below TLS by then.
    pub received_by_completion: u64,
}

/// Time spent in each phase.
#[derive(Clone, Copy, Debug, Default)]
pub struct Timings {
    pub resolve: Option<Duration>,
    pub connect: Option<Duration>,
    /// From the connection to the tunnel.
    pub proxy: Option<Duration>,
    pub tls: Option<Duration>,
    /// From the end of TLS to the peer's SETTINGS.
    pub http2: Option<Duration>,
}

/// How a connection ended after it had stood, in the words of the layer that noticed first.
#[derive(Clone, Debug)]
pub enum Ending {
    /// A typed TLS error, such as an alert received after the handshake.
    Tls(rustls::Error),
    /// The socket closed, with or without an error.
    Closed { reset: bool },
    /// The peer answered no PING after having been silent for so long, and we gave it up.
    Unanswered { silent_for: Duration },
}

/// The record of one connection.
#[derive(Clone, Debug)]
pub struct HandshakeReport {
    pub plaintext: bool,
    pub reached: Phase,
    /// `http://host:port`; the addresses are its own then.
    pub proxy: Option<String>,
    pub addresses: Vec<AddressTried>,
    /// The address that answered.
    pub address: Option<PeerAddress>,
    pub tls: Option<TlsReport>,
    pub http2: Http2Report,
    pub timings: Timings,
    /// Octets received below TLS, and the first of them, at most [`crate::peer_text::KEPT`].
    pub bytes_received: u64,
    pub first_bytes: Vec<u8>,
    /// Why there is no connection.
    pub failure: Option<Failure>,
    /// How the connection ended, if it did while in use.
    pub ending: Option<Ending>,
    /// A write failed while the peer had gone: what the system said.
    pub write_failure: Option<SocketFailure>,
}

impl HandshakeReport {
    pub fn new(plaintext: bool) -> Self {
        Self {
            plaintext,
            reached: Phase::Resolve,
            proxy: None,
            addresses: Vec::new(),
            address: None,
            tls: None,
            http2: Http2Report::default(),
            timings: Timings::default(),
            bytes_received: 0,
            first_bytes: Vec::new(),
            failure: None,
            ending: None,
            write_failure: None,
        }
    }

    /// Whether every byte stays on this machine: by the address that the socket was connected to, whatever
    /// name led there. Behind a proxy it is never so, wherever the proxy is.
    pub fn is_loopback(&self) -> bool {
        self.proxy.is_none() && self.address.as_ref().is_some_and(PeerAddress::is_loopback)
    }

    /// The alert that the peer sent, and whether our side had finished the handshake by then.
    pub fn alert_received(&self) -> Option<(AlertDescription, bool)> {
        let alert = |error: &rustls::Error| match error {
            rustls::Error::AlertReceived(description) => Some(*description),
            _ => None,
        };
        match (&self.failure, &self.ending) {
            (Some(Failure::Tls(error)), _) => alert(error).map(|alert| (alert, false)),
            (_, Some(Ending::Tls(error))) => alert(error).map(|alert| (alert, true)),
            _ => None,
        }
    }

    /// Whether the peer had finished the handshake as well. In TLS 1.2 it is the last to do so (RFC
    /// 5246 §7.3). In TLS 1.3 it shows by what it sends next: a session ticket goes out once the
    /// client's last flight was taken (RFC 8446 §4.6.1).
    pub fn peer_completed(&self) -> bool {
        self.tls.as_ref().is_some_and(|tls| {
            tls.completed
                && (tls.version == Some("TLSv1.2")
                    || self.bytes_received > tls.received_by_completion)
        })
    }

    /// Whether the connection ended before the peer had said anything over HTTP/2.
    pub fn ended_before_settings(&self) -> bool {
        self.reached < Phase::Done && (self.ending.is_some() || self.failure.is_some())
    }
}
