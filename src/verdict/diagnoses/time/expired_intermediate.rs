//! `time.expired.intermediate`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::time;
use crate::x509::verify::Role;

pub const ROW: Diagnosis = Diagnosis {
    id: "time.expired.intermediate",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server's own certificate is in its time, but an intermediate CA's that it sends with \
        it is past its last day, and no other path leads to a trusted CA. Other clients say only \
        `certificate has expired`, and the leaf looks fine.",
    established: "The `notAfter` of a certificate on the path above the leaf lies before the clock that \
        the chain was judged by. A re-issued intermediate with the same key that is sent as well makes a \
        path of its own, and then this is not given.",
    mend: &[
        (
            "server",
            "CAs publish a renewed intermediate under the same name and key, most often at the URL in the leaf's \
             `CA Issuers`: put it in place of the old one in the chain file (leaf first) and reload. If the \
             intermediate was replaced by one with another key, have the leaf issued again.",
        ),
        (
            "nginx, Envoy",
            "The chain file is `ssl_certificate`; in Envoy `certificate_chain`. Leaf first, then the intermediates.",
        ),
        (
            "cert-manager",
            "The issuer's own certificate has expired: `kubectl describe issuer`, renew the CA's Certificate, then `cmctl renew` the leaf.",
        ),
        (
            "client",
            "Is the clock here right? `date -u` against the evidence.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (index, not_after) = time::expired(evidence, Role::Intermediate)?;
    Some(time::expired_proof(evidence, index, not_after))
}
