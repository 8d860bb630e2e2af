//! `plain.server-is-grpc`.

use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::protocol;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-grpc",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_grpc.md"),
    prove: Prove::Connection(prove),
    needs,
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let instead = connection.instead()?;
    if instead.speaks != Opening::Http2 {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks HTTP/2 without TLS: the server is a plaintext gRPC server",
            connection.asked.port
        ),
        evidence: vec![instead.shown.clone()],
        hint: match connection.asked.target.starts_with("https://") {
            true => "write http:// in place of https:// to call it in plaintext; for TLS, give the server a certificate or dial the port that has one".to_owned(),
            false => "add --plaintext to call it as it is; for TLS, give the server a certificate or dial the port that has one".to_owned(),
        },
    })
}

fn needs(connection: &ConnectionCase<'_>) -> Option<FollowUp> {
    protocol::wants_plaintext_hello(connection).then_some(FollowUp::PlaintextHello)
}
