//! `trust.leaf-given-as-ca`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::walk::leaf_is_anchor;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.leaf-given-as-ca",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("leaf_given_as_ca.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    evidence.connection.no_path()?;
    let anchor = leaf_is_anchor(
        &evidence.connection.tls()?.chain,
        evidence.connection.anchors(),
    )?;
    let leaf = evidence.connection.leaf()?;
    let origin = certificates::anchor_origin(evidence, anchor);
    let issuer = certificates::named(&leaf.issuer);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{origin} holds the server's own certificate, not that of the CA which issued it"
        ),
        evidence: vec![
            certificates::presented(evidence, 0),
            certificates::trusted(evidence),
        ],
        hint: format!(
            "put the certificate of {issuer} in its place (with cert-manager: ca.crt, not tls.crt)"
        ),
    })
}
