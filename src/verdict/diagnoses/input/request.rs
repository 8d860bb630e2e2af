//! `input.request`.

use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

const ID: &str = "input.request";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("request.md"),
    prove: |evidence| {
        let method = method(evidence);
        let (cause, hint) = match &evidence.call.description {
            Description::BadRequest(bad) => (
                format!(
                    "the request does not fit {method}: {}: {}",
                    bad.place(),
                    bad.message
                ),
                match &bad.suggestion {
                    Some(field) => {
                        format!("did you mean `{field}`? --allow-unknown-fields skips unknown ones")
                    }
                    None => format!(
                        "mend the JSON given with -d; `grpcauth explain {ID}` says how fields are written"
                    ),
                },
            ),
            Description::TooManyRequests { count } => (
                format!("{method} takes one request message, and -d holds {count}"),
                "give one message; to call the method several times, run it several times"
                    .to_owned(),
            ),
            _ => return None,
        };
        Some(Proof {
            side: Some(Side::Client),
            cause,
            evidence: Vec::new(),
            hint,
        })
    },
    needs: nothing,
};

fn method(evidence: &Evidence) -> &str {
    evidence.asked.method.as_deref().unwrap_or("the method")
}
