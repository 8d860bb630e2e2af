//! `net.unreachable`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.unreachable",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("unreachable.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Unreachable {
        return None;
    }
    Some(Proof {
        side: Some(Side::Network),
        cause: format!("there is no way from here to {}", net::place(evidence)),
        evidence: net::addresses(evidence),
        hint: format!(
            "bring up the network or VPN that leads to {}; `ip route get ADDRESS` shows the way that is taken now",
            evidence.connection.asked.host
        ),
    })
}
