//! `credential.revoked`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::credential::refused;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.revoked",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("revoked.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    if case.about() != Some(About::Revoked) {
        return None;
    }
    let credential = refused.credentials[0];
    let mut facts = vec![caller::in_words(credential)];
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "{} says that the {} sent was revoked, or that its session has ended",
            refused.reply.speaker(),
            caller::noun(credential)
        ),
        evidence: facts,
        hint: format!(
            "{}; if nobody on your side revoked it, ask the operator of the authorization server who did",
            caller::get_another(credential)
        ),
    })
}
