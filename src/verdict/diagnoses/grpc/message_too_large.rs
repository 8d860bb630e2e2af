//! `grpc.message-too-large`.

use crate::invoke::WireFault;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::fault;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.message-too-large",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("message_too_large.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    refused_request(case).or_else(|| refused_answer(case))
}

fn refused_answer(case: &Case<'_>) -> Option<Proof> {
    let (size, limit) = fault(case, |fault| match fault {
        WireFault::MessageTooLarge { size, limit } => Some((*size, *limit)),
        _ => None,
    })?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "an answer of {} is larger than this client was told to take",
            method(case)
        ),
        evidence: vec![format!(
            "{size} bytes or more came, --max-msg-size is {limit}"
        )],
        hint: format!(
            "add --max-msg-size {}, or ask for less at a time",
            size.next_power_of_two().max(limit.saturating_mul(2))
        ),
    })
}

fn refused_request(case: &Case<'_>) -> Option<Proof> {
    let reply = case.reply_of_server()?;
    let message = reply.status.message.for_judging().to_lowercase();
    // "received message larger than max (5000000 vs. 4194304)", and Java's words for it.
    let is_about =
        message.contains("larger than max") || message.contains("message exceeds maximum size");
    if reply.status.code != StatusCode::RESOURCE_EXHAUSTED || !is_about {
        return None;
    }
    Some(Proof {
        side: None,
        cause: format!("the request is larger than the server of {} takes", method(case)),
        evidence: reply.quoted().into_iter().collect(),
        hint: "send less at a time; or have the server's operator raise its limit for received messages".to_owned(),
    })
}
