//! `token.program`.

use crate::authenticate::token_fault::TokenFault;
use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::token::told_by;

pub const ROW: Diagnosis = Diagnosis {
    id: "token.program",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "The program that was to give the credential could not be run, failed, took too long, or printed something that is no credential.",
    established: "By the system's word, by how the program ended, or by what it printed: a token alone, a kubectl ExecCredential, or what git's and docker's credential helpers print is understood. Nothing of what it printed is repeated but the names of keys.",
    mend: &[
        (
            "client",
            "Run the program by hand: it must print the credential on standard output and end with 0. It is run without a shell: no pipes, no variables, no globs; for those name a script of yours.",
        ),
        (
            "the program",
            "Print the token alone, or JSON with access_token (or token) and expires_in; whatever is for people goes to standard error.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let failed = told_by(evidence, ROW.id)?;
    let cause = match failed.fault {
        TokenFault::Program(program) => program.to_string(),
        TokenFault::Printed(fault) => {
            let program = failed.not_had.source.trim_start_matches("exec:");
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
