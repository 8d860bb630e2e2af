//! `file.escaped-newlines`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.escaped-newlines";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The PEM text is on one line, and its newlines are the two characters \\n: it came out of a JSON document or an environment variable.",
    established: "A BEGIN line is followed by a backslash and an n.",
    mend: &[
        (
            "client",
            "printf '%b\\n' \"$(cat FILE)\" > pem.pem; out of JSON, jq -r instead of jq.",
        ),
        (
            "CI",
            "Store the secret as a file, or base64-encoded, so that no shell rewrites it.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
