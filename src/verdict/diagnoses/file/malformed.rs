//! `file.malformed`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.malformed";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "A PEM section of the right kind is there, but it is damaged: cut off, indented, or its base64 broken.",
    established: "The section is found by its BEGIN line, which is named, and what stands in it cannot be read.",
    mend: &[(
        "client",
        "Copy the file again, whole, with its newlines; look at it: openssl x509 -in FILE -noout -text, or openssl pkey -in FILE -noout",
    )],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
