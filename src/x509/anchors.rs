//! The certificates that are trusted, each with where it came from.

use std::fmt;
use std::path::PathBuf;

use rustls::pki_types::CertificateDer;
use rustls::pki_types::TrustAnchor;
use thiserror::Error;
use time::OffsetDateTime;

use crate::x509::facts::Facts;

/// One trusted certificate.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Anchor {
    pub der: CertificateDer<'static>,
    pub origin: AnchorOrigin,
}

/// Where a trusted certificate was found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum AnchorOrigin {
    /// `line` is that of `BEGIN`, counted from 1.
    File {
        path: PathBuf,
        line: usize,
    },
    System,
}

impl fmt::Display for AnchorOrigin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File { path, line } => write!(f, "{}:{line}", path.display()),
            Self::System => f.write_str("the system's roots"),
        }
    }
}

/// Trusted certificates, each parsed once into what webpki needs of it.
///
/// Anchors and roots stand at the same index, so that a [`Path`](crate::x509::verify::Path) can name
/// the certificate, the file and the line that it ended at.
#[derive(Clone, Debug, Default)]
pub struct TrustAnchors {
    anchors: Vec<Anchor>,
    roots: Vec<TrustAnchor<'static>>,
}

/// A certificate that webpki cannot take as a trust anchor.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("the certificate at {origin} cannot be trusted as a CA: {reason:?}")]
pub struct UnusableAnchor {
    /// Which one, counted from 0 in the order given.
    pub index: usize,
    pub origin: AnchorOrigin,
    pub reason: webpki::Error,
}

impl TrustAnchors {
    /// Takes every certificate, or none. An empty list is taken: whether nothing to trust is an
    /// error is for the caller to say.
    ///
    /// # Errors
    /// The first certificate that webpki cannot read.
    pub fn new(anchors: Vec<Anchor>) -> Result<Self, UnusableAnchor> {
        let roots = anchors
            .iter()
            .enumerate()
            .map(|(index, anchor)| {
                root(&anchor.der).map_err(|reason| UnusableAnchor {
                    index,
                    origin: anchor.origin.clone(),
                    reason,
                })
            })
            .collect::<Result<_, _>>()?;
        Ok(Self { anchors, roots })
    }

    /// Takes what it can of the system's roots: one odd certificate in a store of hundreds is
    /// nothing that the user could act upon.
    pub fn from_system(certificates: Vec<CertificateDer<'static>>) -> Self {
        let (anchors, roots) = certificates
            .into_iter()
            .filter_map(|der| {
                let root = root(&der).ok()?;
                let origin = AnchorOrigin::System;
                Some((Anchor { der, origin }, root))
            })
            .unzip();
        Self { anchors, roots }
    }

    pub fn anchors(&self) -> &[Anchor] {
        &self.anchors
    }

    /// As webpki takes them; index by index the same as [`Self::anchors`].
    pub fn roots(&self) -> &[TrustAnchor<'static>] {
        &self.roots
    }

    /// The anchor of the same name and key as the one at `index` that is valid at `at` for longest;
    /// `index` itself if none is. A path ends at all of them alike, and verifiers that look at an
    /// anchor's dates take the one that suits.
    pub fn longest_valid(&self, index: usize, at: OffsetDateTime) -> usize {
        let root = &self.roots[index];
        self.roots
            .iter()
            .zip(&self.anchors)
            .enumerate()
            .filter(|(_, (other, _))| {
                other.subject == root.subject
                    && other.subject_public_key_info == root.subject_public_key_info
            })
            .filter_map(|(other, (_, anchor))| {
                Some((other, Facts::read_unchecked(&anchor.der).ok()?))
            })
            .filter(|(_, facts)| !facts.is_expired(at) && !facts.is_not_yet_valid(at))
            .max_by_key(|(_, facts)| facts.not_after)
            .map_or(index, |(other, _)| other)
    }

    pub fn is_empty(&self) -> bool {
        self.anchors.is_empty()
    }

    pub fn len(&self) -> usize {
        self.anchors.len()
    }
}

fn root(der: &CertificateDer<'_>) -> Result<TrustAnchor<'static>, webpki::Error> {
    webpki::anchor_from_trusted_cert(der).map(|root| root.to_owned())
}
