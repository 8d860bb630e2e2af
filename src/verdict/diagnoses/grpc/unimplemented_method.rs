//! `grpc.unimplemented-method`.

use crate::evidence::Description;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::no_route;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;
use crate::verdict::reading::answerer::By;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.unimplemented-method",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("unimplemented_method.md"),
    prove: Prove::Run(prove),
    yields_to: &["grpc.compression", "grpc.unimplemented-service"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let reply = reply(case)?;
    let method = method(case);
    let authority = &case.connection.asked.authority;
    let answerer = case.answerer()?;
    let mut facts: Vec<String> = reply.quoted().into_iter().collect();
    facts.extend(source(case));
    facts.extend(reply.header_line("server"));
    let of_server = format!("the server does not implement {method}");
    if !reply.status.message.is_empty() && answerer.by != By::Proxy {
        return Some(Proof {
            side: None,
            cause: of_server,
            evidence: facts,
            hint: format!(
                "check the full name {method} and the server's version; if they are right, its operator must deploy one that has the method"
            ),
        });
    }
    if reply.status.message.is_empty() {
        facts.push("no message came with it, as from a proxy that has no route".to_owned());
    }
    facts.push(format!("the :authority sent was {authority}"));
    let of_proxy = format!("no route for :authority {authority} and /{method}");
    let (side, cause) = match answerer.by {
        By::Proxy => (Some(Side::Proxy), format!("a proxy has {of_proxy}")),
        By::LikelyProxy => (None, format!("a proxy likely has {of_proxy}")),
        _ => (
            None,
            format!("{of_server}, or a proxy before it has {of_proxy}"),
        ),
    };
    let names = format!("check host, port and the full name {method}");
    let route = no_route(authority, method);
    Some(Proof {
        side,
        cause,
        evidence: facts,
        hint: match answerer.by {
            By::Proxy | By::LikelyProxy => format!("{route}; {names}"),
            _ => format!("{names}; behind a proxy, {route}"),
        },
    })
}

/// UNIMPLEMENTED, answered to the call itself.
pub(super) fn reply<'a>(case: &'a Case<'_>) -> Option<Reply<'a>> {
    if case.call.in_reflection() {
        return None;
    }
    case.reply_of_server()
        .filter(|reply| reply.status.code == StatusCode::UNIMPLEMENTED)
}

/// Where the method is described, which says whose idea of it is in use.
pub(super) fn source(case: &Case<'_>) -> Option<String> {
    match &case.call.description {
        Description::Found { source, .. } => Some(format!("the method is described by {source}")),
        _ => None,
    }
}
