//! What is known of one connection: to a target, or to an endpoint that gives tokens. Shared by every call over it, and
//! immutable once it stands.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use time::OffsetDateTime;

use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::report::TlsReport;
use crate::x509::AnchorOrigin;
use crate::x509::Crls;
use crate::x509::Judged;
use crate::x509::Pin;
use crate::x509::SpiffeId;
use crate::x509::TrustAnchors;

/// One connection's facts.
#[derive(Clone, Debug)]
pub struct ConnectionEvidence {
    /// The local clock that certificates are judged by.
    pub clock: OffsetDateTime,
    pub asked: AskedConnection,
    pub trust: Option<Trust>,
    pub client_certificate: Option<ClientCertificate>,
    /// User and password were there for the proxy.
    pub proxy_credentials: bool,
    pub handshake: Option<HandshakeReport>,
    /// With `--wait-for`: what waiting for that handshake took.
    pub waited: Option<Waited>,
    /// With `--all-addresses`: the outcome for the name's other addresses.
    pub other_addresses: Vec<HandshakeReport>,
    pub follow_ups: FollowUpFacts,
}

/// What the user asked of a connection.
#[derive(Clone, Debug, Default)]
pub struct AskedConnection {
    /// The target as it was written.
    pub target: String,
    /// The host that is connected to and, unless `--servername` says otherwise, verified.
    pub host: String,
    pub port: u16,
    pub authority: String,
    pub plaintext: bool,
    pub unix_socket: bool,
    pub insecure: bool,
    /// `--server-spiffe-id`: asked for in place of a name.
    pub workload: Option<SpiffeId>,
    /// `--pin`, as given.
    pub pins: Vec<Pin>,
    pub connect_timeout: Duration,
    /// `--keepalive-time`: PINGs are sent.
    pub keepalive: Option<Duration>,
    pub warn_days: i64,
}

impl AskedConnection {
    /// How long one attempt to connect may take, where everything may take `max_time`.
    pub fn time_to_connect(&self, max_time: Option<Duration>) -> Duration {
        max_time.map_or(self.connect_timeout, |time| time.min(self.connect_timeout))
    }
}

/// What the server's chain was verified against.
#[derive(Clone, Debug)]
pub struct Trust {
    pub anchors: Arc<TrustAnchors>,
    /// The `--cacert` files; empty if only the system's roots were used.
    pub files: Vec<PathBuf>,
    pub system: bool,
    /// `--crl`: what was taken back.
    pub crls: Arc<Crls>,
}

impl Trust {
    /// Of anchors that say themselves where they came from.
    fn in_anchors(anchors: &Arc<TrustAnchors>, crls: &Arc<Crls>) -> Self {
        let mut files = Vec::new();
        let mut system = false;
        for anchor in anchors.anchors() {
            match &anchor.origin {
                AnchorOrigin::System => system = true,
                AnchorOrigin::File { path, .. } if !files.contains(path) => {
                    files.push(path.clone())
                }
                AnchorOrigin::File { .. } => {}
            }
        }
        Self {
            anchors: Arc::clone(anchors),
            files,
            system,
            crls: Arc::clone(crls),
        }
    }
}

/// The client certificate that we were given.
#[derive(Clone, Debug)]
pub struct ClientCertificate {
    pub chain: Vec<CertificateDer<'static>>,
    pub file: PathBuf,
}

/// The wait for a first good handshake.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Waited {
    /// Connections tried, the last one included.
    pub attempts: u32,
    pub time: Duration,
}

/// What follow-ups found; `None`: not asked.
#[derive(Clone, Debug, Default)]
pub struct FollowUpFacts {
    /// A TLS hello on a port dialled in plaintext was answered with TLS.
    pub answers_tls: Option<bool>,
    /// What the port that was dialled with TLS answers to HTTP/2 in plaintext: its first bytes, at
    /// most 64; empty if it says nothing.
    pub plaintext_answer: Option<Vec<u8>>,
    /// The system's roots accept the chain that `--cacert` refused.
    pub system_roots_accept: Option<bool>,
}

impl ConnectionEvidence {
    /// Of a connection that was not yet tried.
    pub fn new(clock: OffsetDateTime, asked: AskedConnection) -> Self {
        Self {
            clock,
            asked,
            trust: None,
            client_certificate: None,
            proxy_credentials: false,
            handshake: None,
            waited: None,
            other_addresses: Vec::new(),
            follow_ups: FollowUpFacts::default(),
        }
    }

    /// Of a connection to an endpoint that gives tokens, over HTTP/1.1 or HTTP/2, asked for from a run over `self`: it has
    /// the run's limits and proxy, and its own place and trust.
    pub fn to_endpoint(
        &self,
        (host, port): (&str, u16),
        mut handshake: HandshakeReport,
        anchors: &Arc<TrustAnchors>,
        crls: &Arc<Crls>,
    ) -> Self {
        if handshake.reached == Phase::Done && handshake.http2.settings.is_none() {
            // HTTP/1.1 has no SETTINGS: an answer is what the connection waited for.
            handshake.reached = Phase::Http2;
        }
        let asked = AskedConnection {
            target: format!("{host}:{port}"),
            host: host.to_owned(),
            port,
            authority: host.to_owned(),
            plaintext: handshake.plaintext,
            unix_socket: port == 0,
            connect_timeout: self.asked.connect_timeout,
            warn_days: self.asked.warn_days,
            ..AskedConnection::default()
        };
        Self {
            trust: Some(Trust::in_anchors(anchors, crls)),
            proxy_credentials: self.proxy_credentials,
            handshake: Some(handshake),
            ..Self::new(self.clock, asked)
        }
    }

    /// What TLS agreed and presented, if it came to that.
    pub fn tls(&self) -> Option<&TlsReport> {
        self.handshake.as_ref()?.tls.as_ref()
    }

    /// webpki's verdict on the server's chain.
    pub fn judged(&self) -> Option<&Judged> {
        self.tls()?.judged.as_ref()
    }

    /// What the server's chain was verified against.
    pub fn anchors(&self) -> &TrustAnchors {
        static NONE: OnceLock<TrustAnchors> = OnceLock::new();
        match &self.trust {
            Some(Trust { anchors, .. }) => anchors,
            None => NONE.get_or_init(TrustAnchors::default),
        }
    }
}
