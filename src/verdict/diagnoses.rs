//! The diagnoses: one row each, in the order in which things must be fixed.
//!
//! To add one: a file `diagnoses/<family>/<id>.rs` with its `ROW`, its page `<id>.md` beside it, a
//! line in the family's table, and a test file case. Rules: an id that blames a side is given only on proof; where
//! nothing is proven the family's general row says what is known and gives both fixes. No family uses another: where one
//! leaves the word to another, the row says so, and what both read stands among the readings.

mod alpn;
mod ca;
mod cert;
mod chain;
pub(crate) mod credential;
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
pub(crate) mod page;
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

#[cfg(test)]
use crate::evidence::Evidence;
use crate::verdict::FollowUp;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::finding::Finding;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::signature;

/// A diagnosis.
#[derive(Debug)]
pub struct Diagnosis {
    /// Stable: `family.name`. Never renamed.
    pub id: &'static str,
    pub layer: Layer,
    pub certainty: Certainty,
    /// The Markdown file beside the row, which [`Page`](page::Page) reads.
    pub page: &'static str,
    pub prove: Prove,
    /// The rows that leave nothing to say to this one where they are given: an id, or a family, which stands for its rows
    /// that are given on proof. A general row yields to those of its own family besides.
    pub yields_to: &'static [&'static str],
    /// A further fact without which this can be neither given nor ruled out.
    pub needs: fn(&ConnectionCase<'_>) -> Option<FollowUp>,
}

/// The proof, and what it is looked for in. `None`: not this.
#[derive(Clone, Copy, Debug)]
pub enum Prove {
    /// A connection alone, to a target or to an endpoint that gives tokens.
    Connection(fn(&ConnectionCase<'_>) -> Option<Proof>),
    /// All of a run.
    Run(fn(&Case<'_>) -> Option<Proof>),
    /// A connection, where nothing more is known; else a run.
    Both(
        fn(&ConnectionCase<'_>) -> Option<Proof>,
        fn(&Case<'_>) -> Option<Proof>,
    ),
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

/// Every family's rows, in the order in which things must be fixed. Which of them are given does not hang on it: that is
/// what a row yields to.
pub(crate) const ALL: &[&[&Diagnosis]] = &[
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
pub(crate) fn is_waived(connection: &ConnectionCase<'_>, finding: &Finding) -> bool {
    let is_in = |families: &[&[&Diagnosis]]| {
        let mut rows = families.iter().copied().flatten();
        rows.any(|row| row.id == finding.id)
    };
    // A signature that proves the server's possession of its key is asked for all the same.
    let fails = is_in(&[crypto::ROWS]) && signature::is_explained(connection);
    let is_default = finding.id == sni::default_certificate::ROW.id;
    (is_in(OF_CHAIN) || is_default) && !fails
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
pub(crate) fn families() -> Vec<&'static str> {
    let mut families = Vec::new();
    for row in rows() {
        if !families.contains(&row.family()) {
            families.push(row.family());
        }
    }
    families
}

impl Diagnosis {
    /// What a row need not say: that it yields to none, and needs no further fact.
    const BLANK: Self = Self {
        id: "",
        layer: Layer::Input,
        certainty: Certainty::Proven,
        page: "",
        prove: Prove::Run(|_| None),
        yields_to: &[],
        needs: |_| None,
    };

    /// `net` of `net.refused`.
    pub fn family(&self) -> &'static str {
        self.id.split('.').next().unwrap_or(self.id)
    }

    /// The proof by all that is known of a run.
    fn proof(&self, case: &Case<'_>) -> Option<Proof> {
        match self.prove {
            Prove::Connection(prove) => prove(&case.connection),
            Prove::Run(prove) | Prove::Both(_, prove) => prove(case),
        }
    }

    /// The proof by a connection alone.
    fn proof_of(&self, connection: &ConnectionCase<'_>) -> Option<Proof> {
        match self.prove {
            Prove::Connection(prove) | Prove::Both(prove, _) => prove(connection),
            Prove::Run(_) => None,
        }
    }

    /// Whether there is nothing left to say to this row where the other is given.
    fn yields(&self, other: &Self) -> bool {
        let by_name = self.yields_to.iter().any(|name| {
            *name == other.id || (*name == other.family() && other.certainty == Certainty::Proven)
        });
        let in_family = self.certainty == Certainty::General
            && other.certainty == Certainty::Proven
            && self.family() == other.family();
        by_name || in_family
    }

    fn finding(&self, proof: Proof) -> Finding {
        Finding {
            id: self.id,
            layer: self.layer,
            side: proof.side,
            cause: proof.cause,
            evidence: proof.evidence,
            hint: proof.hint,
        }
    }
}

/// All that is proven of a run, the one to fix first in front.
pub(crate) fn prove_all(case: &Case<'_>) -> Vec<Finding> {
    given(|row| row.proof(case))
}

/// The same of a connection that no call was made over.
pub(crate) fn prove_connection(connection: &ConnectionCase<'_>) -> Vec<Finding> {
    given(|row| row.proof_of(connection))
}

/// The rows that are proven and have something left to say: the only place where one gives way to another. A row that
/// yields itself stands in nobody's way.
fn given(prove: impl Fn(&Diagnosis) -> Option<Proof>) -> Vec<Finding> {
    let proven: Vec<(&Diagnosis, Proof)> = rows()
        .filter(|row| row.certainty != Certainty::Warning)
        .filter_map(|row| Some((row, prove(row)?)))
        .collect();
    let rows: Vec<&Diagnosis> = proven.iter().map(|(row, _)| *row).collect();
    proven
        .into_iter()
        .filter(|(row, _)| stands(row, &rows))
        .map(|(row, proof)| row.finding(proof))
        .collect()
}

fn stands(row: &Diagnosis, proven: &[&Diagnosis]) -> bool {
    !proven
        .iter()
        .any(|other| row.yields(other) && stands(other, proven))
}

/// Warnings, whatever the outcome.
pub(crate) fn warn_all(case: &Case<'_>) -> Vec<Finding> {
    rows()
        .filter(|row| row.certainty == Certainty::Warning)
        .filter_map(|row| Some(row.finding(row.proof(case)?)))
        .collect()
}

/// The further facts that rows ask for.
pub(crate) fn follow_ups(connection: &ConnectionCase<'_>) -> Vec<FollowUp> {
    let mut asked = Vec::new();
    for follow_up in rows().filter_map(|row| (row.needs)(connection)) {
        if !asked.contains(&follow_up) {
            asked.push(follow_up);
        }
    }
    asked
}

/// The one to fix first.
#[cfg(test)]
pub fn first(evidence: &Evidence) -> Option<Finding> {
    prove_all(&Case::new(evidence)).into_iter().next()
}

#[cfg(test)]
pub(crate) mod corpus;
#[cfg(test)]
pub(crate) mod tests;
