//! `file.encrypted-key`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.encrypted-key";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The private key is encrypted and needs its passphrase.",
    established: "The PEM label ENCRYPTED PRIVATE KEY, the header Proc-Type: 4,ENCRYPTED, or PKCS#8's encrypted structure in DER.",
    mend: &[
        (
            "client",
            "Give the passphrase: --key-pass env:NAME, file:PATH, stdin, prompt or cmd:PROGRAM. PBES2 (AES, 3DES, scrypt) and the traditional format (AES-CBC, DES-EDE3-CBC) are read; other ciphers must be converted first: openssl pkcs8 -in FILE -topk8 -v2 aes-256-cbc -out key.pem",
        ),
        (
            "openssl",
            "openssl pkey -in FILE -out key.pem asks for the passphrase and writes the key without it; keep that file at mode 0600.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
