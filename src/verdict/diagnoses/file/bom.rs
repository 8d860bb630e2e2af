//! `file.bom`.

use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::file::content;
use crate::verdict::finding::Layer;

const ID: &str = "file.bom";

pub(super) const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("bom.md"),
    prove: Prove::Run(|case| content(case, ID)),
    ..Diagnosis::BLANK
};
