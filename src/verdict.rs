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

use crate::evidence::Evidence;
use crate::exit_status::ExitStatus;

/// A further fact that a diagnosis needs; the session gets it, bounded, and judges once more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum FollowUp {
    /// One TLS hello on the port that was dialled in plaintext.
    TlsHello,
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
    let mut findings = if ended.is_success() {
        Vec::new()
    } else {
        diagnoses::prove_all(evidence)
    };
    let diagnosis = (!findings.is_empty()).then(|| findings.remove(0));
    Verdict {
        exit: ended.exit_status(met),
        outcome: ended.outcome,
        met,
        diagnosis,
        also: findings,
        warnings: diagnoses::warn_all(evidence),
        follow_ups: if ended.is_success() {
            Vec::new()
        } else {
            diagnoses::follow_ups(evidence)
        },
    }
}
