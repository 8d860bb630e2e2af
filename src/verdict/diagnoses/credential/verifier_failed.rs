//! `credential.verifier-failed`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::About;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.verifier-failed",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("verifier_failed.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    if case.about() != Some(About::Verifier) {
        return None;
    }
    let reply = case.reply()?;
    let mut facts: Vec<String> = reply.quoted().into_iter().collect();
    facts.extend(reply.header_line("www-authenticate"));
    facts.extend(case.sent().iter().map(|sent| caller::in_words(sent)));
    if case.is_anonymous() {
        facts.push("no credential was sent".to_owned());
    }
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "{} could not check the credential: what it verifies credentials with failed",
            reply.speaker()
        ),
        evidence: facts,
        hint: format!(
            "ask the operator of {} to look at the verifier: the keys (JWKS), the identity provider or authorization service that it depends on, and its configuration; a new credential does not help",
            case.connection.asked.authority
        ),
    })
}
