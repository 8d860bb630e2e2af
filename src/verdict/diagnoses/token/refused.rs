//! `token.refused`.

use crate::authenticate::token_fault::TokenFault;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.refused",
    layer: Layer::Credential,
    certainty: Certainty::General,
    page: include_str!("refused.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let status = failed.status_code();
    let facts = failed.facts();
    Some(Proof {
        side: status
            .filter(|status| *status >= 500)
            .map(|_| Side::AuthorizationServer),
        cause: cause(&failed),
        evidence: facts,
        hint: hint(&failed, status),
    })
}

fn cause(failed: &Failed<'_>) -> String {
    let status = failed.status();
    match (failed.fault, status) {
        // These words are the seeds'.
        (_, Some(status)) if !failed.is_oauth() && !is_success(failed) => {
            format!(
                "unexpected authentication response: {status} from {}",
                failed.place()
            )
        }
        (TokenFault::Status(_), Some(status)) => {
            format!("{} was answered with HTTP {status}", failed.request())
        }
        _ => failed_with(failed),
    }
}

fn is_success(failed: &Failed<'_>) -> bool {
    failed
        .status_code()
        .is_some_and(|status| (200..300).contains(&status))
}

fn hint(failed: &Failed<'_>, status: Option<u16>) -> String {
    let host = failed.host();
    match status {
        Some(429 | 503) => format!(
            "{}; the operator of {host} can say what the limit is",
            match failed
                .exchange()
                .and_then(|exchange| exchange.head()?.retry_after.as_ref())
            {
                Some(after) => format!(
                    "wait as it says (retry-after: {}), then try again",
                    after.quoted(40)
                ),
                None => "wait, then try again".to_owned(),
            }
        ),
        Some(500..) => {
            format!("try again; if it stays so, ask the operator of {host}: its log has the reason")
        }
        Some(404 | 405) => format!("check the URL {}", failed.place()),
        Some(401 | 403) if !failed.is_oauth() => format!(
            "check the user's name and password (--user, --password), or what stands in --login-body; if they are right, the log of {host} has the reason"
        ),
        Some(400 | 415 | 422) if !failed.is_oauth() => format!(
            "check the body (--login-body) against what {host} wants: its keys, and JSON or a form"
        ),
        _ => format!("do as the answer says; the log of {host} has the reason"),
    }
}
