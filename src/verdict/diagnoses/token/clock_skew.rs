//! `token.clock-skew`.

use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::fetch;
use crate::verdict::reading::moment::rfc3339;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.clock-skew",
    layer: Layer::Credential,
    certainty: Certainty::Warning,
    page: include_str!("clock_skew.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let (exchange, skew) = case.caller.fetches().find_map(fetch::skewed)?;
    let theirs = exchange.head()?.date?;
    Some(Proof {
        side: None,
        cause: fetch::apart(&exchange.host, skew),
        evidence: vec![format!(
            "its answer says {}; here it came at {}",
            rfc3339(theirs),
            rfc3339(exchange.ended)
        )],
        hint: "compare both with a third clock, and set the one that is wrong (`timedatectl set-ntp true` here)".to_owned(),
    })
}
