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
    page: include_str!("wrong_passphrase.md"),
    prove: |evidence| content(evidence, ID),
    needs: nothing,
};
