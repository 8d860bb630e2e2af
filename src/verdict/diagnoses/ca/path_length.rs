//! `ca.path-length`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "ca.path-length",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("path_length.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, limit, below) =
        evidence
            .connection
            .chain_findings()
            .iter()
            .find_map(|finding| match finding {
                Finding::PathLength {
                    index,
                    limit,
                    below,
                } => Some((*index, *limit, *below)),
                _ => None,
            })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} may have {limit} CAs below it, and has {below}",
            certificates::short(index)
        ),
        evidence: vec![
            certificates::presented(evidence, index),
            format!(
                "its path length constraint is {limit}; CAs between it and the server's certificate: {below}"
            ),
        ],
        hint: format!(
            "ask whoever runs the CA behind {} for a certificate that was issued higher up, or for a CA certificate with a larger pathlen",
            evidence.connection.asked.host
        ),
    })
}
