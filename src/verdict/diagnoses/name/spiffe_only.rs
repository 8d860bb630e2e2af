//! `name.spiffe-only`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::name::Misfit;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "name.spiffe-only",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The certificate is a service mesh's: it names a SPIFFE identity and no host. Clients within \
        the mesh compare the identity; a host name finds nothing to match.",
    established: "A URI entry of the subject alternative names is a SPIFFE id, and there is neither a DNS \
        name nor an address.",
    mend: &[
        (
            "client",
            "If you know the server's identity, `--server-spiffe-id URI` verifies it in place of the host name, against the \
             mesh's CA in `--cacert` (Istio: `istio-ca-root-cert`; SPIRE: `spire-server bundle show`).",
        ),
        (
            "mesh",
            "Call through the mesh's own proxy (Istio, Linkerd), whose sidecar compares the identity; or from \
             within it. The server's plaintext port behind its sidecar is another way, on its own machine only.",
        ),
        (
            "server",
            "For clients outside the mesh serve a certificate with DNS names, at a gateway: Istio's `Gateway` with `credentialName`; \
             SPIRE can add them (`-dns` of `spire-server entry create`).",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (leaf, Misfit::SpiffeOnly(id)) = name::misfit(evidence)? else {
        return None;
    };
    Some(Proof {
        side: None,
        cause: format!("the server's certificate names no host, only the mesh identity {id}"),
        evidence: name::clash(evidence, leaf),
        hint: format!(
            "if that is the server you mean, add --server-spiffe-id {id}; or call it through the mesh's gateway, which has a certificate with DNS names"
        ),
    })
}
