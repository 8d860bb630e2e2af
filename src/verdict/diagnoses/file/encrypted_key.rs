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
    mend: &[(
        "openssl",
        "openssl pkey -in FILE -out key.pem asks for the passphrase and writes the key without it; keep that file at mode 0600.",
    )],
    door: None,
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
