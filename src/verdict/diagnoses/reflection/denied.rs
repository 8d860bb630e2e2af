//! `reflection.denied`.

use crate::evidence::Aim;
use crate::evidence::Evidence;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::reply::denial;
use crate::verdict::reading::token::Token;

pub const ROW: Diagnosis = Diagnosis {
    id: "reflection.denied",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("denied.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if !evidence.call.in_reflection() {
        return None;
    }
    let (reply, _) = denial(evidence)?;
    Reply::from_server(evidence)?;
    let sent = caller::sent(evidence);
    let kept_back =
        sent.is_empty() && !evidence.caller.credentials.is_empty() && !evidence.call.withheld;
    let mut facts: Vec<String> = sent
        .iter()
        .map(|credential| caller::in_words(credential))
        .collect();
    facts.extend(Token::sent(evidence).map(|token| token.in_words(evidence.clock)));
    if caller::is_anonymous(evidence) {
        facts.push("no credential was sent with reflection".to_owned());
    }
    if kept_back {
        facts.extend(evidence.caller.credentials.iter().map(|credential| {
            format!(
                "the {} from {} does not go along (--no-auth-on-reflection)",
                caller::noun(credential),
                credential.source
            )
        }));
    }
    facts.extend(reply.header_line("www-authenticate"));
    let credential = match (
        caller::is_anonymous(evidence),
        evidence.caller.credentials.is_empty(),
    ) {
        (true, true) => "send the credential with it, such as --token SRC",
        (true, false) => "let the credential go along (leave out --no-auth-on-reflection)",
        (false, _) => "send a credential that reflection accepts",
    };
    Some(Proof {
        side: None,
        cause: match evidence.asked.aim {
            Aim::Call => format!(
                "reflection was refused with {}; the method itself was not called",
                reply.status.code
            ),
            _ => format!("reflection was refused with {}", reply.status.code),
        },
        evidence: facts,
        hint: format!("{credential}; or {WITHOUT}"),
    })
}
