//! `mtls.expired`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::mtls;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;

pub const ROW: Diagnosis = Diagnosis {
    id: "mtls.expired",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("expired.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let (index, facts) = mtls::ours(evidence)
        .into_iter()
        .find(|(_, facts)| facts.is_expired(evidence.connection.clock))?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} expired {} ago, and the server refused it",
            mtls::short(evidence, index),
            span(evidence.connection.clock - facts.not_after)
        ),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(evidence, index, facts),
            format!(
                "not after {}; the clock here says {}",
                rfc3339(facts.not_after),
                rfc3339(evidence.connection.clock)
            ),
        ],
        hint: format!(
            "renew the certificate in {} (with cert-manager: `cmctl renew NAME`) and try again",
            mtls::our_file(evidence)
        ),
    })
}
