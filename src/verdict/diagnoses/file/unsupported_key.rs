//! `file.unsupported-key`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.unsupported-key";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The private key is read, but it is of a kind that cannot sign a TLS handshake here: P-521, secp256k1, DSA, RSA of less than 2048 or more than 8192 bits, or damaged.",
    established: "The cryptography library (ring, through rustls) refuses to make a signing key of it. The key and its certificate may be perfectly good for other programs.",
    mend: &[
        (
            "client",
            "Have a certificate issued for a key that everybody takes: openssl genpkey -algorithm EC -pkeyopt ec_paramgen_curve:P-256 -out key.pem",
        ),
        (
            "Kubernetes cert-manager",
            "In the Certificate: spec.privateKey.algorithm ECDSA with size 256 or 384, or RSA with size 2048 or more.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
