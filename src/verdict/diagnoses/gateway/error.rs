//! `gateway.error`.

use crate::evidence::Evidence;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::gateway;
use crate::verdict::diagnoses::nothing;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;

pub const ROW: Diagnosis = Diagnosis {
    id: "gateway.error",
    layer: Layer::Http,
    kind: Kind::Specific,
    meaning: "A proxy in front of the gRPC server answered with an HTTP error of its own (5xx): it could not reach the server, had no healthy one, waited too long, or failed itself. Nothing was said about the credential.",
    established: "The response is HTTP 5xx without a grpc-status.",
    mend: &[
        (
            "operator of the gateway",
            "502: the backend refused, closed, or does not speak HTTP/2 in the clear or over TLS as configured. 503: no healthy backend. 504: the backend was too slow. The gateway's error log has the reason.",
        ),
        (
            "nginx",
            "502 with `upstream sent too large http2 frame` or `no connection`: grpc_pass grpc:// for plaintext backends, grpcs:// for TLS ones.",
        ),
        (
            "Kubernetes",
            "kubectl get endpoints SERVICE shows whether there is a ready pod; the port's appProtocol should be kubernetes.io/h2c or grpc.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (reply, status) = gateway::of_kind(evidence, gateway::Kind::Error)?;
    let name = gateway::name(&reply);
    let (what, ask) = match status {
        502 => (
            "could not talk to the server behind it",
            "whether the gRPC server runs, and whether the gateway speaks HTTP/2 to it",
        ),
        503 => (
            "has no server behind it that can take the call",
            "whether the gRPC server is up and healthy",
        ),
        504 => (
            "waited too long for the server behind it",
            "why the gRPC server is slow, and how long the gateway waits",
        ),
        _ => ("failed", "what its error log says about this time and path"),
    };
    Some(Proof {
        side: Some(Side::Proxy),
        cause: format!("{name} {what} (HTTP {status})"),
        evidence: gateway::facts(&reply, status),
        hint: format!(
            "not yours to mend: ask the operator of {} {ask}",
            evidence.connection.asked.authority
        ),
    })
}
