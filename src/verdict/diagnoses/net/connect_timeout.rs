//! `net.connect-timeout`.

use crate::connect::Failure;
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
    id: "net.connect-timeout",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("connect_timeout.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::ConnectTimeout {
        return None;
    }
    let mut lines = net::addresses(evidence);
    if let Some(Failure::Deadline { after, .. }) = evidence.connection.handshake.as_ref()?.failure {
        lines.push(format!("given up after {:.1} s", after.as_secs_f64()));
    }
    Some(Proof {
        side: Some(Side::Network),
        cause: format!(
            "{} does not answer: no TCP connection in time",
            net::place(evidence)
        ),
        evidence: lines,
        hint: format!(
            "check host and port, then ask whoever runs the firewall to let this machine reach port {}; --connect-timeout gives a slow network more time",
            evidence.connection.asked.port
        ),
    })
}
