//! `plain.server-is-ssh`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-ssh",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_ssh.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let instead = connection.instead()?;
    if instead.speaks != Opening::Ssh {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("port {} is an SSH server's", connection.asked.port),
        evidence: vec![instead.shown.clone()],
        hint: format!(
            "dial the port on which {} serves gRPC, in place of {}",
            connection.asked.host, connection.asked.port
        ),
    })
}
