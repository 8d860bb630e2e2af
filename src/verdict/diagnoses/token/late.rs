//! `token.late`.

use crate::authenticate::fetching::Why;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::moment::spent;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.late",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("late.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let late = case
        .caller
        .all_unobtained()
        .find(|unobtained| matches!(unobtained.why, Why::Late))?;
    let limit = case.asked.max_time;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the time was over before the credential of {} was there",
            late.source
        ),
        evidence: limit
            .map(|limit| format!("--max-time is {}", spent(limit)))
            .into_iter()
            .collect(),
        hint: "give it more time with --max-time; -v shows how long each exchange takes".to_owned(),
    })
}
