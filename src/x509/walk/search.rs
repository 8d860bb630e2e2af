//! The search behind the walk: depth first over names and signatures, bounded.

use std::cell::Cell;

use rustls::pki_types::CertificateDer;
use x509_parser::asn1_rs::FromDer as _;
use x509_parser::asn1_rs::Sequence;
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::X509Name;

use crate::x509::anchors::TrustAnchors;
use crate::x509::facts;
use crate::x509::facts::Facts;
use crate::x509::facts::name_text;
use crate::x509::signature;
use crate::x509::signature::Signed;
use crate::x509::walk::Place;
use crate::x509::walk::Step;
use crate::x509::walk::Walk;
use crate::x509::walk::WalkEnd;

/// Signatures checked in one search; webpki allows itself as many. A peer may send certificates
/// that all issue one another.
const SIGNATURES: usize = 100;

/// A certificate that could be read.
struct Entry<'a> {
    certificate: X509Certificate<'a>,
    facts: Facts,
}

/// A way from the end-entity certificate, by indices, and what stood at its end.
pub(crate) struct Way {
    pub indices: Vec<usize>,
    pub end: WalkEnd,
    cost: usize,
}

pub(crate) struct Search<'a> {
    /// One for each presented certificate; `None` for those that could not be read.
    entries: Vec<Option<Entry<'a>>>,
    anchors: &'a TrustAnchors,
    signatures_left: Cell<usize>,
    gave_up: Cell<bool>,
}

/// How a certificate by the issuer's name relates to the one it may have issued.
enum Relation {
    Issuer,
    OtherKey,
    BadSignature,
}

impl<'a> Search<'a> {
    pub(crate) fn new(chain: &'a [CertificateDer<'_>], anchors: &'a TrustAnchors) -> Self {
        Self {
            entries: chain.iter().map(|der| Entry::read(der)).collect(),
            anchors,
            signatures_left: Cell::new(SIGNATURES),
            gave_up: Cell::new(false),
        }
    }

    /// The best way. Among those to an anchor, the one with the least sum of `cost` over its certificates.
    pub(crate) fn best(&self, cost: &dyn Fn(&Facts) -> usize) -> Way {
        let Some(Some(leaf)) = self.entries.first() else {
            return Way {
                indices: Vec::new(),
                end: WalkEnd::Unreadable,
                cost: 0,
            };
        };
        let mut way = self.from(0, leaf, &mut Vec::new(), cost);
        if self.gave_up.get() && !matches!(way.end, WalkEnd::Anchor(_)) {
            // A way not looked at may have said otherwise.
            way.end = WalkEnd::TooComplex;
        }
        if let WalkEnd::MissingIssuer { .. } = way.end
            && let Some(index) = way.indices.last()
            && let Some(issuer) = self.issuer_by_text(*index)
        {
            let index = *index;
            way.end = WalkEnd::NameEncoding { index, issuer };
        }
        way
    }

    pub(crate) fn walk(&self, way: Way) -> Walk {
        let steps = way
            .indices
            .iter()
            .filter_map(|index| Some(Step::of(*index, self.facts(*index)?)))
            .collect();
        Walk {
            steps,
            end: way.end,
        }
    }

    pub(crate) fn facts(&self, index: usize) -> Option<&Facts> {
        Some(&self.entries.get(index)?.as_ref()?.facts)
    }

    /// The best way from the certificate at `index`, which is pushed on `path` meanwhile.
    fn from(
        &self,
        index: usize,
        entry: &Entry<'a>,
        path: &mut Vec<usize>,
        cost: &dyn Fn(&Facts) -> usize,
    ) -> Way {
        path.push(index);
        let mut ends = Vec::new();
        let mut ways = Vec::new();
        self.look_at_anchors(index, entry, &mut ends);
        if entry.signed_itself() {
            ends.push(match index {
                0 => WalkEnd::SelfSignedLeaf,
                _ => WalkEnd::SelfSignedNotTrusted { index },
            });
        } else if !matches!(ends[..], [WalkEnd::Anchor(_)]) {
            for issuer in self.look_at_presented(index, entry, path, &mut ends) {
                if let Some(Some(above)) = self.entries.get(issuer) {
                    ways.push(self.from(issuer, above, path, cost));
                }
            }
        }
        if ends.is_empty() && ways.is_empty() {
            ends.push(WalkEnd::MissingIssuer {
                subject_of_last: entry.facts.subject.clone(),
                issuer: entry.facts.issuer.clone(),
                authority_key_id: entry.facts.authority_key_id.clone(),
                ca_issuers: entry.facts.ca_issuers.clone(),
            });
        }
        ways.extend(ends.into_iter().map(|end| {
            Way {
                indices: path.clone(),
                end,
                cost: path
                    .iter()
                    .filter_map(|index| self.facts(*index))
                    .map(cost)
                    .sum(),
            }
        }));
        path.pop();
        ways.into_iter()
            .min_by_key(|way| (way.end.rank(), way.cost, usize::MAX - way.indices.len()))
            .expect("at least one end was pushed")
    }

    /// Pushes what the anchors by the issuer's name say: only the anchor itself if one issued `entry`.
    fn look_at_anchors(&self, index: usize, entry: &Entry<'a>, ends: &mut Vec<WalkEnd>) {
        let issuer = content(entry.certificate.issuer());
        let roots = self.anchors.roots().iter().enumerate();
        for (anchor, _) in roots.filter(|(_, root)| Some(root.subject.as_ref()) == issuer) {
            // webpki took this anchor; that x509-parser does not leaves it to webpki alone.
            let Some(trusted) = Entry::read(&self.anchors.anchors()[anchor].der) else {
                *ends = vec![WalkEnd::Anchor(anchor)];
                return;
            };
            match self.relation(entry, &trusted) {
                Some(Relation::Issuer) => {
                    *ends = vec![WalkEnd::Anchor(anchor)];
                    return;
                }
                Some(Relation::OtherKey) => ends.push(rekeyed(index, entry, anchor, &trusted)),
                Some(Relation::BadSignature) if key_ids_agree(entry, &trusted).is_some() => {
                    ends.push(WalkEnd::BadSignature { index });
                }
                Some(Relation::BadSignature) => ends.push(rekeyed(index, entry, anchor, &trusted)),
                None => {}
            }
        }
    }

    /// The presented certificates that issued `entry`. If none did, pushes what those by the issuer's
    /// name say instead.
    fn look_at_presented(
        &self,
        index: usize,
        entry: &Entry<'a>,
        path: &[usize],
        ends: &mut Vec<WalkEnd>,
    ) -> Vec<usize> {
        let mut issuers = Vec::new();
        let mut refusals = Vec::new();
        for (issuer, above) in self.by_subject(entry) {
            if self.was_passed(above, path) {
                refusals.push(WalkEnd::Loop);
                continue;
            }
            match self.relation(entry, above) {
                Some(Relation::Issuer) => issuers.push(issuer),
                Some(Relation::OtherKey) => refusals.push(WalkEnd::IssuerRekeyed { index, issuer }),
                Some(Relation::BadSignature) => refusals.push(WalkEnd::BadSignature { index }),
                None => {}
            }
        }
        if issuers.is_empty() {
            ends.extend(refusals);
        }
        issuers
    }

    fn by_subject(&self, entry: &Entry<'a>) -> impl Iterator<Item = (usize, &Entry<'a>)> {
        let issuer = content(entry.certificate.issuer());
        self.entries
            .iter()
            .enumerate()
            .filter_map(|(index, above)| Some((index, above.as_ref()?)))
            .filter(move |(_, above)| content(above.certificate.subject()) == issuer)
    }

    /// As webpki prevents loops (RFC 4158 §5.2): the same name and key, in whichever certificate.
    fn was_passed(&self, above: &Entry<'a>, path: &[usize]) -> bool {
        path.iter()
            .filter_map(|index| self.entries[*index].as_ref())
            .any(|passed| {
                passed.facts.spki_sha256 == above.facts.spki_sha256
                    && content(passed.certificate.subject()) == content(above.certificate.subject())
            })
    }

    /// Who issued the certificate at `index`, if a name in another encoding or case is let pass (RFC
    /// 5280 §7.1).
    fn issuer_by_text(&self, index: usize) -> Option<Place> {
        let entry = self.entries.get(index)?.as_ref()?;
        let signed_by = |above: &X509Certificate<'_>| {
            name_text(above.subject()).eq_ignore_ascii_case(&entry.facts.issuer)
                && signature::check(&entry.certificate, above.public_key()) == Signed::Valid
        };
        let presented = self.entries.iter().enumerate().position(|(other, above)| {
            other != index
                && above
                    .as_ref()
                    .is_some_and(|above| signed_by(&above.certificate))
        });
        if let Some(presented) = presented {
            return Some(Place::Presented(presented));
        }
        let mut trusted = self.anchors.anchors().iter();
        trusted
            .position(|anchor| facts::parse(&anchor.der).is_ok_and(|above| signed_by(&above)))
            .map(Place::Anchor)
    }

    /// `None` once the search has checked as many signatures as it may.
    fn relation(&self, child: &Entry<'_>, above: &Entry<'_>) -> Option<Relation> {
        let agree = key_ids_agree(child, above);
        let Some(left) = self.signatures_left.get().checked_sub(1) else {
            self.gave_up.set(true);
            return None;
        };
        self.signatures_left.set(left);
        let signed = signature::check(&child.certificate, above.certificate.public_key());
        Some(match signed {
            Signed::Valid => Relation::Issuer,
            _ if agree == Some(false) => Relation::OtherKey,
            Signed::Unsupported => Relation::Issuer,
            Signed::Invalid => Relation::BadSignature,
        })
    }
}

impl<'a> Entry<'a> {
    fn read(der: &'a [u8]) -> Option<Self> {
        let certificate = facts::parse(der).ok()?;
        let facts = Facts::of(&certificate);
        Some(Self { certificate, facts })
    }

    /// Also for algorithms that ring lacks, where only the key identifiers could say otherwise.
    fn signed_itself(&self) -> bool {
        self.facts.self_signed
            || self.facts.self_issued
                && key_ids_agree(self, self) != Some(false)
                && signature::check(&self.certificate, self.certificate.public_key())
                    == Signed::Unsupported
    }
}

fn rekeyed(index: usize, entry: &Entry<'_>, anchor: usize, trusted: &Entry<'_>) -> WalkEnd {
    let (authority_key_id, subject_key_id) = match entry.signed_itself() {
        true => own_keys(&entry.facts, &trusted.facts),
        false => (
            entry.facts.authority_key_id.clone(),
            trusted.facts.subject_key_id.clone(),
        ),
    };
    WalkEnd::AnchorRekeyed {
        anchor,
        index,
        authority_key_id,
        subject_key_id,
    }
}

/// A root often names no issuer's key, as RFC 5280 §4.2.1.1 allows: it is its own. Where identifiers
/// cannot tell two keys apart, their digests do.
fn own_keys(root: &Facts, trusted: &Facts) -> (Option<String>, Option<String>) {
    let own = root.authority_key_id.as_ref();
    match (
        own.or(root.subject_key_id.as_ref()),
        &trusted.subject_key_id,
    ) {
        (Some(own), Some(other)) if own != other => (Some(own.clone()), Some(other.clone())),
        _ => (
            Some(root.spki_sha256.clone()),
            Some(trusted.spki_sha256.clone()),
        ),
    }
}

/// Whether the key that `child` names is the one that `above` says it has; `None` if either is silent.
fn key_ids_agree(child: &Entry<'_>, above: &Entry<'_>) -> Option<bool> {
    let wanted = child.facts.authority_key_id.as_ref()?;
    let had = above.facts.subject_key_id.as_ref()?;
    Some(wanted == had)
}

/// A name without its outer tag and length, as webpki compares and keeps it.
fn content<'n>(name: &X509Name<'n>) -> Option<&'n [u8]> {
    match Sequence::from_der(name.as_raw()) {
        Ok((_, sequence)) => match sequence.content {
            std::borrow::Cow::Borrowed(content) => Some(content),
            std::borrow::Cow::Owned(_) => None,
        },
        Err(_) => None,
    }
}
