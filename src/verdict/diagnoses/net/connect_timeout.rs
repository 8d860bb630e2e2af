//! `net.connect-timeout`.

use crate::connect::Failure;
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
    id: "net.connect-timeout",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("connect_timeout.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::ConnectTimeout {
        return None;
    }
    let mut lines = net::addresses(connection);
    if let Some(Failure::Deadline { after, .. }) = connection.handshake.as_ref()?.failure {
        lines.push(format!("given up after {:.1} s", after.as_secs_f64()));
    }
    Some(Proof {
        side: Some(Side::Network),
        cause: format!(
            "{} does not answer: no TCP connection in time",
            net::place(connection)
        ),
        evidence: lines,
        hint: format!(
            "check host and port, then ask the operator of the firewall to let this machine reach port {}; --connect-timeout gives a slow network more time",
            connection.asked.port
        ),
    })
}
