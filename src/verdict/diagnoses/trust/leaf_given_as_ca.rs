//! `trust.leaf-given-as-ca`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::walk::leaf_is_anchor;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.leaf-given-as-ca",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The CA file holds the server's own certificate in place of that of the CA which issued it. Go \
        and curl take that as good; rustls, which looks for an issuer, does not.",
    established: "The end-entity certificate that the server sent is, byte for byte, among the trusted \
        certificates, and no path leads to a CA.",
    mend: &[
        (
            "client",
            "Name the certificate of the issuer: `openssl x509 -in FILE -noout -issuer` tells whose to ask for. \
             To trust this very certificate and no other, it must be a self-signed one.",
        ),
        (
            "cert-manager",
            "Take `ca.crt` of the secret, not `tls.crt`.",
        ),
    ],
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
