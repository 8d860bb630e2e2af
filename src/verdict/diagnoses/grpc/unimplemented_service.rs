//! `grpc.unimplemented-service`.

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::diagnoses::grpc::unimplemented_method;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;

pub const ROW: Diagnosis = Diagnosis {
    id: "grpc.unimplemented-service",
    layer: Layer::Grpc,
    kind: Kind::Specific,
    meaning: "The server that answered does not have the service: another program listens there, an older version, or the service is not registered.",
    established: "UNIMPLEMENTED, and the server says outright that it does not know the service, as grpc-go does (\"unknown service …\"). Others use the same words for a service and for a method: then it is grpc.unimplemented-method.",
    mend: &[
        (
            "client",
            "Check host and port, the package name in front of the service, and its version (v1, v1beta1). `grpcauth list TARGET` shows what is there, if reflection is on.",
        ),
        (
            "server",
            "Register the service before serving: Go RegisterXServer(server, …), Java addService(…), Python add_XServicer_to_server(…), Node server.addService(…).",
        ),
        (
            "Envoy, gateways",
            "Behind a gateway the route may lead to another server: match the prefix /package.Service/.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let reply = unimplemented_method::reply(evidence)?;
    if !says_unknown_service(&reply.status.message) {
        return None;
    }
    let method = method(evidence);
    let service = method.split('/').next().unwrap_or(method);
    let mut facts: Vec<String> = reply.quoted().into_iter().collect();
    facts.extend(unimplemented_method::source(evidence));
    facts.extend(reply.header_line("server"));
    Some(Proof {
        side: None,
        cause: format!(
            "the server at {} does not have the service {service}",
            evidence.connection.asked.target
        ),
        evidence: facts,
        hint: format!(
            "check host, port and the full name {service}; if they are right, the server's operator must deploy or register the service, or route to it"
        ),
    })
}

/// grpc-go's words. "unknown method M for service S" is about the method.
pub fn says_unknown_service(message: &str) -> bool {
    message.to_lowercase().starts_with("unknown service")
}
