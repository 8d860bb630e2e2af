//! Judges evidence. Pure: the same evidence and expectation give the same verdict.
//!
//! `rustls` alone accepts or refuses, the peer alone says yes or no; a diagnosis explains and never
//! turns one into the other. The diagnoses are the rows of [`diagnoses::ALL`].

pub mod diagnoses;
pub mod expectation;
pub mod finding;
pub mod outcome;
mod reading;

pub use expectation::Expectation;
pub use finding::Finding;
pub use finding::Layer;
pub use finding::Side;
pub use outcome::Outcome;

use crate::evidence::Aim;
use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;

/// A further fact that a diagnosis needs; the session gets it, bounded, and judges once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// One TLS hello on the port that was dialled in plaintext.
    TlsHello,
    /// One HTTP/2 preface in plaintext on the port that was dialled with TLS.
    PlaintextHello,
    /// Hold the chain against the system's roots.
    SystemRoots,
}

/// What a run came to.
#[derive(Debug)]
pub struct Verdict {
    pub outcome: Outcome,
    /// `None` where nothing was expected.
    pub met: Option<bool>,
    /// The one thing to mend first; `None` when all is well.
    pub diagnosis: Option<Finding>,
    /// What else is wrong.
    pub also: Vec<Finding>,
    /// What is not wrong yet, or only for others.
    pub warnings: Vec<Finding>,
    pub exit: ExitStatus,
    /// Asked for before this verdict is final.
    pub follow_ups: Vec<FollowUp>,
}

/// Judges `evidence` against what was expected.
pub fn judge(expectation: &Expectation, evidence: &Evidence) -> Verdict {
    let ended = outcome::of(evidence);
    let met = expectation.met_by(&ended);
    let mut warnings = diagnoses::warn_all(evidence);
    let mut findings = Vec::new();
    if waives_refusal(evidence) {
        // The user went on all the same: what is wrong with the server's chain is told beside the
        // outcome, not as the reason for it.
        let (of_chain, others) = diagnoses::prove_all(evidence)
            .into_iter()
            .partition(diagnoses::is_of_chain);
        warnings.extend::<Vec<Finding>>(of_chain);
        findings = others;
    } else if !ended.is_success() {
        findings = diagnoses::prove_all(evidence);
    }
    if ended.is_success() {
        findings.clear();
    }
    let diagnosis = (!findings.is_empty()).then(|| findings.remove(0));
    Verdict {
        exit: ended.exit_status(met),
        outcome: ended.outcome,
        met,
        diagnosis,
        also: findings,
        warnings,
        follow_ups: if ended.is_success() {
            Vec::new()
        } else {
            diagnoses::follow_ups(evidence)
        },
    }
}

/// Whether `--insecure` let a server in that was refused, to be called all the same.
fn waives_refusal(evidence: &Evidence) -> bool {
    let refused = evidence
        .judged()
        .is_some_and(|judged| !judged.is_accepted());
    evidence.asked.insecure && evidence.asked.aim == Aim::Call && refused
}
