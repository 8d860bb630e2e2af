//! `cert.unknown-critical-extension`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "cert.unknown-critical-extension",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unknown_critical_extension.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, extensions) =
        connection
            .chain_findings()
            .iter()
            .find_map(|finding| match finding {
                Finding::UnknownCritical { index, extensions } => Some((*index, extensions)),
                _ => None,
            })?;
    let names = extensions.join(", ");
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} has a critical extension that is not processed here: {names}",
            certificates::short(index)
        ),
        evidence: vec![certificates::presented(connection, index)],
        hint: format!("ask whoever issued it to leave {names} out, or not to mark it critical"),
    })
}
