//! `file.key-mismatch`.

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
    id: "file.key-mismatch",
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("key_mismatch.md"),
    prove: Prove::Run(|case| {
        let (flag, path, FileProblem::KeyMismatch { certificate, fits }) = problem(case)? else {
            return None;
        };
        Some(Proof {
            side: Some(Side::Client),
            cause: format!(
                "{flag} {}: the private key does not belong to the first certificate in {}",
                path.display(),
                certificate.display()
            ),
            evidence: vec![
                format!("certificate: the first in {}", certificate.display()),
                format!("key: {}; its public half is another one", path.display()),
            ],
            hint: match fits {
                Some(index) => format!(
                    "the key belongs to certificate {index} of {} (counted from 0): put that one first, and those of its issuers after it",
                    certificate.display()
                ),
                None => format!(
                    "these two must print the same key: openssl x509 -in {} -noout -pubkey; openssl pkey -in {} -pubout",
                    in_shell(certificate),
                    in_shell(path)
                ),
            },
        })
    }),
    ..Diagnosis::BLANK
};
