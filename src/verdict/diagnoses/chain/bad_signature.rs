//! `chain.bad-signature`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::certificates;
use crate::x509::walk::WalkEnd;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "chain.bad-signature",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("bad_signature.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let WalkEnd::BadSignature { index } = connection.no_path()? else {
        return None;
    };
    let facts = connection.chain().get(*index)?.as_ref().ok()?;
    let mut lines = certificates::way(connection);
    lines.push(certificates::trusted(connection));
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the signature on {} does not verify under the key of its issuer {}",
            certificates::short(*index),
            certificates::named(&facts.issuer)
        ),
        evidence: lines,
        hint: format!(
            "ask the operator of {} to install the certificate anew together with its issuer's, or to have it issued again (`openssl verify` on its files repeats the finding)",
            connection.asked.host
        ),
    })
}
