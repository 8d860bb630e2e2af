//! `grpc.undecodable`.

use crate::evidence::Description;
use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::to_the_call;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.undecodable",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("undecodable.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let method = method(case);
    if let Some(why) = &case.call.undecodable {
        let source = match &case.call.description {
            Description::Found { source, .. } => format!("the type was taken from {source}"),
            _ => "the type is not known".to_owned(),
        };
        return Some(Proof {
            side: None,
            cause: format!("a message of {method} cannot be read as the type that it should have"),
            evidence: vec![format!("the decoder says: {why}"), source],
            hint: "compare the .proto of both sides; a --protoset file may be older than the server. If they are the same, the server sends wrong data".to_owned(),
        });
    }
    if to_the_call(case)?
        .faults
        .contains(&WireFault::MissingStatus)
    {
        return None;
    }
    let (cause, fact) = fault(case, unreadable)?;
    // A server's own refusal midway explains why a message was not finished.
    if case.reply_of_server().is_some() {
        return None;
    }
    Some(Proof {
        side: Some(Side::Server),
        cause,
        evidence: vec![fact],
        hint:
            "server-side problem: tell the operator of the server, or of the proxy in front of it"
                .to_owned(),
    })
}

fn unreadable(fault: &WireFault) -> Option<(String, String)> {
    match fault {
        WireFault::TruncatedMessage { received, expected } => Some((
            "the server ended the call in the middle of a message".to_owned(),
            format!("{received} of {expected} bytes came"),
        )),
        WireFault::BadCompressionFlag(flag) => Some((
            "what came is not in gRPC's framing".to_owned(),
            match flag {
                b'{' | b'[' | b'<' => format!(
                    "the first byte is {:?}: this is JSON or HTML under a gRPC content type",
                    char::from(*flag)
                ),
                flag => {
                    format!("a message begins with the flag {flag}; only 0 and 1 have a meaning")
                }
            },
        )),
        _ => None,
    }
}
