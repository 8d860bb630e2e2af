//! `plain.not-tls`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "plain.not-tls",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_tls.md"),
    prove: Prove::Connection(prove),
    yields_to: &["proxy.no-tunnel"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let instead = connection.instead()?;
    if instead.speaks != Opening::Other {
        return None;
    }
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("port {} speaks neither TLS nor HTTP", connection.asked.port),
        evidence: vec![instead.shown.clone()],
        hint: format!(
            "check the port: the bytes shown are the greeting of what listens on {}:{}",
            connection.asked.host, connection.asked.port
        ),
    })
}
