//! `grpc.status-conflict`.

use crate::evidence::Evidence;
use crate::invoke::WireFault;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "grpc.status-conflict",
    layer: Layer::Grpc,
    kind: Kind::Specific,
    meaning: "One header block holds several grpc-status values that differ. Some clients take the first, some the last: the same answer is a refusal to one and a success to another. It is never counted as OK here.",
    established: "The values as they came, in wire order. A status in the headers beside another one in the trailers is a lesser fault: the trailers' counts (grpc.deviation).",
    mend: &[
        (
            "operator of server or gateway",
            "Two parties add a status: usually a proxy or a filter adds its own to the one of the server behind it. Make it replace, not append.",
        ),
        (
            "nginx",
            "add_header grpc-status … beside grpc_pass adds a second one; use it only in locations that answer themselves.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let values = fault(evidence, |fault| match fault {
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
        hint: "not yours to mend: tell the operator of the server, or of the proxy in front of it, that a grpc-status is added to one that is there already".to_owned(),
    })
}
