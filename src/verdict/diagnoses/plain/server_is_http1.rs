//! `plain.server-is-http1`.

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::opening::Opening;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-http1",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_http1.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let instead = connection.instead()?;
    if instead.speaks != Opening::Http1 {
        return None;
    }
    let asked = &connection.asked;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} is a web server's: it speaks HTTP/1.1 without TLS, and no gRPC",
            asked.port
        ),
        evidence: vec![instead.shown.clone()],
        hint: format!(
            "dial the server's gRPC port; `curl -v http://{}:{}/` shows what this one is",
            asked.host, asked.port
        ),
    })
}
