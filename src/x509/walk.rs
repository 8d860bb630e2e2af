//! Where path building ends, and why. Pure, and computed only on failure.
//!
//! webpki says `UnknownIssuer` for a root that is not trusted, an intermediate that the server forgot,
//! a CA that was re-keyed and a self-signed certificate alike. The walk follows names and checks
//! signatures from the end-entity certificate upwards, and claims no more than it has seen: that a
//! certificate is *missing* says nothing of whether it is an intermediate or a root.

mod search;

use rustls::pki_types::CertificateDer;

use crate::x509::anchors::TrustAnchors;
use crate::x509::facts::Facts;

pub(crate) use search::Search;
pub(crate) use search::Way;

/// The certificates passed, the end-entity certificate first, and what stood at the end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Walk {
    /// Empty only if the end-entity certificate could not be read.
    pub steps: Vec<Step>,
    pub end: WalkEnd,
}

/// One presented certificate on the way.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Step {
    /// Its place in the chain as presented.
    pub index: usize,
    /// Lower-case hex of the DER's digest.
    pub sha256: String,
    pub subject: String,
    pub issuer: String,
}

/// Which certificate is meant.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Place {
    /// Its index in the chain as presented.
    Presented(usize),
    /// Its index in [`TrustAnchors::anchors`].
    Anchor(usize),
}

/// What stood at the end of the walk. "Issuer" is the issuer of the last step.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WalkEnd {
    /// A trust anchor issued the last step: names and signatures are in order up to here. (With an
    /// algorithm that ring lacks, the names and key identifiers alone.)
    Anchor(usize),
    /// Neither presented nor trusted is a certificate by the issuer's name.
    MissingIssuer {
        subject_of_last: String,
        issuer: String,
        /// The issuer's key, as the last certificate names it. Lower-case hex.
        authority_key_id: Option<String>,
        /// Where the issuer's certificate can be had, by the last certificate's own word.
        ca_issuers: Vec<String>,
    },
    /// A presented certificate that signed itself, and is no anchor.
    SelfSignedNotTrusted { index: usize },
    /// The end-entity certificate signed itself, and is no anchor.
    SelfSignedLeaf,
    /// An anchor has the issuer's name but another key: the key identifiers differ, or, where one of
    /// them is missing, the signature does not verify under the anchor's key.
    AnchorRekeyed {
        anchor: usize,
        /// The presented certificate that names it as its issuer.
        index: usize,
        /// The key which that certificate names; its own, of a root. Lower-case hex.
        authority_key_id: Option<String>,
        /// The anchor's key. Lower-case hex. Where identifiers do not tell a root from its namesake,
        /// both are as [`Facts::spki_sha256`].
        subject_key_id: Option<String>,
    },
    /// As [`WalkEnd::AnchorRekeyed`], for a presented certificate, `issuer`: the key identifiers differ.
    IssuerRekeyed { index: usize, issuer: usize },
    /// The issuer's certificate is here, and the signature on the certificate at `index` does not
    /// verify under its key, although no key identifier tells them apart.
    BadSignature { index: usize },
    /// `issuer` signed the certificate at `index` and its subject reads the same as the issuer's name,
    /// but is encoded differently: webpki compares bytes (RFC 5280 §7.1 would compare texts).
    NameEncoding { index: usize, issuer: Place },
    /// Only certificates that were passed already carry the issuer's name.
    Loop,
    /// The search was given up: too many certificates carry the same names.
    TooComplex,
    /// The end-entity certificate could not be read.
    Unreadable,
}

/// Walks from `chain[0]` upwards. Of several ways, one that reaches an anchor is taken; else the one
/// whose end says most.
pub fn walk(chain: &[CertificateDer<'_>], anchors: &TrustAnchors) -> Walk {
    let search = Search::new(chain, anchors);
    let way = search.best(&|_| 0);
    search.walk(way)
}

/// The certificates of a client's chain that issued none of those before them, by their place in it.
pub fn unlinked(chain: &[CertificateDer<'_>]) -> Vec<usize> {
    let linked = walk(chain, &TrustAnchors::from_system(Vec::new())).steps;
    (1..chain.len())
        .filter(|index| linked.iter().all(|step| step.index != *index))
        .collect()
}

/// The anchor that is the server's own end-entity certificate: the CA file holds the wrong certificate.
pub fn leaf_is_anchor(chain: &[CertificateDer<'_>], anchors: &TrustAnchors) -> Option<usize> {
    let leaf = chain.first()?;
    anchors
        .anchors()
        .iter()
        .position(|anchor| anchor.der == *leaf)
}

/// Whether `extra` intermediates lead a chain to an anchor which it does not reach without them.
pub fn completes(
    chain: &[CertificateDer<'_>],
    extra: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
) -> bool {
    let reaches =
        |chain: &[CertificateDer<'_>]| matches!(walk(chain, anchors).end, WalkEnd::Anchor(_));
    let together: Vec<CertificateDer<'_>> = chain.iter().chain(extra).cloned().collect();
    !reaches(chain) && reaches(&together)
}

impl WalkEnd {
    /// Lower says more.
    fn rank(&self) -> u8 {
        match self {
            Self::Anchor(_) => 0,
            Self::AnchorRekeyed { .. } => 1,
            Self::SelfSignedNotTrusted { .. } | Self::SelfSignedLeaf => 2,
            Self::BadSignature { .. } => 3,
            Self::IssuerRekeyed { .. } => 4,
            Self::NameEncoding { .. } => 5,
            Self::MissingIssuer { .. } => 6,
            Self::Loop => 7,
            Self::TooComplex => 8,
            Self::Unreadable => 9,
        }
    }
}

impl Step {
    fn of(index: usize, facts: &Facts) -> Self {
        Self {
            index,
            sha256: facts.sha256.clone(),
            subject: facts.subject.clone(),
            issuer: facts.issuer.clone(),
        }
    }
}

#[cfg(test)]
mod tests;
