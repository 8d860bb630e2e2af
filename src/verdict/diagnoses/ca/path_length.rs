//! `ca.path-length`.

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
    id: "ca.path-length",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("path_length.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, limit, below) =
        connection
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
            certificates::presented(connection, index),
            format!(
                "its path length constraint is {limit}; CAs between it and the server's certificate: {below}"
            ),
        ],
        hint: format!(
            "ask the operator of the CA behind {} for a certificate that was issued higher up, or for a CA certificate with a larger pathlen",
            connection.asked.host
        ),
    })
}
