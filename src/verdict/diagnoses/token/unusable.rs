//! `token.unusable`.

use crate::authenticate::token_fault::TokenFault;
use crate::evidence::Evidence;
use crate::text::shorten;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::token::told_by;

pub const ROW: Diagnosis = Diagnosis {
    id: "token.unusable",
    layer: Layer::Credential,
    kind: Kind::Specific,
    meaning: "A token was given, and it cannot be sent: it has a line end, a space or another character that metadata cannot carry; or it is of a type that wants more than to be shown.",
    established: "The token's own characters (printable ASCII without spaces, RFC 6750 §2.1), or the answer's token_type: DPoP wants a proof of its key with every call (RFC 9449), mac a signature. The token is not repeated.",
    mend: &[
        (
            "client",
            "--scheme WORD sends a token of another type under that scheme; for DPoP that does not do.",
        ),
        (
            "authorization server",
            "Give this client tokens of type Bearer; a line end in a token comes from a template or from base64 with line breaks.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let failed = told_by(evidence, ROW.id)?;
    let TokenFault::Unusable { why } = failed.fault else {
        return None;
    };
    Some(Proof {
        side: Some(Side::AuthorizationServer),
        cause: format!(
            "the token of {} cannot be sent: {}",
            failed.place(),
            shorten(why, 200)
        ),
        evidence: failed.facts(),
        hint: format!(
            "ask whoever runs {} for tokens of type Bearer in printable ASCII (dpop_bound_access_tokens off)",
            failed.host()
        ),
    })
}
