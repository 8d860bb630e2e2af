//! `reflection.absent`.

use crate::describe::NotDescribed;
use crate::evidence::Evidence;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Reply;

pub const ROW: Diagnosis = Diagnosis {
    id: "reflection.absent",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("absent.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let NotDescribed::Absent { .. } = failure(evidence)? else {
        return None;
    };
    // A web server's 404 is not a server's word about its services.
    if Reply::over_http(evidence).is_some() {
        return None;
    }
    Some(Proof {
        side: None,
        cause: format!(
            "the server at {} does not offer reflection",
            evidence.connection.asked.target
        ),
        evidence: vec![
            "grpc.reflection.v1 and v1alpha were both answered UNIMPLEMENTED".to_owned(),
        ],
        hint: format!("{WITHOUT}; or ask the server's operator to turn reflection on"),
    })
}
