//! `gateway.error`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::gateway;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::http_answer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "gateway.error",
    layer: Layer::Http,
    certainty: Certainty::Proven,
    page: include_str!("error.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential.verifier-failed"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = gateway::answer(case, gateway::Refusal::Error)?;
    let name = gateway::name(&reply);
    let (what, ask) = match status {
        502 => (
            "could not talk to the server behind it",
            "whether the gRPC server runs, and whether the gateway speaks HTTP/2 to it",
        ),
        503 => (
            "has no server behind it that can take the call",
            "whether the gRPC server is up and healthy",
        ),
        504 => (
            "waited too long for the server behind it",
            "why the gRPC server is slow, and how long the gateway waits",
        ),
        _ => ("failed", "what its error log says about this time and path"),
    };
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!("{name} {what} (HTTP {status})"),
        evidence: http_answer::facts(&reply, status),
        hint: format!(
            "server-side problem: ask the operator of {} {ask}",
            case.connection.asked.authority
        ),
    })
}
