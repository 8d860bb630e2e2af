//! `grpc.unknown-health-service`.

use crate::describe::health;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::grpc::method;
use crate::verdict::finding::Layer;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "grpc.unknown-health-service",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("unknown_health_service.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let reply = case.reply_of_server()?;
    if reply.status.code != StatusCode::NOT_FOUND || method(case) != health::CHECK {
        return None;
    }
    let (cause, hint) = match case.asked.service.as_deref() {
        Some("") => (
            "the health service has no status for the server as a whole".to_owned(),
            "name a service that is registered: grpcauth health TARGET package.Service; or have the server set a status for the empty name",
        ),
        Some(name) => (
            format!("the health service knows no service named {name}"),
            "check the name: health services use names of their own, often the full package.Service; without a name the server as a whole is asked",
        ),
        None => (
            "the health service does not know the service in the request".to_owned(),
            "check the field `service` of the request given with -d; empty, it means the server as a whole",
        ),
    };
    Some(Proof {
        side: None,
        cause,
        evidence: reply.quoted().into_iter().collect(),
        hint: hint.to_owned(),
    })
}
