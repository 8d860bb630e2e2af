//! `reflection.broken`.

use crate::describe::NotDescribed;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::reflection::WITHOUT;
use crate::verdict::diagnoses::reflection::failure;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::answerer::By;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "reflection.broken",
    layer: Layer::Reflection,
    certainty: Certainty::Proven,
    page: include_str!("broken.md"),
    prove: Prove::Run(prove),
    yields_to: &["deadline.exceeded"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let mut hint =
        format!("{WITHOUT}; and tell the server's operator that its reflection does not work");
    let is_proxys = case
        .answerer()
        .is_some_and(|answerer| answerer.by == By::Proxy);
    let (cause, facts) = match failure(case)? {
        NotDescribed::Broken { what } => (
            format!("the server's reflection is broken: {what}"),
            Vec::new(),
        ),
        NotDescribed::Refused { version, .. } => {
            if case.denial().is_some() {
                return None;
            }
            let reply = case.reply()?;
            let facts = match reply.answered_by {
                AnsweredBy::Server => reply.quoted().into_iter().collect(),
                AnsweredBy::Local => vec![reply.status.message.to_string()],
                AnsweredBy::Proxy => return None,
            };
            if reply.status.code == StatusCode::UNAVAILABLE {
                let which = match is_proxys {
                    true => "the server behind the proxy is up and healthy",
                    false => "the server is up",
                };
                hint = format!(
                    "ask the operator of {} whether {which}: that is seldom about reflection alone. To try the call all the same, {WITHOUT}",
                    case.connection.asked.authority
                );
            }
            let by = if is_proxys { " by a proxy" } else { "" };
            (
                format!("{} was answered {}{by}", version.path(), reply.status.code),
                facts,
            )
        }
        _ => return None,
    };
    Some(Proof {
        side: Some(match is_proxys {
            true => Side::Proxy,
            false => Side::Server,
        }),
        cause,
        evidence: facts,
        hint,
    })
}
