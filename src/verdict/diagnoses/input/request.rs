//! `input.request`.

use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

const ID: &str = "input.request";

pub const ROW: Diagnosis = Diagnosis {
    id: ID,
    layer: Layer::Input,
    kind: Kind::Specific,
    meaning: "The request given with -d does not fit the method: a field that its type does not have, a value of another type or out of range, or several messages for a method that takes one.",
    established: "The JSON is read against the method's own input type (proto3's JSON mapping). Of a request that is sent as it is read, what stood before is sent, and the call is then cancelled.",
    mend: &[(
        "client",
        "Field names are the proto's, or their lowerCamelCase; 64-bit integers may be strings, bytes are base64, enums are names or numbers, timestamps RFC 3339. --allow-unknown-fields skips fields that the type does not have.",
    )],
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
