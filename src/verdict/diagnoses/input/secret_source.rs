//! `input.secret-source`.

use crate::authenticate::secret_reader::Unreadable;
use crate::evidence::Refusal;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "input.secret-source",
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("secret_source.md"),
    prove: Prove::Run(|case| {
        let Refusal::Secret { flag, problem } = case.refusal.as_ref()? else {
            return None;
        };
        let (cause, hint) = explain(flag, problem);
        Some(Proof {
            side: Some(Side::Client),
            cause,
            evidence: Vec::new(),
            hint,
        })
    }),
    ..Diagnosis::BLANK
};

fn explain(flag: &str, problem: &Unreadable) -> (String, String) {
    match problem {
        Unreadable::Unset(name) => (
            format!("--{flag} is to be read from the variable {name}, which is not set"),
            format!("export {name}, or name another source, such as --{flag} file:PATH"),
        ),
        Unreadable::Empty(source) => (
            format!("--{flag} is to be read from {source}, which is empty"),
            format!(
                "put the secret there; to call without a credential, leave --{flag} out or say --auth none"
            ),
        ),
        Unreadable::NotFound(path) => (
            format!("--{flag} is to be read from the file {path}, and there is no such file"),
            format!(
                "check the path; a secret itself is never written behind --{flag}, only where it is found"
            ),
        ),
        Unreadable::Failed { source, why } => (
            format!("--{flag} is to be read from {source}, and that failed: {why}"),
            "see that the source can be read by this user, or name another one".to_owned(),
        ),
        Unreadable::NotASecret { source, why } => (
            format!("what {source} holds cannot be a secret: {why}"),
            format!("name the right source behind --{flag}"),
        ),
        Unreadable::Program(failed) => (
            format!(
                "--{flag} is to be read from the program {}: {failed}",
                failed.program
            ),
            "run it by hand: it must print the secret and end with status 0".to_owned(),
        ),
    }
}
