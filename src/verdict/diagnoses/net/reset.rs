//! `net.reset`.

use crate::connect::Failure;
use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::net::closed::hint;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.reset",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("reset.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain", "mtls", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Reset {
        return None;
    }
    let (lines, hint) = match &connection.handshake.as_ref()?.failure {
        // Nothing was sent yet: neither TLS nor plaintext has a part in it.
        Some(Failure::Connect) => (
            net::addresses(connection),
            "check host and port; ask the operator of the network or of the firewall in front of it whether connections from here are allowed".to_owned(),
        ),
        _ => (net::progress(connection), hint(connection)),
    };
    Some(Proof {
        side: None,
        cause: format!("{} reset the connection", net::place(connection)),
        evidence: lines,
        hint,
    })
}
