//! `time.not-yet-valid.leaf`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.not-yet-valid.leaf",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_yet_valid_leaf.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_before) = time::not_yet_valid(evidence, Role::Leaf)?;
    Some(time::not_yet_valid_proof(evidence, index, not_before))
}
