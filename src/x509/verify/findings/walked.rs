//! The rules of webpki, asked of one path certificate by certificate.

use time::OffsetDateTime;
use webpki::Error;

use crate::x509::anchors::TrustAnchors;
use crate::x509::facts::Facts;
use crate::x509::verify::SERVER_AUTH;
use crate::x509::verify::findings::accounts::is_revocation;
use crate::x509::verify::findings::finding::Finding;
use crate::x509::verify::findings::finding::Role;
use crate::x509::walk::Place;
use crate::x509::walk::Search;
use crate::x509::walk::WalkEnd;
use crate::x509::walk::Way;

/// The certificates that webpki most nearly accepted.
pub(super) struct Walked<'a> {
    way: Way,
    search: &'a Search<'a>,
    anchor: Option<(usize, Facts)>,
}

impl<'a> Walked<'a> {
    /// Of several ways to an anchor, one with as few certificates out of date as there are.
    pub(super) fn best(search: &'a Search<'a>, anchors: &TrustAnchors, at: OffsetDateTime) -> Self {
        let way =
            search.best(&|facts| usize::from(facts.is_expired(at) || facts.is_not_yet_valid(at)));
        let anchor = match way.end {
            WalkEnd::Anchor(index) => {
                let index = anchors.longest_valid(index, at);
                Facts::read(&anchors.anchors()[index].der)
                    .ok()
                    .map(|facts| (index, facts))
            }
            _ => None,
        };
        Self {
            way,
            search,
            anchor,
        }
    }

    pub(super) fn end(&self) -> &WalkEnd {
        &self.way.end
    }

    /// Leaf first, each with its index as presented.
    fn certificates(&self) -> impl Iterator<Item = (usize, &Facts)> {
        self.way
            .indices
            .iter()
            .filter_map(|index| Some((*index, self.search.facts(*index)?)))
    }

    /// Everything that can be said of the certificates themselves.
    pub(super) fn report(&self, at: OffsetDateTime, findings: &mut Vec<Finding>) {
        for (height, (index, facts)) in self.certificates().enumerate() {
            if !self.is_root(index) {
                report_time(index, height, facts, at, findings);
            }
            report_rules(index, height, facts, findings);
        }
        self.report_anchor_time(at, findings);
        self.report_signatures(findings);
    }

    /// Whether the way ends at this one as at a root. Were it trusted, its dates would not count.
    fn is_root(&self, index: usize) -> bool {
        self.way.end == WalkEnd::SelfSignedNotTrusted { index }
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
    pub(super) fn common_instant(&self, at: OffsetDateTime) -> Option<OffsetDateTime> {
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

    /// The finding for an error of webpki's that no other one accounts for.
    pub(super) fn explain(&self, error: Error) -> Finding {
        match error {
            Error::NameConstraintViolation => Finding::NameConstraint {
                constrained_by: self.constrained_by(),
            },
            error if is_revocation(&error) => Finding::Revocation { error },
            error => Finding::Other { error },
        }
    }

    fn constrained_by(&self) -> Vec<Place> {
        let presented = self
            .certificates()
            .filter(|(_, facts)| facts.name_constraints.is_some())
            .map(|(index, _)| Place::Presented(index));
        let trusted = self
            .anchor
            .iter()
            .filter(|(_, facts)| facts.name_constraints.is_some())
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
fn report_rules(index: usize, height: usize, facts: &Facts, findings: &mut Vec<Finding>) {
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
    let required = SERVER_AUTH;
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
