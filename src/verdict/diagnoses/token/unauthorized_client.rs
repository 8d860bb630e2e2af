//! `token.unauthorized-client`.

use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::failed_with;
use crate::verdict::diagnoses::token::told_by;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.unauthorized-client",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("unauthorized_client.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let request = &failed.record.request;
    let mut facts = failed.facts();
    facts.extend(failed.listed_line("grant_types_supported"));
    let secret = match request.client_authentication {
        Some("none") | None => "",
        Some(_) => "check what proves the client (Keycloak answers so to a wrong secret); ",
    };
    Some(Proof {
        side: None,
        cause: failed_with(&failed),
        evidence: facts,
        hint: format!(
            "{secret}ask the operator of {} to allow the grant {} to client {}, or name another with --grant",
            failed.host(),
            request.grant.unwrap_or_default(),
            request.client_id.as_deref().unwrap_or_default()
        ),
    })
}
