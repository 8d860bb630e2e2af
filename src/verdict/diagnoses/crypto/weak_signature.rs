//! `crypto.weak-signature`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::verdict::reading::signature;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "crypto.weak-signature",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("weak_signature.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let untaken = signature::untaken(connection)
        .filter(|untaken| signature::is_broken_hash(untaken.signature))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} is signed with {}, which is not accepted any more",
            certificates::short(untaken.index),
            untaken.signature
        ),
        evidence: vec![certificates::presented(connection, untaken.index)],
        hint: format!(
            "ask the operator of {} to have it issued again with SHA-256",
            connection.asked.host
        ),
    })
}
