//! `credential.overridden`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.overridden",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("overridden.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    refused(case)?;
    let overridden = case.call.overridden.first()?;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "`{}` was given twice: the one from {} was sent and refused, the one from {} was not sent",
            overridden.key, overridden.kept, overridden.lost
        ),
        evidence: Vec::new(),
        hint: format!(
            "leave out the one that is not meant: {} or {}",
            overridden.kept, overridden.lost
        ),
    })
}
