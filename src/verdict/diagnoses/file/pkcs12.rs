//! `file.pkcs12`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.pkcs12";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The file is a PKCS#12 bundle (.p12, .pfx: certificate, key and chain in one binary file) where none is taken, or a bundle that lacks something or cannot be read. --cert takes one.",
    established: "The bytes are the outer structure of RFC 7292.",
    mend: &[(
        "openssl",
        "openssl pkcs12 -in FILE -nokeys -out cert.pem, and openssl pkcs12 -in FILE -nocerts -nodes -out key.pem; with -legacy for files made before 2022.",
    )],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
