//! `time.expired.intermediate`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.expired.intermediate",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("expired_intermediate.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_after) = time::expired(evidence, Role::Intermediate)?;
    Some(time::expired_proof(evidence, index, not_after))
}
