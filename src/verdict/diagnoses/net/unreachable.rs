//! `net.unreachable`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.unreachable",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "There is no route to the server's address from here, or a router or firewall on the \
        way said that the machine cannot be reached.",
    established: "The operating system's own error: ENETUNREACH, EHOSTUNREACH or EADDRNOTAVAIL for \
        every address that was dialled. Silence is `net.connect-timeout`.",
    mend: &[
        (
            "client",
            "Is the network or VPN up that leads to this address? `ip route get ADDRESS` shows the way taken. \
             An IPv6 address needs IPv6 here.",
        ),
        (
            "network",
            "A firewall that rejects (rather than drops) is seen like this, too.",
        ),
    ],
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
