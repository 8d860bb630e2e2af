//! `trust.leaf-given-as-ca`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::walk::leaf_is_anchor;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "trust.leaf-given-as-ca",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("leaf_given_as_ca.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    connection.no_path()?;
    let anchor = leaf_is_anchor(&connection.tls()?.chain, connection.anchors())?;
    let leaf = connection.leaf()?;
    let origin = certificates::anchor_origin(connection, anchor);
    let issuer = certificates::named(&leaf.issuer);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{origin} holds the server's own certificate, not that of the CA which issued it"
        ),
        evidence: vec![
            certificates::presented(connection, 0),
            certificates::trusted(connection),
        ],
        hint: format!(
            "put the certificate of {issuer} in its place (with cert-manager: ca.crt, not tls.crt)"
        ),
    })
}
