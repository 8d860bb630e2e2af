//! `reflection.absent`.

use crate::describe::NotDescribed;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.absent",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("absent.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let NotDescribed::Absent { .. } = failure(case)? else {
        return None;
    };
    // A web server's 404 is not a server's word about its services.
    if case.reply_over_http().is_some() {
        return None;
    }
    Some(Proof {
        side: None,
        cause: format!(
            "the server at {} does not offer reflection",
            case.connection.asked.target
        ),
        evidence: vec![
            "grpc.reflection.v1 and v1alpha were both answered UNIMPLEMENTED".to_owned(),
        ],
        hint: format!("{WITHOUT}; or ask the server's operator to turn reflection on"),
    })
}
