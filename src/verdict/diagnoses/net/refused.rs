//! `net.refused`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.refused",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "The machine answered that nothing listens on this port. The name resolves and the \
        machine is reachable; the server is not running, listens on another port, or listens on \
        another address (127.0.0.1 only, say).",
    established: "The operating system's own error, ECONNREFUSED, for an address that was dialled. \
        It comes within one round trip and is never concluded from a deadline.",
    mend: &[
        (
            "server",
            "Is it running, and on which address and port? `ss -ltnp` on its machine lists the \
             listeners. A server bound to 127.0.0.1 is refused from elsewhere: bind to 0.0.0.0 or [::].",
        ),
        (
            "client",
            "Check host and port. Without a port 443 is dialled, or 80 with --plaintext.",
        ),
        (
            "Kubernetes",
            "`kubectl get endpoints SERVICE`: without an endpoint, or with a targetPort that the \
             container does not listen on, connections are refused. For a port-forward, look whether it still runs.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Refused {
        return None;
    }
    let place = net::place(evidence);
    Some(Proof {
        side: Some(Side::Server),
        cause: format!("nothing listens on {place}: the connection was refused"),
        evidence: net::addresses(evidence),
        hint: match evidence.connection.asked.unix_socket {
            true => format!("start the server, or check the path of its socket ({place})"),
            false => format!(
                "start the server, or check host and port; `ss -ltn` on the server's machine shows what listens on port {}",
                evidence.connection.asked.port
            ),
        },
    })
}
