//! `chain.leaf-not-first`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "chain.leaf-not-first",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("leaf_not_first.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let index = place(connection)?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server sends a CA's certificate first and its own only as number {index}"
        ),
        evidence: vec![
            certificates::presented(connection, 0),
            certificates::presented(connection, index),
        ],
        hint: format!(
            "ask the operator of {} to put its own certificate first in the chain file",
            connection.asked.host
        ),
    })
}

/// Where the server's own certificate stands, if the chain was refused and it is not the first.
fn place(connection: &ConnectionCase<'_>) -> Option<usize> {
    if connection.chain_findings().is_empty() {
        return None;
    }
    connection.lints().iter().find_map(|lint| match lint {
        Lint::LeafNotFirst { index } => Some(*index),
        _ => None,
    })
}
