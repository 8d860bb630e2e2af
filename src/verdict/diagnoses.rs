//! The diagnoses: one row each, in the order in which things must be mended.
//!
//! To add one: a file `diagnoses/<family>/<id>.rs` with its `ROW`, its page `<id>.md` beside it, a
//! line in the family's table, and a test file case. Rules (diagnoses.md): an id that blames a side is given only on proof; where
//! nothing is proven the family's general row says what is known and gives both cures.

mod alpn;
mod ca;
mod cert;
mod chain;
pub mod credential;
mod crypto;
mod deadline;
mod file;
mod gateway;
mod grpc;
mod http;
mod http2;
mod input;
mod mtls;
mod name;
mod net;
pub mod page;
mod permission;
mod pin;
mod plain;
mod proxy;
mod reflection;
mod revocation;
mod sni;
mod time;
mod tls;
mod token;
mod trust;

use crate::evidence::Evidence;
use crate::verdict::FollowUp;
use crate::verdict::finding::Finding;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

/// A diagnosis.
#[derive(Debug)]
pub struct Diagnosis {
    /// Stable: `family.name`. Never renamed.
    pub id: &'static str,
    pub layer: Layer,
    pub certainty: Certainty,
    /// The Markdown file beside the row, which [`Page`](page::Page) reads.
    pub page: &'static str,
    /// The proof. `None`: not this.
    pub prove: fn(&Evidence) -> Option<Proof>,
    /// A further fact without which this can be neither given nor ruled out.
    pub needs: fn(&Evidence) -> Option<FollowUp>,
}

/// How sure a diagnosis is of what is wrong.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Certainty {
    /// Given only on proof.
    Proven,
    /// Says what is known, where no other row of its family is proven.
    General,
    /// Says what is not wrong yet, or only for others; never the diagnosis of a failure.
    Warning,
}

/// What a row found.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Proof {
    pub side: Option<Side>,
    /// One sentence, without a full stop.
    pub cause: String,
    /// One fact a line; the values that clash, both of them.
    pub evidence: Vec<String>,
    pub hint: String,
}

/// No further fact is needed.
pub fn nothing(_: &Evidence) -> Option<FollowUp> {
    None
}

/// Every family's rows, in the order in which things must be mended.
pub const ALL: &[&[&Diagnosis]] = &[
    file::ROWS,
    input::ROWS,
    net::ROWS,
    proxy::ROWS,
    plain::ROWS,
    tls::ROWS,
    sni::ROWS,
    alpn::ROWS,
    time::ROWS,
    trust::ROWS,
    chain::ROWS,
    name::ROWS,
    ca::ROWS,
    cert::ROWS,
    crypto::ROWS,
    revocation::ROWS,
    pin::ROWS,
    mtls::ROWS,
    http2::ROWS,
    gateway::ROWS,
    http::ROWS,
    reflection::ROWS,
    grpc::ROWS,
    credential::ROWS,
    token::ROWS,
    permission::ROWS,
    reflection::GUARDED,
    deadline::ROWS,
];

/// What is wrong with the server's certificates, which `--insecure` waives.
const OF_CHAIN: &[&[&Diagnosis]] = &[
    time::ROWS,
    trust::ROWS,
    chain::ROWS,
    name::ROWS,
    ca::ROWS,
    cert::ROWS,
    crypto::ROWS,
    revocation::ROWS,
];

/// Whether a finding is of the server's certificates, and no reason for the handshake to fail where
/// they are not verified.
pub fn is_waived(evidence: &Evidence, finding: &Finding) -> bool {
    let is_in = |families: &[&[&Diagnosis]]| {
        let mut rows = families.iter().copied().flatten();
        rows.any(|row| row.id == finding.id)
    };
    // A signature that proves the server's possession of its key is asked for all the same.
    let fails = is_in(&[crypto::ROWS]) && crypto::explains_handshake_signature(evidence);
    is_in(OF_CHAIN) && !fails
}

/// Every row, in that order.
pub fn rows() -> impl Iterator<Item = &'static Diagnosis> {
    ALL.iter().copied().flatten().copied()
}

/// The row of this id.
pub fn find(id: &str) -> Option<&'static Diagnosis> {
    rows().find(|row| row.id == id)
}

/// The families, in the order of their first rows.
pub fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for row in rows() {
        if !families.contains(&row.family()) {
            families.push(row.family());
        }
    }
    families
}

impl Diagnosis {
    /// `net` of `net.refused`.
    pub fn family(&self) -> &'static str {
        self.id.split('.').next().unwrap_or(self.id)
    }

    /// Whether the proof is there.
    fn is_proven(&self, evidence: &Evidence) -> bool {
        (self.prove)(evidence).is_some()
    }

    fn finding(&self, evidence: &Evidence) -> Option<Finding> {
        let proof = (self.prove)(evidence)?;
        Some(Finding {
            id: self.id,
            layer: self.layer,
            side: proof.side,
            cause: proof.cause,
            evidence: proof.evidence,
            hint: proof.hint,
        })
    }
}

/// All that is proven, the one to mend first in front. A general row gives way to a specific one of
/// its family.
pub fn prove_all(evidence: &Evidence) -> Vec<Finding> {
    let proven: Vec<(&Diagnosis, Finding)> = rows()
        .filter(|row| row.certainty != Certainty::Warning)
        .filter_map(|row| Some((row, row.finding(evidence)?)))
        .collect();
    let specific: Vec<&str> = proven
        .iter()
        .filter(|(row, _)| row.certainty == Certainty::Proven)
        .map(|(row, _)| row.family())
        .collect();
    proven
        .into_iter()
        .filter(|(row, _)| row.certainty == Certainty::Proven || !specific.contains(&row.family()))
        .map(|(_, finding)| finding)
        .collect()
}

/// Warnings, whatever the outcome.
pub fn warn_all(evidence: &Evidence) -> Vec<Finding> {
    rows()
        .filter(|row| row.certainty == Certainty::Warning)
        .filter_map(|row| row.finding(evidence))
        .collect()
}

/// The further facts that rows ask for.
pub fn follow_ups(evidence: &Evidence) -> Vec<FollowUp> {
    let mut asked = Vec::new();
    for follow_up in rows().filter_map(|row| (row.needs)(evidence)) {
        if !asked.contains(&follow_up) {
            asked.push(follow_up);
        }
    }
    asked
}

/// The one to mend first.
#[cfg(test)]
pub fn first(evidence: &Evidence) -> Option<Finding> {
    prove_all(evidence).into_iter().next()
}

#[cfg(test)]
pub(crate) mod tests;
