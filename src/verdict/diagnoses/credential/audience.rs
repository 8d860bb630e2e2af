//! `credential.audience`.

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
use crate::verdict::reading::fetch;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.audience",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("audience.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    if case.about() != Some(About::Audience) {
        return None;
    }
    let credential = refused.credentials[0];
    let token = case.token();
    let mut facts = Vec::new();
    facts.push(match &token {
        Some(token) => format!("claims: {}, {}", token.audience(), token.issuer()),
        None => format!("{}; it is not a readable JWT", caller::in_words(credential)),
    });
    facts.extend(fetch::asked_for(credential));
    let speaker = refused.reply.speaker();
    let wanted = refused.reply.named("audience");
    facts.extend(
        wanted
            .as_ref()
            .map(|wanted| format!("{speaker} requires audience {wanted}")),
    );
    facts.extend(refused.reply.quoted());
    facts.extend(refused.reply.header_line("www-authenticate"));
    let which = match &wanted {
        Some(wanted) => format!("whose aud is {wanted}"),
        None => "whose aud names this service (its operator knows the value)".to_owned(),
    };
    let issuer = token
        .as_ref()
        .and_then(|token| token.decoded.issuer())
        .unwrap_or("its issuer");
    let flags = match fetch::can_ask(credential) {
        true => " (--audience A or --resource URI asks for it)",
        false => "",
    };
    Some(Proof {
        side: Some(Side::Client),
        cause: match &token {
            Some(token) => format!(
                "{speaker} does not accept the token's audience ({})",
                token.audience()
            ),
            None => format!("{speaker} does not accept the token's audience"),
        },
        evidence: facts,
        hint: format!(
            "get a token from {issuer} {which}{flags}; if this one is right, the operator of {} must add it to the audiences accepted",
            case.connection.asked.authority
        ),
    })
}
