//! `net.reset`.

use crate::connect::Failure;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::closed::hint;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.reset",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("reset.md"),
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
