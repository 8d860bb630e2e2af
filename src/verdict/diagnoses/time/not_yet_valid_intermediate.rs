//! `time.not-yet-valid.intermediate`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::verdict::diagnoses::time::not_yet_valid_leaf::MEND;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.not-yet-valid.intermediate",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The time of an intermediate CA's certificate that the server sends has not begun, by the \
        clock here.",
    established: "The `notBefore` of a certificate on the path above the leaf lies after the clock that \
        the chain was judged by; both are shown.",
    mend: MEND,
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_before) = time::not_yet_valid(evidence, Role::Intermediate)?;
    Some(time::not_yet_valid_proof(evidence, index, not_before))
}
