//! `input.secret-source`.

use crate::authenticate::secret_reader::Unreadable;
use crate::evidence::Refusal;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "input.secret-source",
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "A secret was to be read from a variable, a file or a program, and there is none to be had there. It is never taken to mean that no credential is wanted: an empty variable would turn an authenticated call into an anonymous one that seems to pass.",
    established: "The source was read while planning, before the first packet: the variable is unset or empty, the file is missing or empty, the program failed or printed nothing.",
    mend: &[
        (
            "client",
            "Secrets are given by reference: env:NAME, file:PATH, stdin, prompt, or cmd:PROGRAM ARG…. A variable must be exported to be seen here.",
        ),
        (
            "CI",
            "A secret that is not passed on to the job (a fork's pull request, another environment) arrives as an empty variable. To call without a credential on purpose: --auth none.",
        ),
    ],
    prove: |evidence| {
        let Refusal::Secret { flag, problem } = evidence.refusal.as_ref()? else {
            return None;
        };
        let (cause, hint) = explain(flag, problem);
        Some(Proof {
            side: Some(Side::Client),
            cause,
            evidence: Vec::new(),
            hint,
        })
    },
    needs: nothing,
};

fn explain(flag: &str, problem: &Unreadable) -> (String, String) {
    match problem {
        Unreadable::Unset(name) => (
            format!("--{flag} is to be read from the variable {name}, which is not set"),
            format!("export {name}, or name another source, such as --{flag} file:PATH"),
        ),
        Unreadable::Empty(source) => (
            format!("--{flag} is to be read from {source}, which is empty"),
            format!("put the secret there; to call without a credential, leave --{flag} out or say --auth none"),
        ),
        Unreadable::NotFound(path) => (
            format!("--{flag} is to be read from the file {path}, and there is no such file"),
            format!("check the path; a secret itself is never written behind --{flag}, only where it is found"),
        ),
        Unreadable::Failed { source, why } => (
            format!("--{flag} is to be read from {source}, and that failed: {why}"),
            "see that the source can be read by this user, or name another one".to_owned(),
        ),
        Unreadable::NotASecret { source, why } => (
            format!("what {source} holds cannot be a secret: {why}"),
            format!("name the right source behind --{flag}"),
        ),
        Unreadable::CommandFailed { program, status } => (
            format!("--{flag} is to be read from the program {program}, which failed ({status})"),
            "run it by hand: it must print the secret and end with 0; what it said itself stands above"
                .to_owned(),
        ),
    }
}
