//! `grpc.bad-status`.

use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::to_the_call;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::moment::counted;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.bad-status",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("bad_status.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let answer = to_the_call(case)?;
    let (cause, fact) = fault(case, |fault| match fault {
        WireFault::MissingStatus => Some((
            "the server ended the call without a grpc-status",
            format!(
                "the stream ended after {}, without the trailers that carry the status",
                counted(answer.messages, "whole message")
            ),
        )),
        WireFault::BadStatusNumber { raw } => Some((
            "the server ended the call with a grpc-status that is not a status number",
            format!("grpc-status: {raw}"),
        )),
        _ => None,
    })?;
    let mut facts = vec![fact];
    facts.extend(answer.faults.iter().filter_map(|fault| match fault {
        WireFault::TruncatedMessage { received, expected } => Some(format!(
            "the last message is cut off: {received} of {expected} bytes came"
        )),
        _ => None,
    }));
    Some(Proof {
        side: Some(Side::Server),
        cause: cause.to_owned(),
        evidence: facts,
        hint: "server-side problem: ask the operator whether a proxy drops HTTP trailers, or whether the server failed at the time of the call".to_owned(),
    })
}
