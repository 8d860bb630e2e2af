//! `token.invalid-scope`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.invalid-scope",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("invalid_scope.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    const LIST: &str = "scopes_supported";
    let failed = told_by(case, ROW.id)?;
    let asked = &failed.record.request.scope;
    let unknown: Vec<&str> = match failed.listed(LIST) {
        None => Vec::new(),
        Some(listed) => asked
            .iter()
            .map(String::as_str)
            .filter(|scope| !listed.contains(scope))
            .collect(),
    };
    let mut facts = failed.facts();
    facts.extend(failed.listed_line(LIST));
    let host = failed.host();
    Some(Proof {
        side: (!unknown.is_empty()).then_some(Side::Client),
        cause: failed_with(&failed),
        evidence: facts,
        hint: match (unknown.as_slice(), asked.is_empty()) {
            ([], true) => format!(
                "name a scope with --scope; the operator of {host} knows which this client may have"
            ),
            ([], false) => format!(
                "leave scopes out one by one (--scope), or ask the operator of {host} to allow them to this client"
            ),
            (unknown, _) => format!(
                "leave out --scope {}: the server does not list it",
                unknown.join(" ")
            ),
        },
    })
}
