//! `plain.server-is-ssh`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::plain;
use crate::verdict::reading::opening::Opening;

pub const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-ssh",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_ssh.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let instead = plain::instead_of_tls(evidence)?;
    if instead.speaks != Opening::Ssh {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("port {} is an SSH server's", evidence.connection.asked.port),
        evidence: vec![instead.shown],
        hint: format!(
            "dial the port on which {} serves gRPC, in place of {}",
            evidence.connection.asked.host, evidence.connection.asked.port
        ),
    })
}
