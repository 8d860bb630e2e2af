//! `time.expired.leaf`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "time.expired.leaf",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("expired_leaf.md"),
    prove: Prove::Connection(prove),
    yields_to: &["time.local-clock"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, not_after) = time::expired(connection, Role::Leaf)?;
    Some(time::expired_proof(connection, index, not_after))
}
