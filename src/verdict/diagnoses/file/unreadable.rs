//! `file.unreadable`.

use crate::evidence::FileProblem;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::file::in_shell;
use crate::verdict::diagnoses::file::problem;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "file.unreadable",
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "A file that a flag names is there, but the system does not let it be read. Nothing was sent.",
    established: "The operating system's own answer when the file was opened or read, for one EACCES or EISDIR.",
    mend: &[
        (
            "client",
            "See who may read it: ls -l FILE. A private key is usually mode 0600, so it is read by its owner alone: run as that user.",
        ),
        (
            "container",
            "Look at the mount: in Kubernetes, fsGroup and defaultMode of the secret's volume decide who may read it.",
        ),
    ],
    prove: |evidence| {
        let (flag, path, FileProblem::Unreadable(why)) = problem(evidence)? else {
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
    },
    needs: nothing,
};
