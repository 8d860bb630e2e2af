//! `grpc.status-conflict`.

use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.status-conflict",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("status_conflict.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let values = fault(case, |fault| match fault {
        WireFault::ConflictingStatus { values } => Some(values.clone()),
        _ => None,
    })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the answer carries {} grpc-status values that differ, so it has no status",
            values.len()
        ),
        evidence: vec![format!("grpc-status was sent more than once: {}", values.join(", "))],
        hint: "server-side problem: tell the operator of the server, or of the proxy in front of it, that a grpc-status is added to one that is there already".to_owned(),
    })
}
