//! `plain.not-tls`.

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
    id: "plain.not-tls",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_tls.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let instead = plain::instead_of_tls(evidence)?;
    if instead.speaks != Opening::Other {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} speaks neither TLS nor HTTP",
            evidence.connection.asked.port
        ),
        evidence: vec![instead.shown],
        hint: format!(
            "check the port: the bytes shown are the greeting of what listens on {}:{}",
            evidence.connection.asked.host, evidence.connection.asked.port
        ),
    })
}
