//! What the certificates in the evidence say, read when first asked for and then kept: a good run
//! reads the chain once, and what is wrong with a refused one is worked out once for all diagnoses.

use std::sync::OnceLock;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;

use crate::connect::report::TlsReport;
use crate::evidence::Evidence;
use crate::evidence::Trust;
use crate::x509;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::Purpose;
use crate::x509::TrustAnchors;
use crate::x509::facts::Malformed;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;
use crate::x509::walk::Walk;
use crate::x509::walk::WalkEnd;

/// Kept readings. What they are read from does not change once the stages are over.
#[derive(Debug, Default)]
pub struct Readings {
    chain: OnceLock<Vec<Result<Facts, Malformed>>>,
    findings: OnceLock<Vec<Finding>>,
    walk: OnceLock<Walk>,
    lints: OnceLock<Vec<Lint>>,
    ours: OnceLock<Vec<Result<Facts, Malformed>>>,
}

impl Evidence {
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
                Purpose::Server,
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
