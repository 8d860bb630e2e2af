//! `net.refused`.

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
    id: "net.refused",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("refused.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Refused {
        return None;
    }
    let place = net::place(connection);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!("nothing listens on {place}: the connection was refused"),
        evidence: net::addresses(connection),
        hint: match connection.asked.unix_socket {
            true => format!("start the server, or check the path of its socket ({place})"),
            false => format!(
                "start the server, or check host and port; `ss -ltn` on the server's machine shows what listens on port {}",
                connection.asked.port
            ),
        },
    })
}
