//! `chain.bad-signature`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.bad-signature",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "A certificate's signature does not verify under the key of the CA that is named as its \
        issuer: the certificate is damaged or forged, or another CA of the same name signed it.",
    established: "The issuer's certificate is at hand, by its name and with no key identifier that says \
        otherwise, and the signature does not verify. A key that is too small is `crypto.weak-key`, an \
        algorithm that is not supported `crypto.unsupported-key`, another key by its identifier \
        `trust.ca-rekeyed`.",
    mend: &[
        (
            "server",
            "`openssl verify -CAfile ca.crt -untrusted intermediate.crt server.crt` repeats the finding on the files. \
             Install the certificate anew from where it was issued; if it fails there too, have it issued again.",
        ),
        (
            "client",
            "If the CA was made anew under its old name, its present certificate is needed in the CA file.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let WalkEnd::BadSignature { index } = evidence.connection.no_path()? else {
        return None;
    };
    let facts = evidence.connection.chain().get(*index)?.as_ref().ok()?;
    let mut lines = trust::way(evidence);
    lines.push(certificates::trusted(evidence));
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the signature on {} does not verify under the key of its issuer {}",
            certificates::short(*index),
            certificates::named(&facts.issuer)
        ),
        evidence: lines,
        hint: format!(
            "ask whoever runs {} to install the certificate anew together with its issuer's, or to have it issued again (`openssl verify` on its files repeats the finding)",
            evidence.connection.asked.host
        ),
    })
}
