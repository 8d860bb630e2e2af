//! `crypto.weak-signature`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::crypto;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;

pub const ROW: Diagnosis = Diagnosis {
    id: "crypto.weak-signature",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A certificate is signed with SHA-1 or MD5, which can be forged and is not accepted any more.",
    established: "The signature algorithm in the very certificate. The signature that a root puts on \
        itself is looked at by nobody and does not count.",
    mend: &[
        (
            "CA",
            "Issue the certificate again with SHA-256: `openssl x509 -req -sha256 …`; `default_md = sha256` in openssl.cnf.",
        ),
        (
            "Go",
            "Leave `SignatureAlgorithm` of the template at zero: the key's own default is good.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let untaken = crypto::untaken_signature(evidence)
        .filter(|untaken| crypto::is_broken_hash(untaken.signature))?;
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} is signed with {}, which is not accepted any more",
            certificates::short(untaken.index),
            untaken.signature
        ),
        evidence: vec![certificates::presented(evidence, untaken.index)],
        hint: format!(
            "ask whoever runs {} to have it issued again with SHA-256",
            evidence.connection.asked.host
        ),
    })
}
