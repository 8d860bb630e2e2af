//! `plain.server-is-grpc`.

use crate::evidence::Evidence;
use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::plain;
use crate::verdict::reading::opening::Opening;

pub const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-grpc",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_grpc.md"),
    prove,
    needs,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let instead = plain::instead_of_tls(evidence)?;
    if instead.speaks != Opening::Http2 {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks HTTP/2 without TLS: the server is a plaintext gRPC server",
            evidence.connection.asked.port
        ),
        evidence: vec![instead.shown],
        hint: match evidence.connection.asked.target.starts_with("https://") {
            true => "write http:// in place of https:// to call it in plaintext; for TLS, give the server a certificate or dial the port that has one".to_owned(),
            false => "add --plaintext to call it as it is; for TLS, give the server a certificate or dial the port that has one".to_owned(),
        },
    })
}

fn needs(evidence: &Evidence) -> Option<FollowUp> {
    plain::wants_plaintext_hello(evidence).then_some(FollowUp::PlaintextHello)
}
