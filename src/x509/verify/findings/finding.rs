//! One thing that is wrong with a chain.

use time::OffsetDateTime;
use webpki::Error;

#[cfg(doc)]
use crate::x509::facts::Facts;
use crate::x509::facts::KeyFacts;
use crate::x509::walk::Place;
use crate::x509::walk::WalkEnd;

/// What a presented certificate is on the path. (An anchor is no part of it: RFC 5280 §6.1.1.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Leaf,
    Intermediate,
}

impl Role {
    /// By the height on the path.
    pub(super) fn at(height: usize) -> Self {
        match height {
            0 => Self::Leaf,
            _ => Self::Intermediate,
        }
    }
}

/// One thing that is wrong. `index` is the certificate's place in the chain as presented.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Finding {
    /// webpki cannot read the certificate, or it is no X.509 at all.
    Unreadable { index: usize, reason: String },
    /// No path to an anchor; the end of the walk says how far it went, and why no further.
    NoPath { end: WalkEnd },
    Expired {
        index: usize,
        role: Role,
        not_after: OffsetDateTime,
        at: OffsetDateTime,
    },
    NotYetValid {
        index: usize,
        role: Role,
        not_before: OffsetDateTime,
        at: OffsetDateTime,
    },
    /// Does not refuse here; Go, OpenSSL, GnuTLS and gRPC C-core do.
    AnchorExpired {
        anchor: usize,
        not_after: OffsetDateTime,
        at: OffsetDateTime,
    },
    /// Does not refuse here, as [`Finding::AnchorExpired`].
    AnchorNotYetValid {
        anchor: usize,
        not_before: OffsetDateTime,
        at: OffsetDateTime,
    },
    /// The end-entity certificate is a CA's.
    LeafIsCa,
    /// A certificate that issued another one is no CA's.
    NotACa { index: usize },
    /// A CA that allows `limit` CAs below it has `below`.
    PathLength {
        index: usize,
        limit: u32,
        below: u32,
    },
    /// Something in the chain is outside the name constraints that one of these imposes.
    NameConstraint { constrained_by: Vec<Place> },
    /// The extended key usage does not list what the certificate is used for. Names as in
    /// [`Facts::extended_key_usage`].
    ExtendedKeyUsage {
        index: usize,
        role: Role,
        required: &'static str,
        presented: Vec<String>,
    },
    /// Critical extensions that webpki does not process.
    UnknownCritical {
        index: usize,
        extensions: Vec<String>,
    },
    /// Only version 3 is accepted.
    Version { index: usize, version: u32 },
    /// An issuer's RSA key below 2048 bits, under which no signature is accepted.
    WeakKey { place: Place, key: KeyFacts },
    /// The algorithm of the certificate's signature, or its issuer's kind of key, is not accepted.
    UnsupportedSignature {
        index: usize,
        signature: String,
        issuer_key: KeyFacts,
    },
    /// A revocation list revokes a certificate, is out of date, or cannot be used.
    Revocation { error: Error },
    /// The name asked for is not in the end-entity certificate.
    Name { error: Error },
    /// webpki refuses, and nothing above explains it.
    Other { error: Error },
}

impl Finding {
    /// Whether it is a reason to refuse; if not, it is a warning.
    pub fn refuses(&self) -> bool {
        !matches!(
            self,
            Self::AnchorExpired { .. } | Self::AnchorNotYetValid { .. }
        )
    }
}
