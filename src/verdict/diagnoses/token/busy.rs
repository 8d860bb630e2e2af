//! `token.busy`.

use crate::authenticate::fetching::Why;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.busy",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("busy.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let busy = case
        .caller
        .all_unobtained()
        .find(|unobtained| matches!(unobtained.why, Why::Busy))?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "another process has been fetching the token of {} for too long",
            busy.source
        ),
        evidence: vec!["a token that rotates must be fetched by one process at a time".to_owned()],
        hint: "try again; if it stays so, end the other process, or use --token-cache memory"
            .to_owned(),
    })
}
