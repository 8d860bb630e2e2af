//! `credential.token-not-yet-valid`.

use time::Duration;

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
use crate::verdict::reading::moment::rfc3339;
use crate::verdict::reading::moment::span;
use crate::verdict::reading::token::Token;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "credential.token-not-yet-valid",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("token_not_yet_valid.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

/// Within it of now, a beginning is a fact, and no cause by itself.
const LEEWAY: Duration = Duration::minutes(1);

fn prove(case: &Case<'_>) -> Option<Proof> {
    let refused = refused(case)?;
    let token = case.token();
    let early = case.about() == Some(About::NotYetValid);
    let begins = token.as_ref().and_then(|token| {
        let not_before = token.decoded.not_before().map(|at| ("nbf", at));
        // Only some libraries refuse a token issued in the future: the server must have said so.
        let issued = token
            .decoded
            .issued_at()
            .filter(|_| early)
            .map(|at| ("iat", at));
        not_before
            .into_iter()
            .chain(issued)
            .find(|(_, at)| *at > case.clock)
            // Clocks differ by seconds, and verifiers allow for it.
            .filter(|(_, at)| early || *at - case.clock >= LEEWAY)
    });
    if (begins.is_none() && !early) || case.has_another_reason(About::NotYetValid) {
        return None;
    }
    let mut facts = vec![format!("local time at the call: {}", rfc3339(case.clock))];
    facts.extend(
        refused
            .credentials
            .iter()
            .map(|credential| caller::in_words(credential)),
    );
    let sent = refused.credentials.iter();
    facts.extend(sent.filter_map(|credential| fetch::clock_of(credential)));
    if early {
        facts.extend(refused.reply.quoted());
    }
    facts.extend(refused.reply.header_line("www-authenticate"));
    let issuer = token.map_or("unknown issuer".to_owned(), Token::issuer);
    let (cause, when) = match begins {
        Some((claim, at)) => (
            format!(
                "the token sent is valid only {} after the call ({claim} {}, {issuer})",
                span(at - case.clock),
                rfc3339(at)
            ),
            format!("call again after {}", rfc3339(at)),
        ),
        None => (
            format!(
                "{} says that the token sent is not valid yet",
                refused.reply.speaker()
            ),
            "call again in a minute".to_owned(),
        ),
    };
    Some(Proof {
        side: None,
        cause,
        evidence: facts,
        hint: format!(
            "{when}; and compare the clocks of this machine (date -u), of the issuer and of the server"
        ),
    })
}
