//! `grpc.bad-status`.

use crate::evidence::Evidence;
use crate::invoke::WireFault;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::to_the_call;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::moment::counted;

pub const ROW: Diagnosis = Diagnosis {
    id: "grpc.bad-status",
    layer: Layer::Grpc,
    kind: Kind::Specific,
    meaning: "The answer is gRPC, but it ended without a grpc-status, or with one that is not a number. Nobody can tell whether the call succeeded; it counts as UNKNOWN.",
    established: "The trailers as they came. Numbers above 16 are numbers: they are shown as they are and are no fault of this kind.",
    mend: &[
        (
            "operator of server or gateway",
            "A proxy that does not pass HTTP trailers on is the commonest cause: it must speak HTTP/2 on both sides (nginx: grpc_pass, not proxy_pass; ALB: protocol version gRPC).",
        ),
        (
            "server",
            "A handler that is killed or closes its stream sends no trailers: look for a crash at the time of the call.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let answer = to_the_call(evidence)?;
    let (cause, fact) = fault(evidence, |fault| match fault {
        WireFault::MissingStatus => Some((
            "the server ended the call without a grpc-status",
            format!(
                "the stream ended after {}, without the trailers that carry the status",
                counted(answer.messages, "whole message")
            ),
        )),
        WireFault::BadStatusNumber { raw } => Some((
            "the server ended the call with a grpc-status that is no status number",
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
        hint: "not yours to mend: ask the operator whether a proxy drops HTTP trailers, or whether the server failed at the time of the call".to_owned(),
    })
}
