//! What is accepted here and refused elsewhere, or will be soon: warnings, never a verdict.
//!
//! Cheap enough for the good path: it works on [`Facts`] that were read anyway, and parses one
//! more certificate, the anchor that was used.

use time::OffsetDateTime;

use crate::text::hex;
use crate::x509::anchors::TrustAnchors;
use crate::x509::facts;
use crate::x509::facts::Facts;
use crate::x509::facts::KeyFacts;
use crate::x509::facts::Malformed;
use crate::x509::facts::SubjectAltName;
use crate::x509::facts::name_text;
use crate::x509::verify::Path;

/// One warning. `index` is a certificate's place in the chain as presented, `anchor` its place in
/// [`TrustAnchors::anchors`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Lint {
    /// Less than the warning time is left; `days` are whole days, rounded down.
    ExpiresSoon { index: usize, days: i64 },
    /// As [`Lint::ExpiresSoon`], for the anchor at the path's end.
    RootExpiresSoon { anchor: usize, days: i64 },
    /// The anchor at the path's end has expired; nothing is said of an anchor's dates in RFC 5280.
    RootExpired { anchor: usize },
    /// The anchor at the path's end is not valid yet.
    RootNotYetValid { anchor: usize },
    /// An issuer's key usage does not list `keyCertSign`.
    IssuerWithoutCertSign { index: usize },
    /// The anchor's key usage does not list `keyCertSign`.
    RootWithoutCertSign { anchor: usize },
    /// The end-entity certificate's key usage does not list `digitalSignature`.
    LeafWithoutDigitalSignature,
    /// An issuer stands before a certificate that it issued.
    ChainOrder,
    /// The first certificate is a CA's, and the one at `index`, which descends from it, is not.
    LeafNotFirst { index: usize },
    /// The certificate has no part in the chain, by any name.
    Unrelated { index: usize },
    /// The same certificate as the one at `of`.
    Duplicate { index: usize, of: usize },
    /// Signed with SHA-1 or MD5.
    WeakSignature { index: usize, signature: String },
    /// RSA below 2048 bits, DSA, or a curve below 256 bits.
    WeakKey { index: usize, key: KeyFacts },
    /// A server's name stands in the common name alone.
    CommonNameOnly { common_name: String },
    /// Not a certificate.
    Unreadable { index: usize },
}

impl Lint {
    /// Who refuses such a chain, for the sentence "… will refuse it".
    pub fn refused_by(&self) -> &'static str {
        match self {
            Self::ExpiresSoon { .. } => "every client, once it has expired,",
            Self::RootExpiresSoon { .. }
            | Self::RootExpired { .. }
            | Self::RootNotYetValid { .. } => "Go, OpenSSL, GnuTLS and gRPC C-core",
            Self::IssuerWithoutCertSign { .. } | Self::RootWithoutCertSign { .. } => {
                "Go and OpenSSL"
            }
            Self::LeafWithoutDigitalSignature => "stacks that check the key usage in TLS 1.3",
            Self::ChainOrder => "clients that take the order of RFC 5246 §7.4.2 at its word",
            Self::LeafNotFirst { .. } => "every client",
            Self::Unrelated { .. } | Self::Duplicate { .. } => "nobody, at the cost of its bytes,",
            Self::WeakSignature { .. } | Self::WeakKey { .. } => "rustls, Go and OpenSSL",
            Self::CommonNameOnly { .. } => "Go and rustls",
            Self::Unreadable { .. } => "every client that needs it for its path",
        }
    }
}

/// Warnings on a chain as presented, in its order. `path` is webpki's, `None` if it refused: then
/// names alone tell which certificates belong together. `warn_days` are the days of validity under
/// which a certificate expires soon.
pub(crate) fn lint(
    chain: &[Result<Facts, Malformed>],
    path: Option<&Path>,
    anchors: &TrustAnchors,
    at: OffsetDateTime,
    warn_days: i64,
) -> Vec<Lint> {
    let chain = Chain::of(chain, path, anchors);
    let mut lints = Vec::new();
    chain.lint_shape(&mut lints);
    for (height, (index, facts)) in chain.members().enumerate() {
        lint_certificate(index, facts, &mut lints);
        let days = facts.days_left(at);
        if (0..warn_days).contains(&days) {
            lints.push(Lint::ExpiresSoon { index, days });
        }
        if height == 0 {
            lint_leaf(facts, &mut lints);
        } else if facts.is_ca && !facts.permits_key_usage("keyCertSign") {
            // One that is no CA's at all is refused for that.
            lints.push(Lint::IssuerWithoutCertSign { index });
        }
    }
    if let Some(path) = path {
        let anchor = anchors.longest_valid(path.anchor, at);
        let leaf = chain.facts.first().copied().flatten();
        lint_anchor(anchor, anchors, leaf, at, warn_days, &mut lints);
    }
    lints
}

/// The chain as presented, and how its certificates hang together.
struct Chain<'a> {
    facts: Vec<Option<&'a Facts>>,
    /// Indices from the end-entity certificate upwards.
    path: Vec<usize>,
    /// Where the end-entity certificate stands.
    leaf: usize,
    /// Whether the path reaches a root; if not, a CA that seems unrelated may belong above the gap.
    is_whole: bool,
}

impl<'a> Chain<'a> {
    fn of(
        chain: &'a [Result<Facts, Malformed>],
        path: Option<&Path>,
        anchors: &TrustAnchors,
    ) -> Self {
        let facts: Vec<Option<&Facts>> = chain.iter().map(|facts| facts.as_ref().ok()).collect();
        let leaf = leaf_of(&facts);
        let (path, is_whole) = match path {
            Some(path) => (presented_indices(&facts, path), true),
            None => {
                let path = follow_names(&facts, leaf);
                let last = path.last().and_then(|index| facts[*index]);
                let is_whole = last.is_some_and(|last| ends_at_a_root(last, anchors));
                (path, is_whole)
            }
        };
        Self {
            facts,
            path,
            leaf,
            is_whole,
        }
    }

    /// The path's certificates with their indices, end-entity certificate first.
    fn members(&self) -> impl Iterator<Item = (usize, &'a Facts)> {
        self.path
            .iter()
            .filter_map(|index| Some((*index, self.facts[*index]?)))
    }

    /// What concerns the chain as a list.
    fn lint_shape(&self, lints: &mut Vec<Lint>) {
        if self.leaf != 0 {
            lints.push(Lint::LeafNotFirst { index: self.leaf });
        } else if !self.path.is_sorted() {
            lints.push(Lint::ChainOrder);
        }
        let related = self.related();
        for (index, facts) in self.facts.iter().enumerate() {
            let Some(facts) = facts else {
                lints.push(Lint::Unreadable { index });
                continue;
            };
            let same = |other: &Option<&Facts>| other.is_some_and(|f| f.sha256 == facts.sha256);
            match self.facts[..index].iter().position(same) {
                Some(of) => lints.push(Lint::Duplicate { index, of }),
                None if !related[index] && (self.is_whole || !facts.is_ca) => {
                    lints.push(Lint::Unrelated { index })
                }
                None => {}
            }
        }
    }

    /// Which certificates can be reached from the end-entity certificate by any names: re-issued and
    /// cross-signed issuers, and the root, are related although the path does without them.
    fn related(&self) -> Vec<bool> {
        let mut related = vec![false; self.facts.len()];
        let mut open = self.path.clone();
        while let Some(index) = open.pop() {
            if std::mem::replace(&mut related[index], true) {
                continue;
            }
            let Some(facts) = self.facts[index] else {
                continue;
            };
            open.extend(by_subject(&self.facts, &facts.issuer));
        }
        related
    }
}

fn by_subject<'f>(facts: &'f [Option<&Facts>], name: &'f str) -> impl Iterator<Item = usize> + 'f {
    let has_name = move |facts: &Option<&Facts>| facts.is_some_and(|facts| facts.subject == name);
    (0..facts.len()).filter(move |index| has_name(&facts[*index]))
}

/// The end-entity certificate's place: the first, unless that is a CA from which one that is none
/// descends.
fn leaf_of(facts: &[Option<&Facts>]) -> usize {
    let mut passed = vec![false; facts.len()];
    let mut open = vec![0];
    while let Some(index) = open.pop() {
        let Some(Some(issuer)) = facts.get(index) else {
            continue;
        };
        if !issuer.is_ca {
            return index;
        }
        if !std::mem::replace(&mut passed[index], true) {
            let issued =
                |facts: &Option<&Facts>| facts.is_some_and(|facts| facts.issuer == issuer.subject);
            open.extend(
                (0..facts.len())
                    .rev()
                    .filter(|below| issued(&facts[*below])),
            );
        }
    }
    0
}

fn presented_indices(facts: &[Option<&Facts>], path: &Path) -> Vec<usize> {
    let digests = path
        .intermediates
        .iter()
        .map(|der| hex(ring::digest::digest(&ring::digest::SHA256, der).as_ref()));
    let above = digests.filter_map(|digest| {
        facts
            .iter()
            .position(|facts| facts.is_some_and(|facts| facts.sha256 == digest))
    });
    (0..facts.len().min(1)).chain(above).collect()
}

fn follow_names(facts: &[Option<&Facts>], leaf: usize) -> Vec<usize> {
    let mut path = Vec::new();
    let mut next = (!facts.is_empty()).then_some(leaf);
    while let Some(index) = next {
        path.push(index);
        next = facts[index].and_then(|facts_here| {
            by_subject(facts, &facts_here.issuer).find(|above| !path.contains(above))
        });
    }
    path
}

fn ends_at_a_root(last: &Facts, anchors: &TrustAnchors) -> bool {
    last.self_issued
        || anchors.anchors().iter().any(|anchor| {
            facts::parse(&anchor.der).is_ok_and(|anchor| name_text(anchor.subject()) == last.issuer)
        })
}

fn lint_certificate(index: usize, facts: &Facts, lints: &mut Vec<Lint>) {
    let is_old = ["SHA-1", "MD5", "MD2"]
        .iter()
        .any(|hash| facts.signature.ends_with(hash));
    // Nobody checks the signature that a root puts on itself.
    if is_old && !facts.self_issued {
        let signature = facts.signature.clone();
        lints.push(Lint::WeakSignature { index, signature });
    }
    let key = &facts.key;
    let is_weak = match key.algorithm.as_str() {
        "RSA" | "RSA-PSS" => key.bits < 2048,
        "DSA" | "EC P-224" => true,
        _ => false,
    };
    if is_weak {
        let key = key.clone();
        lints.push(Lint::WeakKey { index, key });
    }
}

fn lint_leaf(facts: &Facts, lints: &mut Vec<Lint>) {
    if !facts.permits_key_usage("digitalSignature") {
        lints.push(Lint::LeafWithoutDigitalSignature);
    }
    let is_server = facts
        .extended_key_usage
        .as_ref()
        .is_none_or(|usages| usages.iter().any(|usage| usage == "serverAuth"));
    let has_name = |name: &SubjectAltName| !matches!(name, SubjectAltName::Email(_));
    if let Some(common_name) = &facts.common_name
        && is_server
        && !facts.is_ca
        && !facts.san.iter().any(has_name)
        && (common_name.contains('.') || common_name == "localhost")
    {
        let common_name = common_name.clone();
        lints.push(Lint::CommonNameOnly { common_name });
    }
}

fn lint_anchor(
    anchor: usize,
    anchors: &TrustAnchors,
    leaf: Option<&Facts>,
    at: OffsetDateTime,
    warn_days: i64,
    lints: &mut Vec<Lint>,
) {
    let Some(Ok(facts)) = anchors
        .anchors()
        .get(anchor)
        .map(|anchor| Facts::read_unchecked(&anchor.der))
    else {
        return;
    };
    let days = facts.days_left(at);
    if facts.is_expired(at) {
        lints.push(Lint::RootExpired { anchor });
    } else if facts.is_not_yet_valid(at) {
        lints.push(Lint::RootNotYetValid { anchor });
    } else if days < warn_days {
        lints.push(Lint::RootExpiresSoon { anchor, days });
    }
    // A server's own certificate that is trusted by itself signs nothing for others.
    let is_leaf = leaf.is_some_and(|leaf| leaf.sha256 == facts.sha256);
    if !is_leaf && !facts.permits_key_usage("keyCertSign") {
        lints.push(Lint::RootWithoutCertSign { anchor });
    }
}

#[cfg(test)]
mod tests;
