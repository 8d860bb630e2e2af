//! `grpc.cardinality`.

use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::unimplemented_method::source;
use crate::verdict::finding::Layer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.cardinality",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("cardinality.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (cause, fact) = fault(case, |fault| match fault {
        WireFault::ExtraMessages { .. } => Some((
            "answered with more than one message",
            "a second message came; reading stopped there".to_owned(),
        )),
        WireFault::NoMessage => Some((
            "answered OK without a message",
            "grpc-status 0 came after 0 messages".to_owned(),
        )),
        _ => None,
    })?;
    let method = method(case);
    Some(Proof {
        side: None,
        cause: format!("{method} takes one answer by its descriptor, and the server {cause}"),
        evidence: std::iter::once(fact).chain(source(case)).collect(),
        hint: format!(
            "compare the .proto of both sides: is the answer of {method} a stream there? If not, the server is at fault: tell its operator"
        ),
    })
}
