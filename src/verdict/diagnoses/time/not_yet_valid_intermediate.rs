//! `time.not-yet-valid.intermediate`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.not-yet-valid.intermediate",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_yet_valid_intermediate.md"),
    prove: Prove::Connection(prove),
    yields_to: &["time.local-clock"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, not_before) = time::not_yet_valid(connection, Role::Intermediate)?;
    Some(time::not_yet_valid_proof(connection, index, not_before))
}
