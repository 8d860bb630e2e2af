//! `credential.issuer`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::reading::About;
use crate::verdict::reading::caller;
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.issuer",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("issuer.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    if case.about() != Some(About::Issuer) {
        return None;
    }
    let speaker = refused.reply.speaker();
    let token = case.token();
    let mut facts = Vec::new();
    facts.push(match &token {
        Some(token) => format!("claims: {}", token.issuer()),
        None => format!(
            "{}; it is not a readable JWT",
            caller::in_words(refused.credentials[0])
        ),
    });
    facts.extend(fetch::asked_for(refused.credentials[0]));
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: None,
        cause: match &token {
            Some(token) => format!("{speaker} does not trust the token's issuer ({})", token.issuer()),
            None => format!("{speaker} does not trust the token's issuer"),
        },
        evidence: facts,
        hint: "get the token from the issuer that this server trusts (another environment's?); if this is the one, the server's operator must add it exactly as the token has it".to_owned(),
    })
}
