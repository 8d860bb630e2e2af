//! `cert.key-usage`.

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
    id: "cert.key-usage",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("key_usage.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let lint = connection
        .lints()
        .iter()
        .find(|lint| matches!(lint, Lint::LeafWithoutDigitalSignature))?;
    let usages = connection.leaf()?.key_usage.as_ref()?.join(", ");
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate is not marked for signing (digitalSignature): accepted here, but {} will refuse it",
            lint.refused_by()
        ),
        evidence: vec![
            certificates::presented(connection, 0),
            format!("its key usage: {usages}"),
        ],
        hint: format!(
            "ask the operator of {} to have it issued again with keyUsage digitalSignature",
            connection.asked.host
        ),
    })
}
