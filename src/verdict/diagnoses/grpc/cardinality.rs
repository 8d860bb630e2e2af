//! `grpc.cardinality`.

use crate::evidence::Evidence;
use crate::invoke::WireFault;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::unimplemented_method::source;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

pub const ROW: Diagnosis = Diagnosis {
    id: "grpc.cardinality",
    layer: Layer::Grpc,
    kind: Kind::Specific,
    meaning: "A method that answers with one message answered with several, or with none beside OK. Either the server breaks the protocol, or client and server disagree on whether the method streams.",
    established: "Messages are counted up to the status. The descriptors in use say how many there should be; if they came from a file, they may be older than the server.",
    mend: &[
        (
            "client",
            "With --protoset: write the set anew from the server's version of the .proto; without it the server is asked by reflection.",
        ),
        (
            "server",
            "Generated servers cannot do this: look for a hand-made handler, a proxy that merges streams, or another `stream` in the deployed .proto.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (cause, fact) = fault(evidence, |fault| match fault {
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
    let method = method(evidence);
    Some(Proof {
        side: None,
        cause: format!("{method} takes one answer by its descriptor, and the server {cause}"),
        evidence: std::iter::once(fact).chain(source(evidence)).collect(),
        hint: format!(
            "compare the .proto of both sides: is the answer of {method} a stream there? If not, the server is at fault: tell whoever runs it"
        ),
    })
}
