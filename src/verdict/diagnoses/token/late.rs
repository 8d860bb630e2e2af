//! `token.late`.

use crate::authenticate::fetching::Why;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::moment::spent;

pub const ROW: Diagnosis = Diagnosis {
    id: "token.late",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("late.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let late = evidence
        .caller
        .all_unobtained()
        .find(|not_had| matches!(not_had.why, Why::Late))?;
    let limit = evidence.asked.max_time.unwrap_or_default();
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the time was over before the credential of {} was there",
            late.source
        ),
        evidence: vec![format!("--max-time is {}", spent(limit))],
        hint: "give it more time with --max-time; -v shows how long each exchange takes".to_owned(),
    })
}
