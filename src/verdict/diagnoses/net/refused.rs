//! `net.refused`.

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
    id: "net.refused",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("refused.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Refused {
        return None;
    }
    let place = net::place(evidence);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!("nothing listens on {place}: the connection was refused"),
        evidence: net::addresses(evidence),
        hint: match evidence.connection.asked.unix_socket {
            true => format!("start the server, or check the path of its socket ({place})"),
            false => format!(
                "start the server, or check host and port; `ss -ltn` on the server's machine shows what listens on port {}",
                evidence.connection.asked.port
            ),
        },
    })
}
