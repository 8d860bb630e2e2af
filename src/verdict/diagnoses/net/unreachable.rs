//! `net.unreachable`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.unreachable",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("unreachable.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Unreachable {
        return None;
    }
    Some(Proof {
        side: Some(Side::Network),
        cause: format!("there is no way from here to {}", net::place(connection)),
        evidence: net::addresses(connection),
        hint: format!(
            "bring up the network or VPN that leads to {}; `ip route get ADDRESS` shows the way that is taken now",
            connection.asked.host
        ),
    })
}
