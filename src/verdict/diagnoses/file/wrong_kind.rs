//! `file.wrong-kind`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.wrong-kind";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The file holds something else than its flag takes: a key in place of a certificate, a signing request, a public key, a JSON document, an HTML page.",
    established: "From the bytes of the file: the label of its PEM sections, or the shape of what is in it. The diagnosis names what it is.",
    mend: &[
        (
            "client",
            "Two swapped flags are the commonest cause: --cert takes the certificate, --key the private key, --cacert the CA's certificates.",
        ),
        (
            "a signing request",
            "A CSR is a question, not an answer: have the CA sign it and give the certificate that comes back.",
        ),
        (
            "an HTML page",
            "The download was answered with a page: look at the URL and at the login it wants.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
