//! `gateway.error`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::gateway;
use crate::verdict::finding::Layer;
use crate::verdict::reading::http_answer;
use crate::verdict::reading::http_meaning;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "gateway.error",
    layer: Layer::Http,
    certainty: Certainty::Proven,
    page: include_str!("error.md"),
    prove: Prove::Run(prove),
    yields_to: &["credential.verifier-failed"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (reply, status) = gateway::answer(case, gateway::Refusal::Error)?;
    let meaning = http_meaning::of(case, &reply, status);
    let mut facts = http_answer::facts(&reply, status);
    facts.extend(meaning.facts);
    Some(Proof {
        side: meaning.side,
        cause: meaning.cause,
        evidence: facts,
        hint: meaning.hint,
    })
}
