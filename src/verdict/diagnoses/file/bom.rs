//! `file.bom`.

use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::file::content;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

const ID: &str = "file.bom";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The file begins with the byte order mark of UTF-16, as some editors write it; PEM is ASCII.",
    established: "The first two bytes of the file. A UTF-8 mark is only noted, because PEM readers differ about it.",
    mend: &[(
        "client",
        "iconv -f UTF-16 -t ASCII FILE > pem.pem; in PowerShell, write with Out-File -Encoding ascii.",
    )],
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
