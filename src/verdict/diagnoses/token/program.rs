//! `token.program`.

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
    id: "token.program",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("program.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let cause = match failed.fault {
        TokenFault::Program(program) => program.to_string(),
        TokenFault::Printed(fault) => {
            let program = failed.unobtained.source.trim_start_matches("exec:");
            format!("the program {program} gave no credential: {fault}")
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Client),
        cause,
        evidence: vec!["it was run without a shell, with nothing expanded".to_owned()],
        hint: "run it by hand: it must print the credential alone, and end with 0".to_owned(),
    })
}
