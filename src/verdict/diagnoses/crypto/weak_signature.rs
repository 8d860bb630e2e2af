//! `crypto.weak-signature`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::crypto;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "crypto.weak-signature",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("weak_signature.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let untaken = crypto::untaken_signature(evidence)
        .filter(|untaken| crypto::is_broken_hash(untaken.signature))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} is signed with {}, which is not accepted any more",
            certificates::short(untaken.index),
            untaken.signature
        ),
        evidence: vec![certificates::presented(evidence, untaken.index)],
        hint: format!(
            "ask whoever runs {} to have it issued again with SHA-256",
            evidence.connection.asked.host
        ),
    })
}
