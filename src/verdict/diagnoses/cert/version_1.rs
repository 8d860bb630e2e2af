//! `cert.version-1`.

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
    id: "cert.version-1",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("version_1.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (index, version) =
        connection
            .chain_findings()
            .iter()
            .find_map(|finding| match finding {
                Finding::Version { index, version } => Some((*index, *version)),
                _ => None,
            })?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} is of X.509 version {version}, and only version 3 is accepted",
            certificates::short(index)
        ),
        evidence: vec![certificates::presented(connection, index)],
        hint: format!(
            "ask the operator of {} to have it issued again with extensions (`openssl x509 -req … -extfile FILE` with a subjectAltName)",
            connection.asked.host
        ),
    })
}
