//! `cert.unreadable`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::x509::verify::Finding;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "cert.unreadable",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unreadable.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, reason) = connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::Unreadable { index, reason } => Some((index, reason)),
            _ => None,
        })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: "what the server sends as its certificate cannot be read".to_owned(),
        evidence: vec![format!("certificate {index}: {reason}")],
        hint: format!(
            "ask the operator of {} to install its certificate anew",
            connection.asked.host
        ),
    })
}
