//! `file.wrong-passphrase`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.wrong-passphrase";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The passphrase given with --key-pass does not open the private key or the PKCS#12 bundle.",
    established: "PKCS#12's own check value does not match; or what comes out of the decryption has wrong padding or is no key. A damaged file looks the same.",
    mend: &[
        (
            "client",
            "Try it on the file itself: openssl pkey -in KEY -noout, or openssl pkcs12 -in BUNDLE -noout, asks for the passphrase and says whether it opens.",
        ),
        (
            "where it comes from",
            "One line end is taken off what file: and cmd: give; a blank or a second line end is part of the passphrase.",
        ),
    ],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
