//! `file.unreadable`.

use crate::evidence::FileProblem;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::file::in_shell;
use crate::verdict::diagnoses::file::problem;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "file.unreadable",
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("unreadable.md"),
    prove: Prove::Run(|case| {
        let (flag, path, FileProblem::Unreadable(why)) = problem(case)? else {
            return None;
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: format!("{flag} {}: the file cannot be read", path.display()),
            evidence: vec![format!("the system says: {why}")],
            hint: format!(
                "see what it is and who may read it: ls -ld {}",
                in_shell(path)
            ),
        })
    }),
    ..Diagnosis::BLANK
};
