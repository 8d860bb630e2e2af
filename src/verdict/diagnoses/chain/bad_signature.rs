//! `chain.bad-signature`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::trust;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub const ROW: Diagnosis = Diagnosis {
    id: "chain.bad-signature",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("bad_signature.md"),
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
