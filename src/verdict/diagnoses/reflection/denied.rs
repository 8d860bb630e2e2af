//! `reflection.denied`.

use crate::evidence::Aim;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::finding::Layer;
use crate::verdict::reading::caller;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.denied",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("denied.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    if !case.call.in_reflection() {
        return None;
    }
    let (reply, _) = case.denial()?;
    case.reply_of_server()?;
    let sent = case.sent();
    let kept_back = sent.is_empty() && !case.caller.credentials.is_empty() && !case.call.withheld;
    let mut facts: Vec<String> = sent
        .iter()
        .map(|credential| caller::in_words(credential))
        .collect();
    facts.extend(case.token().map(|token| token.in_words(case.clock)));
    if case.is_anonymous() {
        facts.push("no credential was sent with reflection".to_owned());
    }
    if kept_back {
        facts.extend(case.caller.credentials.iter().map(|credential| {
            format!(
                "the {} from {} does not go along (--no-auth-on-reflection)",
                caller::noun(credential),
                credential.source
            )
        }));
    }
    facts.extend(reply.header_line("www-authenticate"));
    let credential = match (case.is_anonymous(), case.caller.credentials.is_empty()) {
        (true, true) => "send the credential with it, such as --token SRC",
        (true, false) => {
            "remove --no-auth-on-reflection, or send reflection a credential of its own (--reflect-header 'KEY: VALUE')"
        }
        (false, _) => "send a credential that reflection accepts",
    };
    Some(Proof {
        side: None,
        cause: match case.asked.aim {
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
