//! `token.unusable`.

use crate::authenticate::token_fault::TokenFault;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.unusable",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("unusable.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let TokenFault::Unusable { why } = failed.fault else {
        return None;
    };
    Some(Proof {
        side: Some(Side::AuthorizationServer),
        cause: format!("the token of {} cannot be sent: {}", failed.place(), why),
        evidence: failed.facts(),
        hint: format!(
            "ask the operator of {} for tokens of type Bearer in printable ASCII (dpop_bound_access_tokens off)",
            failed.host()
        ),
    })
}
