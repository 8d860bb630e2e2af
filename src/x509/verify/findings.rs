//! Everything that is wrong with a refused chain, not just what webpki reports first.

use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use time::OffsetDateTime;
use webpki::CertRevocationList;
use webpki::Error;
use webpki::ExtendedKeyUsageValidator;
use webpki::KeyPurposeIdIter;

use crate::x509::anchors::TrustAnchors;
use crate::x509::facts::Facts;
use crate::x509::facts::KeyFacts;
use crate::x509::verify::Judged;
use crate::x509::verify::Purpose;
use crate::x509::verify::judge;
use crate::x509::verify::judge_for_usage;
use crate::x509::walk::Place;
use crate::x509::walk::Search;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::Way;

/// What a presented certificate is on the path. (An anchor is no part of it: RFC 5280 §6.1.1.)
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Role {
    Leaf,
    Intermediate,
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

/// Everything that is wrong with a chain that [`judge`] refused at `at`. The path is judged again
/// at an instant when all its certificates are valid, and for any purpose, so that what hides
/// behind an expired certificate or a wrong purpose is found too. Empty for an accepted chain.
pub fn all_findings(
    chain: &[CertificateDer<'_>],
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    purpose: Purpose,
    name: Option<&ServerName<'_>>,
    crls: &[CertRevocationList<'_>],
) -> Vec<Finding> {
    let judged = judge(chain, anchors, at, purpose, name, crls);
    if judged.is_accepted() {
        return Vec::new();
    }
    let mut findings = Vec::new();
    if let Err(error) = &judged.path {
        let search = Search::new(chain, anchors);
        let way = search.best(&|facts| usize::from(!is_current(facts, at)));
        let path = Walked {
            way: &way,
            search: &search,
            anchor: match way.end {
                WalkEnd::Anchor(index) => Facts::read(&anchors.anchors()[index].der)
                    .ok()
                    .map(|facts| (index, facts)),
                _ => None,
            },
        };
        path.report(chain, at, purpose, &mut findings);
        let mut errors = vec![error.clone()];
        if let Some(instant) = path.common_instant(at) {
            let again = [
                judge(chain, anchors, instant, purpose, None, crls),
                judge_for_usage(chain, anchors, instant, AnyPurpose, None, crls),
            ];
            errors.extend(again.into_iter().filter_map(|judged| judged.path.err()));
        }
        for error in errors {
            path.explain(error, &mut findings);
        }
    }
    findings.extend(name_finding(&judged));
    findings
}

/// Lets webpki go on where an extended key usage would stop it. Its verdict is never shown as one.
struct AnyPurpose;

impl ExtendedKeyUsageValidator for AnyPurpose {
    fn validate(&self, _: KeyPurposeIdIter<'_, '_>) -> Result<(), Error> {
        Ok(())
    }
}

fn name_finding(judged: &Judged) -> Option<Finding> {
    let error = judged.name.as_ref()?.as_ref().err()?;
    // A leaf that cannot be read answers both questions with one and the same error.
    if judged.path.as_ref().err() == Some(error) {
        return None;
    }
    Some(Finding::Name {
        error: error.clone(),
    })
}

fn is_current(facts: &Facts, at: OffsetDateTime) -> bool {
    !facts.is_expired(at) && !facts.is_not_yet_valid(at)
}

/// The certificates that webpki most nearly accepted.
struct Walked<'a> {
    way: &'a Way,
    search: &'a Search<'a>,
    anchor: Option<(usize, Facts)>,
}

impl Walked<'_> {
    /// Leaf first, each with its index as presented.
    fn certificates(&self) -> impl Iterator<Item = (usize, &Facts)> {
        self.way
            .indices
            .iter()
            .filter_map(|index| Some((*index, self.search.facts(*index)?)))
    }

    fn report(
        &self,
        chain: &[CertificateDer<'_>],
        at: OffsetDateTime,
        purpose: Purpose,
        findings: &mut Vec<Finding>,
    ) {
        if self.way.end == WalkEnd::Unreadable {
            let reason = match chain.first().map(|der| Facts::read(der)) {
                Some(Err(malformed)) => malformed.to_string(),
                _ => "no certificate was presented".into(),
            };
            findings.push(Finding::Unreadable { index: 0, reason });
            return;
        }
        if !matches!(self.way.end, WalkEnd::Anchor(_)) {
            findings.push(Finding::NoPath {
                end: self.way.end.clone(),
            });
        }
        for (height, (index, facts)) in self.certificates().enumerate() {
            report_time(index, height, facts, at, findings);
            report_rules(index, height, facts, purpose, findings);
        }
        self.report_anchor_time(at, findings);
        self.report_signatures(findings);
    }

    fn report_anchor_time(&self, at: OffsetDateTime, findings: &mut Vec<Finding>) {
        let Some((anchor, facts)) = &self.anchor else {
            return;
        };
        let anchor = *anchor;
        if facts.is_expired(at) {
            let not_after = facts.not_after;
            findings.push(Finding::AnchorExpired {
                anchor,
                not_after,
                at,
            });
        } else if facts.is_not_yet_valid(at) {
            let not_before = facts.not_before;
            findings.push(Finding::AnchorNotYetValid {
                anchor,
                not_before,
                at,
            });
        }
    }

    /// Signatures that webpki does not accept whatever they are worth.
    fn report_signatures(&self, findings: &mut Vec<Finding>) {
        let path: Vec<(usize, &Facts)> = self.certificates().collect();
        let issuers = path
            .iter()
            .skip(1)
            .map(|(index, facts)| (Place::Presented(*index), *facts))
            .chain(
                self.anchor
                    .iter()
                    .map(|(index, facts)| (Place::Anchor(*index), facts)),
            );
        for ((index, facts), (place, issuer)) in path.iter().zip(issuers) {
            let key = &issuer.key;
            if key.algorithm == "RSA" && key.bits < 2048 {
                let key = key.clone();
                findings.push(Finding::WeakKey { place, key });
            } else if !is_accepted(&facts.signature, &key.algorithm) {
                findings.push(Finding::UnsupportedSignature {
                    index: *index,
                    signature: facts.signature.clone(),
                    issuer_key: key.clone(),
                });
            }
        }
    }

    /// The instant nearest to `at` when every certificate of the path is valid, if there is one.
    fn common_instant(&self, at: OffsetDateTime) -> Option<OffsetDateTime> {
        let first = self
            .certificates()
            .map(|(_, facts)| facts.not_before)
            .max()?;
        let last = self
            .certificates()
            .map(|(_, facts)| facts.not_after)
            .min()?;
        (first <= last).then(|| at.clamp(first, last))
    }

    /// Adds a finding for webpki's error, unless one that is there accounts for it.
    fn explain(&self, error: Error, findings: &mut Vec<Finding>) {
        if findings.iter().any(|finding| accounts_for(finding, &error)) {
            return;
        }
        findings.push(match error {
            Error::NameConstraintViolation => Finding::NameConstraint {
                constrained_by: self.constrained_by(),
            },
            error if is_revocation(&error) => Finding::Revocation { error },
            error => Finding::Other { error },
        });
    }

    fn constrained_by(&self) -> Vec<Place> {
        let presented = self
            .certificates()
            .filter(|(_, facts)| facts.name_constraints)
            .map(|(index, _)| Place::Presented(index));
        let trusted = self
            .anchor
            .iter()
            .filter(|(_, facts)| facts.name_constraints)
            .map(|(index, _)| Place::Anchor(*index));
        presented.chain(trusted).collect()
    }
}

fn report_time(
    index: usize,
    height: usize,
    facts: &Facts,
    at: OffsetDateTime,
    findings: &mut Vec<Finding>,
) {
    let role = Role::at(height);
    if facts.is_expired(at) {
        let not_after = facts.not_after;
        findings.push(Finding::Expired {
            index,
            role,
            not_after,
            at,
        });
    } else if facts.is_not_yet_valid(at) {
        let not_before = facts.not_before;
        findings.push(Finding::NotYetValid {
            index,
            role,
            not_before,
            at,
        });
    }
}

/// webpki's own rules for one certificate, in the order in which it applies them.
fn report_rules(
    index: usize,
    height: usize,
    facts: &Facts,
    purpose: Purpose,
    findings: &mut Vec<Finding>,
) {
    let role = Role::at(height);
    if facts.version != 3 {
        let version = facts.version;
        findings.push(Finding::Version { index, version });
    }
    if !facts.unknown_critical.is_empty() {
        let extensions = facts.unknown_critical.clone();
        findings.push(Finding::UnknownCritical { index, extensions });
    }
    match role {
        Role::Leaf if facts.is_ca => findings.push(Finding::LeafIsCa),
        Role::Intermediate if !facts.is_ca => findings.push(Finding::NotACa { index }),
        _ => {}
    }
    let below = u32::try_from(height.saturating_sub(1)).unwrap_or(u32::MAX);
    if let Some(limit) = facts.path_length.filter(|limit| below > *limit) {
        findings.push(Finding::PathLength {
            index,
            limit,
            below,
        });
    }
    let required = purpose.extended_key_usage();
    if let Some(presented) = &facts.extended_key_usage
        && !presented.iter().any(|usage| usage == required)
    {
        findings.push(Finding::ExtendedKeyUsage {
            index,
            role,
            required,
            presented: presented.clone(),
        });
    }
}

impl Role {
    fn at(height: usize) -> Self {
        match height {
            0 => Self::Leaf,
            _ => Self::Intermediate,
        }
    }
}

/// Whether ring's algorithms, as webpki offers them, take such a signature under such a key.
fn is_accepted(signature: &str, issuer_key: &str) -> bool {
    match signature {
        "RSA with SHA-256"
        | "RSA with SHA-384"
        | "RSA with SHA-512"
        | "RSA-PSS with SHA-256"
        | "RSA-PSS with SHA-384"
        | "RSA-PSS with SHA-512" => issuer_key == "RSA",
        "ECDSA with SHA-256" | "ECDSA with SHA-384" => {
            matches!(issuer_key, "EC P-256" | "EC P-384")
        }
        "Ed25519" => issuer_key == "Ed25519",
        _ => false,
    }
}

fn is_revocation(error: &Error) -> bool {
    matches!(
        error,
        Error::CertRevoked
            | Error::CrlExpired { .. }
            | Error::UnknownRevocationStatus
            | Error::IssuerNotCrlSigner
            | Error::InvalidCrlNumber
            | Error::InvalidCrlSignatureForPublicKey
            | Error::UnsupportedCrlIssuingDistributionPoint
            | Error::UnsupportedCrlVersion
            | Error::UnsupportedDeltaCrl
            | Error::UnsupportedIndirectCrl
            | Error::UnsupportedCrlSignatureAlgorithmContext(_)
            | Error::UnsupportedCrlSignatureAlgorithmForPublicKeyContext(_)
    )
}

fn accounts_for(finding: &Finding, error: &Error) -> bool {
    use Finding as F;
    match error {
        Error::CertExpired { .. } => matches!(finding, F::Expired { .. }),
        Error::CertNotValidYet { .. } => matches!(finding, F::NotYetValid { .. }),
        Error::UnknownIssuer => matches!(finding, F::NoPath { .. } | F::Unreadable { .. }),
        Error::InvalidSignatureForPublicKey => {
            matches!(finding, F::NoPath { .. } | F::WeakKey { .. })
        }
        Error::CaUsedAsEndEntity => *finding == F::LeafIsCa,
        Error::EndEntityUsedAsCa => matches!(finding, F::NotACa { .. }),
        Error::PathLenConstraintViolated => matches!(finding, F::PathLength { .. }),
        Error::RequiredEkuNotFoundContext(_) | Error::EmptyEkuExtension => {
            matches!(finding, F::ExtendedKeyUsage { .. })
        }
        Error::UnsupportedCriticalExtension => matches!(finding, F::UnknownCritical { .. }),
        Error::UnsupportedCertVersion => matches!(finding, F::Version { .. }),
        Error::UnsupportedSignatureAlgorithmContext(_)
        | Error::UnsupportedSignatureAlgorithmForPublicKeyContext(_) => matches!(
            finding,
            F::UnsupportedSignature { .. } | F::NoPath { .. } | F::WeakKey { .. }
        ),
        Error::NameConstraintViolation => matches!(finding, F::NameConstraint { .. }),
        error if is_revocation(error) => matches!(finding, F::Revocation { .. }),
        error => {
            matches!(finding, F::Unreadable { .. })
                || matches!(finding, F::Other { error: known } if known == error)
        }
    }
}
