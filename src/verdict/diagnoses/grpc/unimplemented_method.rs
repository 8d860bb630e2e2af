//! `grpc.unimplemented-method`.

use crate::evidence::Description;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::finding::Layer;
use crate::verdict::reading::Reply;

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
    let message = &reply.status.message;
    let method = method(case);
    let mut facts: Vec<String> = reply.quoted().into_iter().collect();
    facts.extend(source(case));
    facts.extend(reply.header_line("server"));
    let hint = if message.is_empty() {
        facts.push(
            "no message came with it: the service may be missing too, or a gateway had no route"
                .to_owned(),
        );
        format!(
            "check host, port and the full name {method}; behind a gateway (Envoy answers so), its operator must route that path"
        )
    } else {
        format!(
            "check the full name {method} and the server's version; if they are right, its operator must deploy one that has the method"
        )
    };
    Some(Proof {
        side: None,
        cause: format!("the server does not implement {method}"),
        evidence: facts,
        hint,
    })
}

/// UNIMPLEMENTED, said by the server of the call itself.
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
