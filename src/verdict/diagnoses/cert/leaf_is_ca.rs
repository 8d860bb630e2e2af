//! `cert.leaf-is-ca`.

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
    id: "cert.leaf-is-ca",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("leaf_is_ca.md"),
    prove: Prove::Connection(prove),
    yields_to: &["chain.leaf-not-first", "sni.default-certificate"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let found = connection.chain_findings().contains(&Finding::LeafIsCa);
    if !found {
        return None;
    }
    Some(Proof {
        side: Some(Side::Server),
        cause:
            "the server's certificate is marked as a CA's, and a CA's is not taken for a server's"
                .to_owned(),
        evidence: vec![
            certificates::presented(connection, 0),
            "its basic constraints say CA:TRUE".to_owned(),
        ],
        hint: format!(
            "ask the operator of {} to issue it again with `basicConstraints=critical,CA:FALSE`",
            connection.asked.host
        ),
    })
}
