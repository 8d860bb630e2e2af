//! `net.handshake-stalled`.

use crate::connect::Failure;
use crate::verdict::FollowUp;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::reading::protocol;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.handshake-stalled",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("handshake_stalled.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain"],
    needs,
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Stalled {
        return None;
    }
    let handshake = connection.handshake.as_ref()?;
    let bytes = handshake.bytes_received;
    let place = net::place(connection);
    let mut lines = net::addresses(connection);
    if let Some(Failure::Deadline { after, .. }) = handshake.failure {
        lines.push(format!(
            "{bytes} bytes received after the ClientHello; given up after {:.1} s",
            after.as_secs_f64()
        ));
    }
    Some(Proof {
        side: None,
        cause: match bytes {
            0 => format!("{place} accepts the connection and then says nothing to a TLS hello"),
            _ => format!("{place} began the TLS handshake and then fell silent"),
        },
        evidence: lines,
        hint: match bytes {
            0 => "ask the operator of the server whether its process hangs or a load balancer before it has no backend; on your side, check that this is the TLS port".to_owned(),
            _ => "ask the operator of the network whether packets of full size pass (path MTU), and the operator of the server whether it hangs".to_owned(),
        },
    })
}

/// Silence has one more explanation, which a plaintext preface settles.
fn needs(connection: &ConnectionCase<'_>) -> Option<FollowUp> {
    protocol::wants_plaintext_hello(connection).then_some(FollowUp::PlaintextHello)
}
