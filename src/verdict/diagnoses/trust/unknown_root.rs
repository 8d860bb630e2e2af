//! `trust.unknown-root`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::diagnoses::trust::wrong_store;
use crate::verdict::reading::certificates;
use crate::verdict::reading::moment::rfc3339;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "trust.unknown-root",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server sends a complete chain, up to its root, and that root is not trusted here. The \
        chain is fine; what is trusted does not fit it: a private CA that was not named, the CA file of \
        another environment, or a proxy between that signs with a CA of its own.",
    established: "The walk ends at a presented certificate that signed itself and is no trust anchor. \
        Nothing is missing, so no intermediate was forgotten.",
    mend: &[
        (
            "client",
            "If you know this root (compare its sha256 with the CA's own word, not with what the server sends): \
             `--cacert FILE`. A staging server needs the staging CA.",
        ),
        (
            "server",
            "If clients are to trust a public CA, use a certificate from one. The root itself need not be sent.",
        ),
        (
            "network",
            "If you do not know this root at all, ask whether a proxy inspects TLS on the way.",
        ),
        (
            "cert-manager",
            "`kubectl get secret NAME -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.crt`, then `--cacert ca.crt`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let WalkEnd::SelfSignedNotTrusted { index } = evidence.connection.no_path()? else {
        return None;
    };
    if wrong_store::holds(evidence) {
        return None;
    }
    let root = evidence.connection.chain().get(*index)?.as_ref().ok()?;
    let mut lines = trust::way(evidence);
    if root.is_expired(evidence.connection.clock) {
        lines.push(format!(
            "that root expired on {}: its CA may have a newer one",
            rfc3339(root.not_after)
        ));
    }
    lines.push(certificates::trusted(evidence));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server's chain is complete and ends at {}, a root that is not trusted here",
            certificates::named(&root.subject)
        ),
        evidence: lines,
        hint: format!(
            "if this root is your CA's (check its sha256 with whoever runs it), {}; if nobody knows it, a proxy in between may be signing for {}",
            trust::give_ca(evidence, &root.subject),
            evidence.connection.asked.host
        ),
    })
}
