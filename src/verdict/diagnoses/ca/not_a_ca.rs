//! `ca.not-a-ca`.

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
    id: "ca.not-a-ca",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_a_ca.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let index = connection
        .chain_findings()
        .iter()
        .find_map(|finding| match finding {
            Finding::NotACa { index } => Some(*index),
            _ => None,
        })?;
    let facts = connection.chain().get(index)?.as_ref().ok()?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} issued a certificate, but is not marked as a CA's",
            certificates::short(index)
        ),
        evidence: vec![
            certificates::presented(connection, index),
            match facts.has_basic_constraints {
                true => "its basic constraints say CA:FALSE".to_owned(),
                false => "it has no basic constraints at all".to_owned(),
            },
        ],
        hint: format!(
            "ask the operator of the CA behind {} to issue {} again with basicConstraints CA:TRUE; or, if that was never meant for a CA, to have a real one issue the server's certificate",
            connection.asked.host,
            certificates::named(&facts.subject)
        ),
    })
}
