//! `grpc.unimplemented-service`.

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::unimplemented_method;
use crate::verdict::finding::Layer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.unimplemented-service",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("unimplemented_service.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let reply = unimplemented_method::reply(case)?;
    if !says_unknown_service(&reply.status.message.for_judging()) {
        return None;
    }
    let method = method(case);
    let service = method.split('/').next().unwrap_or(method);
    let mut facts: Vec<String> = reply.quoted().into_iter().collect();
    facts.extend(unimplemented_method::source(case));
    facts.extend(reply.header_line("server"));
    Some(Proof {
        side: None,
        cause: format!(
            "the server at {} does not have the service {service}",
            case.connection.asked.target
        ),
        evidence: facts,
        hint: format!(
            "check host, port and the full name {service}; if they are right, the server's operator must deploy or register the service, or route to it"
        ),
    })
}

/// grpc-go's words. "unknown method M for service S" is about the method.
fn says_unknown_service(message: &str) -> bool {
    message.to_lowercase().starts_with("unknown service")
}
