//! `file.not-found`.

use crate::evidence::FileProblem;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::file::problem;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "file.not-found",
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("not_found.md"),
    prove: Prove::Run(|case| {
        let (flag, path, FileProblem::NotFound) = problem(case)? else {
            return None;
        };
        let mut seen = vec!["the system says that it does not exist (ENOENT)".to_owned()];
        if path.is_relative() {
            seen.push("the path is relative to the working directory".to_owned());
        }
        Some(Proof {
            side: Some(Side::Client),
            cause: format!("{flag} {}: there is no such file", path.display()),
            evidence: seen,
            hint: format!("check the path given with {flag}"),
        })
    }),
    ..Diagnosis::BLANK
};
