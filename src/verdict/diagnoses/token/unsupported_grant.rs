//! `token.unsupported-grant`.

use crate::authenticate::grants;
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
    id: "token.unsupported-grant",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("unsupported_grant.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    const LIST: &str = "grant_types_supported";
    let failed = told_by(case, ROW.id)?;
    let used = failed.record.request.grant.unwrap_or_default();
    let listed = failed.listed(LIST).filter(|listed| !listed.contains(&used));
    let other = listed.as_ref().and_then(|listed| {
        let known = grants::ALL.iter();
        known
            .map(|grant| grant.name)
            .find(|name| listed.contains(name))
    });
    let mut facts = failed.facts();
    facts.extend(failed.listed_line(LIST));
    Some(Proof {
        side: listed.is_some().then_some(Side::Client),
        cause: failed_with(&failed),
        evidence: facts,
        hint: match other {
            Some(other) => format!("the server does not list {used}: try --grant {other}"),
            None => format!(
                "name another grant with --grant, or ask the operator of {} to switch {used} on",
                failed.host()
            ),
        },
    })
}
