//! `chain.order`.

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
    id: "chain.order",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("order.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let lint = connection
        .lints()
        .iter()
        .find(|lint| matches!(lint, Lint::ChainOrder))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificates are out of order: {} will refuse them",
            lint.refused_by()
        ),
        evidence: (0..connection.chain().len())
            .map(|index| certificates::presented(connection, index))
            .collect(),
        hint: format!(
            "ask the operator of {} to put each certificate before that of its issuer",
            connection.asked.host
        ),
    })
}
