//! What is known of one connection: to a target, or to an endpoint that gives tokens. Shared by every call over it, and
//! immutable once it stands.

use std::path::PathBuf;
use std::sync::Arc;
use std::sync::OnceLock;
use std::time::Duration;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;

use crate::connect::HandshakeReport;
use crate::connect::report::TlsReport;
use crate::x509;
use crate::x509::Crls;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::Pin;
use crate::x509::SpiffeId;
use crate::x509::TrustAnchors;
use crate::x509::facts::Malformed;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;
use crate::x509::walk::Walk;
use crate::x509::walk::WalkEnd;

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
    /// With `--all-addresses`: what the name's other addresses came to.
    pub other_addresses: Vec<HandshakeReport>,
    pub follow_ups: FollowUpFacts,
    readings: Readings,
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
    /// Every byte stays on this machine.
    pub loopback: bool,
    pub insecure: bool,
    /// `--server-spiffe-id`: asked for in place of a name.
    pub workload: Option<SpiffeId>,
    /// `--pin`, as given.
    pub pins: Vec<Pin>,
    pub connect_timeout: Duration,
    pub warn_days: i64,
}

impl AskedConnection {
    /// How long one attempt to connect may take, where everything may take `max_time`.
    pub fn time_to_connect(&self, max_time: Option<Duration>) -> Duration {
        max_time.map_or(self.connect_timeout, |time| time.min(self.connect_timeout))
    }
}

/// What the server's chain was held against.
#[derive(Clone, Debug)]
pub struct Trust {
    pub anchors: Arc<TrustAnchors>,
    /// The `--cacert` files; empty if only the system's roots were used.
    pub files: Vec<PathBuf>,
    pub system: bool,
    /// `--crl`: what was taken back.
    pub crls: Arc<Crls>,
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

/// Readings, each made when first asked for and then kept: a good run reads the chain once, and what is wrong with a
/// refused one is worked out once for all diagnoses. A copy starts without any: it is made to add a fact.
#[derive(Debug, Default)]
struct Readings {
    chain: OnceLock<Vec<Result<Facts, Malformed>>>,
    findings: OnceLock<Vec<Finding>>,
    walk: OnceLock<Walk>,
    lints: OnceLock<Vec<Lint>>,
    ours: OnceLock<Vec<Result<Facts, Malformed>>>,
}

impl Clone for Readings {
    fn clone(&self) -> Self {
        Self::default()
    }
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
            readings: Readings::default(),
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

    /// The server's chain as presented, read.
    pub fn chain(&self) -> &[Result<Facts, Malformed>] {
        self.readings
            .chain
            .get_or_init(|| Facts::read_chain(self.presented()))
    }

    /// The server's end-entity certificate.
    pub fn leaf(&self) -> Option<&Facts> {
        self.chain().first()?.as_ref().ok()
    }

    /// The certificates given to us to present, read.
    pub fn our_chain(&self) -> &[Result<Facts, Malformed>] {
        self.readings.ours.get_or_init(|| {
            let given = self.client_certificate.as_ref();
            given.map_or_else(Vec::new, |given| Facts::read_chain(&given.chain))
        })
    }

    /// Everything that is wrong with a chain that webpki refused; nothing of one that it accepted.
    pub fn chain_findings(&self) -> &[Finding] {
        self.readings.findings.get_or_init(|| {
            let (Some(tls), Some(trust)) = (self.tls(), &self.trust) else {
                return Vec::new();
            };
            if tls.judged.as_ref().is_none_or(Judged::is_accepted) {
                return Vec::new();
            }
            let name = match self.asked.workload {
                Some(_) => None,
                None => ServerName::try_from(tls.server_name.as_str()).ok(),
            };
            x509::verify::all_findings(
                &tls.chain,
                &trust.anchors,
                self.clock,
                name.as_ref(),
                trust.crls.checked(),
            )
        })
    }

    /// Why no path leads from the server's certificate to a trust anchor, if that is what is wrong.
    pub fn no_path(&self) -> Option<&WalkEnd> {
        self.chain_findings()
            .iter()
            .find_map(|finding| match finding {
                Finding::NoPath { end } => Some(end),
                _ => None,
            })
    }

    /// The way from the server's certificate upwards. Computed: ask only for a refused chain.
    pub fn walk(&self) -> &Walk {
        self.readings
            .walk
            .get_or_init(|| x509::walk::walk(self.presented(), self.anchors()))
    }

    /// Warnings on the chain. Of one without a path, names alone tell what belongs together.
    pub fn lints(&self) -> &[Lint] {
        self.readings.lints.get_or_init(|| {
            let Some(judged) = self.judged() else {
                return Vec::new();
            };
            let warn_days = self.asked.warn_days;
            x509::lint::lint(
                self.chain(),
                judged.path.as_ref().ok(),
                self.anchors(),
                self.clock,
                warn_days,
            )
        })
    }

    /// What the server's chain was held against.
    pub fn anchors(&self) -> &TrustAnchors {
        static NONE: OnceLock<TrustAnchors> = OnceLock::new();
        match &self.trust {
            Some(Trust { anchors, .. }) => anchors,
            None => NONE.get_or_init(TrustAnchors::default),
        }
    }

    fn presented(&self) -> &[CertificateDer<'static>] {
        self.tls().map_or(&[], |tls| &tls.chain)
    }
}
