//! `chain.leaf-not-first`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::lint::Lint;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.leaf-not-first",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("leaf_not_first.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let index = place(evidence)?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server sends a CA's certificate first and its own only as number {index}"
        ),
        evidence: vec![
            certificates::presented(evidence, 0),
            certificates::presented(evidence, index),
        ],
        hint: format!(
            "ask whoever runs {} to put its own certificate first in the chain file",
            evidence.connection.asked.host
        ),
    })
}

/// Where the server's own certificate stands, if the chain was refused and it is not the first.
pub(super) fn place(evidence: &Evidence) -> Option<usize> {
    if evidence.connection.chain_findings().is_empty() {
        return None;
    }
    evidence
        .connection
        .lints()
        .iter()
        .find_map(|lint| match lint {
            Lint::LeafNotFirst { index } => Some(*index),
            _ => None,
        })
}
