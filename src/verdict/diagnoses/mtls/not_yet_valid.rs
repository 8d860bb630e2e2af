//! `mtls.not-yet-valid`.

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
    id: "mtls.not-yet-valid",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("not_yet_valid.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let refusal = ClientRefusal::of_ours(evidence)?;
    let (index, facts) = mtls::ours(evidence)
        .into_iter()
        .find(|(_, facts)| facts.is_not_yet_valid(evidence.connection.clock))?;
    let wait = span(facts.not_before - evidence.connection.clock);
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} is not valid yet: its time begins in {wait}",
            mtls::short(evidence, index)
        ),
        evidence: vec![
            refusal.sign.words(),
            mtls::ours_in_words(evidence, index, facts),
            format!(
                "not before {}; the clock here says {}",
                rfc3339(facts.not_before),
                rfc3339(evidence.connection.clock)
            ),
        ],
        hint: format!(
            "check the clock here with `date -u`; if it is right, wait {wait} or have the certificate issued again"
        ),
    })
}
