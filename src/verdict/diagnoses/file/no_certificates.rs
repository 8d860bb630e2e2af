//! `file.no-certificates`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.no-certificates";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The file given where certificates belong has no PEM certificate in it: no line -----BEGIN CERTIFICATE-----. Without a trust anchor every server would be refused, so nothing was sent.",
    established: "From the bytes of the file, before the first packet. If they are recognised as something else, the diagnosis is file.wrong-kind, file.der or file.pkcs12 instead.",
    mend: &[
        (
            "client",
            "Give the CA's certificate in PEM. See what a server presents: openssl s_client -connect HOST:PORT -showcerts",
        ),
        (
            "Kubernetes cert-manager",
            "The CA is the key ca.crt of the secret: kubectl get secret NAME -o jsonpath='{.data.ca\\.crt}' | base64 -d > ca.pem",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
