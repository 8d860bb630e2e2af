//! `ca.name-constraint`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::Facts;
use crate::x509::verify::Finding;
use crate::x509::walk::Place;

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
    let outside = outside(connection, constrained_by);
    let cause = match outside.first() {
        Some(first) => {
            format!("a CA may not issue for a name in the server's certificate: {first}")
        }
        None => {
            "a name in the server's certificate is outside what its CA may issue for".to_owned()
        }
    };
    lines.extend(outside);
    Some(Proof {
        side: Some(Side::Server),
        cause,
        evidence: lines,
        hint: format!(
            "ask the operator of {} for a certificate with only the names that the CA's name constraints allow",
            connection.asked.host
        ),
    })
}

/// The names that are outside, each with the constraint.
fn outside(connection: &ConnectionCase<'_>, constrained_by: &[Place]) -> Vec<String> {
    let Some(leaf) = connection.leaf() else {
        return Vec::new();
    };
    let constraints = constrained_by.iter().filter_map(|place| match place {
        Place::Presented(index) => {
            let facts = connection.chain().get(*index)?.as_ref().ok()?;
            facts.name_constraints.clone()
        }
        Place::Anchor(index) => {
            let anchor = connection.anchors().anchors().get(*index)?;
            Facts::read(&anchor.der).ok()?.name_constraints
        }
    });
    constraints
        .flat_map(|constraints| {
            let refused = leaf.san.iter().filter_map(|name| constraints.refuses(name));
            refused.collect::<Vec<_>>()
        })
        .collect()
}
