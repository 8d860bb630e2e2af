//! What is judged of a connection alone: to a target, or to an endpoint that gives tokens.

use std::cell::OnceCell;
use std::ops::Deref;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;

use crate::evidence::ClientCertificate;
use crate::evidence::ConnectionEvidence;
use crate::invoke::Answer;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::names;
use crate::verdict::reading::names::Misfit;
use crate::verdict::reading::protocol::Instead;
use crate::verdict::reading::standing::Standing;
use crate::x509;
use crate::x509::Facts;
use crate::x509::Judged;
use crate::x509::facts::Malformed;
use crate::x509::lint::Lint;
use crate::x509::verify::Finding;
use crate::x509::walk::Walk;
use crate::x509::walk::WalkEnd;

/// A connection's case.
#[derive(Debug)]
pub struct ConnectionCase<'a> {
    evidence: &'a ConnectionEvidence,
    /// The last answer to a call over it.
    answer: Option<&'a Answer>,
    chain: OnceCell<Vec<Result<Facts, Malformed>>>,
    findings: OnceCell<Vec<Finding>>,
    walk: OnceCell<Walk>,
    lints: OnceCell<Vec<Lint>>,
    ours: OnceCell<Vec<Result<Facts, Malformed>>>,
    refusal: OnceCell<Option<ClientRefusal<'a>>>,
    instead: OnceCell<Option<Instead>>,
    misfit: OnceCell<Option<Misfit>>,
    standing: OnceCell<Option<Standing>>,
}

impl Deref for ConnectionCase<'_> {
    type Target = ConnectionEvidence;

    fn deref(&self) -> &ConnectionEvidence {
        self.evidence
    }
}

impl<'a> ConnectionCase<'a> {
    /// Of a connection, and of the last answer to a call over it.
    pub fn new(evidence: &'a ConnectionEvidence, answer: Option<&'a Answer>) -> Self {
        Self {
            evidence,
            answer,
            chain: OnceCell::new(),
            findings: OnceCell::new(),
            walk: OnceCell::new(),
            lints: OnceCell::new(),
            ours: OnceCell::new(),
            refusal: OnceCell::new(),
            instead: OnceCell::new(),
            misfit: OnceCell::new(),
            standing: OnceCell::new(),
        }
    }

    /// The last answer to a call over it.
    pub fn answer(&self) -> Option<&'a Answer> {
        self.answer
    }

    /// What the port speaks in place of what it was dialled with.
    pub fn instead(&self) -> Option<&Instead> {
        self.instead
            .get_or_init(|| Instead::of(self.evidence))
            .as_ref()
    }

    /// Whether the server's key and certificate fit no pin.
    pub fn misses_its_pins(&self) -> bool {
        self.tls().is_some_and(|tls| tls.pinned == Some(false))
    }

    /// Whether the certificate is not of the workload that was asked for.
    pub fn is_another_workload(&self) -> bool {
        let judged = self.judged();
        judged.is_some_and(|judged| judged.workload == Some(false))
    }

    /// The server's chain as presented, read.
    pub fn chain(&self) -> &[Result<Facts, Malformed>] {
        self.chain
            .get_or_init(|| Facts::read_chain(self.presented()))
    }

    /// The server's end-entity certificate.
    pub fn leaf(&self) -> Option<&Facts> {
        self.chain().first()?.as_ref().ok()
    }

    /// The certificates given to us to present, read.
    pub fn our_chain(&self) -> &[Result<Facts, Malformed>] {
        self.ours.get_or_init(|| {
            let given = self.client_certificate.as_ref();
            given.map_or_else(Vec::new, |given| Facts::read_chain(&given.chain))
        })
    }

    /// The client certificate, if the server asked for one and ours was sent.
    pub fn certificate_sent(&self) -> Option<&'a ClientCertificate> {
        let request = self.evidence.tls()?.certificate_request.as_ref()?;
        let ours = self.evidence.client_certificate.as_ref();
        ours.filter(|_| request.sent)
    }

    /// That the server asked for a client certificate and then refused.
    pub fn client_refusal(&self) -> Option<ClientRefusal<'a>> {
        *self
            .refusal
            .get_or_init(|| ClientRefusal::of(self.evidence, self.answer))
    }

    /// The same, where a certificate was sent.
    pub fn refusal_of_ours(&self) -> Option<ClientRefusal<'a>> {
        self.client_refusal().filter(|refusal| refusal.request.sent)
    }

    /// What leads from the certificate sent to a CA that the server lists.
    pub fn standing(&self) -> Option<&Standing> {
        let standing = self.standing.get_or_init(|| {
            let ours = self.our_chain().iter();
            let ours: Vec<&Facts> = ours.filter_map(|facts| facts.as_ref().ok()).collect();
            self.certificate_sent()?;
            let request = self.evidence.tls()?.certificate_request.as_ref()?;
            Standing::of(self.evidence, &ours, request)
        });
        standing.as_ref()
    }

    /// The server's certificate and how its names miss, if webpki refused it for them.
    pub fn misfit(&self) -> Option<(&Facts, &Misfit)> {
        let misfit = self.misfit.get_or_init(|| {
            let mut findings = self.chain_findings().iter();
            let is_refused = findings.any(|finding| {
                matches!(
                    finding,
                    Finding::Name {
                        error: webpki::Error::CertNotValidForName(_)
                    }
                )
            });
            let leaf = self.leaf().filter(|_| is_refused)?;
            Some(Misfit::of(leaf, names::asked_name(self.evidence)))
        });
        Some((self.leaf()?, misfit.as_ref()?))
    }

    /// Everything that is wrong with a chain that webpki refused; nothing of one that it accepted.
    pub fn chain_findings(&self) -> &[Finding] {
        self.findings.get_or_init(|| {
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
        self.walk
            .get_or_init(|| x509::walk::walk(self.presented(), self.anchors()))
    }

    /// Warnings on the chain. Of one without a path, names alone tell what belongs together.
    pub fn lints(&self) -> &[Lint] {
        self.lints.get_or_init(|| {
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

    fn presented(&self) -> &[CertificateDer<'static>] {
        self.tls().map_or(&[], |tls| &tls.chain)
    }
}
