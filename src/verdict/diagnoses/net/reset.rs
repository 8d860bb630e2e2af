//! `net.reset`.

use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::closed::hint;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.reset",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "The connection was torn down (TCP RST) before TLS and HTTP/2 stood, without a reason \
        being said.",
    established: "ECONNRESET or EPIPE during the TLS handshake or before the server's SETTINGS, after \
        reading on for the peer's last words. It is given only where neither a refused client \
        certificate nor another protocol on the port explains it.",
    mend: &[
        (
            "server",
            "Its log says why it dropped the connection: a crash, a limit on connections, an allow list of addresses.",
        ),
        (
            "network",
            "Firewalls and service meshes reset what their policy forbids; a load balancer resets when no backend is healthy.",
        ),
        (
            "client",
            "Check the port, and whether it speaks TLS (--plaintext if not).",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Reset {
        return None;
    }
    let lines = match &evidence.connection.handshake.as_ref()?.failure {
        Some(Failure::Connect) => net::addresses(evidence),
        _ => net::progress(evidence),
    };
    Some(Proof {
        side: None,
        cause: format!("{} reset the connection", net::place(evidence)),
        evidence: lines,
        hint: hint(evidence),
    })
}
