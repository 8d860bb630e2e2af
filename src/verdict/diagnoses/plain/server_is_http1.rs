//! `plain.server-is-http1`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::plain;
use crate::verdict::reading::opening::Opening;

pub const ROW: Diagnosis = Diagnosis {
    id: "plain.server-is-http1",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("server_is_http1.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let instead = plain::instead_of_tls(evidence)?;
    if instead.speaks != Opening::Http1 {
        return None;
    }
    let asked = &evidence.connection.asked;
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "port {} is a web server's: it speaks HTTP/1.1 without TLS, and no gRPC",
            asked.port
        ),
        evidence: vec![instead.shown],
        hint: format!(
            "dial the server's gRPC port; `curl -v http://{}:{}/` shows what this one is",
            asked.host, asked.port
        ),
    })
}
