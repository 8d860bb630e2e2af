//! `ca.name-constraint`.

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
    id: "ca.name-constraint",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("name_constraint.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let constrained_by = connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::NameConstraint { constrained_by } => Some(constrained_by),
            _ => None,
        })?;
    let mut lines: Vec<String> = connection
        .leaf()
        .map(certificates::presented_names)
        .into_iter()
        .collect();
    lines.extend(constrained_by.iter().map(|place| {
        format!(
            "constraints are on {}",
            certificates::at(connection, *place)
        )
    }));
    Some(Proof {
        side: Some(Side::Server),
        cause: "a name in the server's certificate is outside what its CA may issue for".to_owned(),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} for a certificate with only the names that the CA's name constraints allow",
            connection.asked.host
        ),
    })
}
