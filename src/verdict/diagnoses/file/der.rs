//! `file.der`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.der";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The right thing in the wrong encoding: the file is in DER, which is binary; PEM, which is text, was expected.",
    established: "The bytes parse as a certificate or a key in DER.",
    mend: &[
        (
            "openssl",
            "A certificate: openssl x509 -inform DER -in FILE -out cert.pem. A key: openssl pkey -inform DER -in FILE -out key.pem",
        ),
        (
            "Java",
            "keytool -exportcert writes DER; with -rfc it writes PEM.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
