//! `cert.leaf-is-ca`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::chain;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::x509::verify::Finding;

pub const ROW: Diagnosis = Diagnosis {
    id: "cert.leaf-is-ca",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server's certificate is marked as a CA's. `openssl req -x509` makes such ones by default. \
        Go, curl and OpenSSL let it pass; rustls does not (`CaUsedAsEndEntity`), for the key of a server would \
        then be able to issue certificates.",
    established: "The first certificate has `cA` in its basic constraints, and the verifier refuses it as a \
        server's. If the server's own certificate stands further back, it is `chain.leaf-not-first`.",
    mend: &[
        (
            "server",
            "Issue the server's certificate with `basicConstraints=critical,CA:FALSE`: for a self-signed one, \
             `openssl req -x509 -addext basicConstraints=critical,CA:FALSE -addext subjectAltName=DNS:NAME …`.",
        ),
        (
            "Go",
            "`IsCA: false` in the template of the server's certificate.",
        ),
        (
            "cert-manager",
            "`spec.isCA: false` of the server's Certificate.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let found = evidence
        .connection
        .chain_findings()
        .contains(&Finding::LeafIsCa);
    if !found || chain::leaf_is_elsewhere(evidence) {
        return None;
    }
    Some(Proof {
        side: Some(Side::Server),
        cause:
            "the server's certificate is marked as a CA's, and a CA's is not taken for a server's"
                .to_owned(),
        evidence: vec![
            certificates::presented(evidence, 0),
            "its basic constraints say CA:TRUE".to_owned(),
        ],
        hint: format!(
            "ask whoever runs {} to issue it again with `basicConstraints=critical,CA:FALSE`",
            evidence.connection.asked.host
        ),
    })
}
