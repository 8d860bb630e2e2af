//! `grpc.deviation`.

use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.deviation",
    layer: Layer::Grpc,
    certainty: Certainty::Warning,
    page: include_str!("deviation.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let answer = case.call.last_answer()?;
    let facts: Vec<String> = answer.faults.iter().filter_map(deviation).collect();
    let cause = facts.first()?.clone();
    Some(Proof {
        side: Some(Side::Server),
        cause,
        evidence: facts.into_iter().skip(1).collect(),
        hint: "tell the operator of the server, or of the proxy in front of it: other clients will read this answer otherwise".to_owned(),
    })
}

fn deviation(fault: &WireFault) -> Option<String> {
    Some(match fault {
        WireFault::StatusInHeaders { headers, trailers } => match trailers {
            Some(trailers) => format!(
                "grpc-status is {headers} in the headers and {trailers} in the trailers; the trailers' counts"
            ),
            None => format!(
                "grpc-status {headers} stands in headers that do not end the stream, and the trailers have none"
            ),
        },
        WireFault::RepeatedStatus { raw, times } => {
            format!("grpc-status {raw} was sent {times} times in one block")
        }
        WireFault::PaddedStatusNumber { raw } => {
            format!(
                "grpc-status is written `{raw}`; clients that compare it as text do not know it"
            )
        }
        WireFault::DetailsNotBase64 => {
            "grpc-status-details-bin is not base64; it is left out".to_owned()
        }
        WireFault::MalformedMessage => {
            "grpc-message is not percent-encoded UTF-8; it is shown as well as can be".to_owned()
        }
        WireFault::HttpStatus(status) => {
            format!("the HTTP status beside a grpc-status is {status}, not 200")
        }
        WireFault::MissingContentType => {
            "the answer has a grpc-status but no content type".to_owned()
        }
        WireFault::OddContentType { value } => {
            format!("the content type beside a grpc-status is `{value}`, not gRPC's")
        }
        _ => return None,
    })
}
