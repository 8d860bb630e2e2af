//! `token.invalid-grant`.

use crate::authenticate::http::Purpose;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.invalid-grant",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("invalid_grant.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let refreshed = failed
        .exchange()
        .is_some_and(|exchange| exchange.purpose == Purpose::Refresh);
    let host = failed.host();
    Some(Proof {
        side: None,
        cause: failed_with(&failed),
        evidence: failed.facts(),
        hint: match (refreshed, failed.record.request.grant) {
            (true, _) => format!(
                "log in anew and give the new refresh token (--refresh-token SRC): this one is spent, expired, withdrawn or of another client; the log of {host} says which"
            ),
            (false, Some("password")) => format!(
                "check --user and --password; if they are right, ask the operator of {host} whether the account is locked or wants a second factor"
            ),
            (false, _) => format!(
                "what the grant starts from is not accepted any more: get it anew; the log of {host} says why"
            ),
        },
    })
}
