//! `cert.key-usage`.

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
    id: "cert.key-usage",
    layer: Layer::Tls,
    certainty: Certainty::Warning,
    page: include_str!("key_usage.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let lint = evidence
        .connection
        .lints()
        .iter()
        .find(|lint| matches!(lint, Lint::LeafWithoutDigitalSignature))?;
    let usages = evidence.connection.leaf()?.key_usage.as_ref()?.join(", ");
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server's certificate is not marked for signing (digitalSignature): accepted here, but {} will refuse it",
            lint.refused_by()
        ),
        evidence: vec![
            certificates::presented(evidence, 0),
            format!("its key usage: {usages}"),
        ],
        hint: format!(
            "ask whoever runs {} to have it issued again with keyUsage digitalSignature",
            evidence.connection.asked.host
        ),
    })
}
