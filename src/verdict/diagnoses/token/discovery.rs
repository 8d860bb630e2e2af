//! `token.discovery`.

use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::TokenFault;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.discovery",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("discovery.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let mut facts = match failed.fault {
        // It says all; what was sent is nobody's secret.
        TokenFault::Discovery { .. } | TokenFault::NoAnswer => Vec::new(),
        _ => failed.facts(),
    };
    let asked = failed.record.exchanges.iter();
    facts.extend(
        asked
            .filter(|exchange| exchange.purpose == Purpose::Discovery)
            .map(|exchange| match exchange.head() {
                Some(head) => format!("asked: {} (HTTP {})", exchange.url, head.status),
                None => format!("asked: {}", exchange.url),
            }),
    );
    Some(Proof {
        side: None,
        cause: cause(&failed),
        evidence: facts,
        hint: format!(
            "check --issuer for an exact match, or give the token endpoint itself with --token-url; if it is right, ask the operator of {} to fix its metadata",
            failed.host()
        ),
    })
}

fn cause(failed: &Failed<'_>) -> String {
    match failed.fault {
        TokenFault::Discovery { why } => why.clone(),
        TokenFault::NoAnswer => format!(
            "{} was not sent: the metadata name an endpoint that is plaintext (http)",
            failed.request()
        ),
        TokenFault::Unreadable { why, .. } => {
            format!("{} brought no metadata: {why}", failed.request())
        }
        _ => format!(
            "{} brought no metadata: HTTP {}",
            failed.request(),
            failed.status().unwrap_or_default()
        ),
    }
}
