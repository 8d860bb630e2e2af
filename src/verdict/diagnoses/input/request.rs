//! `input.request`.

use crate::evidence::Description;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

const ID: &str = "input.request";

pub(super) const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    certainty: Certainty::Proven,
    page: include_str!("request.md"),
    prove: Prove::Run(|case| {
        let method = method(case);
        let (cause, hint) = match &case.call.description {
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
                        "fix the JSON given with -d; `grpcauth explain {ID}` says how fields are written"
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
    }),
    ..Diagnosis::BLANK
};

fn method<'a>(case: &'a Case<'_>) -> &'a str {
    case.asked.method.as_deref().unwrap_or("the method")
}
