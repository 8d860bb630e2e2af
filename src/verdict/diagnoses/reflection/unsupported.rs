//! `reflection.unsupported`.

use crate::describe::NotDescribed;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.unsupported",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("unsupported.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let NotDescribed::Unsupported { what, instead } = failure(case)? else {
        return None;
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: format!("grpcauth cannot use these descriptors: {what}"),
        evidence: Vec::new(),
        hint: match instead {
            Some(instead) => instead.clone(),
            None => "use a newer grpcauth if there is one, or give the messages in a form that it understands: --protoset FILE".to_owned(),
        },
    })
}
