//! `token.bad-response`.

use crate::authenticate::http;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::token_fault::TokenFault;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.bad-response",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("bad_response.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let place = failed.place();
    Some(Proof {
        side: Some(Side::AuthorizationServer),
        cause: format!("the answer of {place} cannot be read: {}", why(&failed)),
        evidence: failed.facts(),
        hint: format!(
            "check that {place} is the endpoint that gives tokens; if it is, ask the operator of {} what answers there",
            failed.host()
        ),
    })
}

fn why(failed: &Failed<'_>) -> String {
    if let TokenFault::Unreadable { why, .. } = failed.fault {
        return why.clone();
    }
    match failed.exchange().map(|exchange| &exchange.outcome) {
        Some(HttpOutcome::NotHttp) => "it is not HTTP/1.1".to_owned(),
        Some(HttpOutcome::Encoded(how)) => format!(
            "it is compressed ({}), which was not asked for",
            how.quoted(20)
        ),
        Some(HttpOutcome::TooLarge) => format!("it is longer than {} bytes", http::LIMIT),
        _ => "the connection ended before the answer did".to_owned(),
    }
}
