//! `token.signing`.

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
    id: "token.signing",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("signing.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let TokenFault::Signing { why } = failed.fault else {
        return None;
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the token for {} could not be signed: {why}",
            failed.unobtained.source
        ),
        evidence: Vec::new(),
        hint: "check the key and its algorithm (--assertion-key, --assertion-alg)".to_owned(),
    })
}
