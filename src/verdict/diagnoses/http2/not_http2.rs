//! `http2.not-http2`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::deadline;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::opening::shown;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.not-http2",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("not_http2.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain", "proxy.no-tunnel"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let handshake = connection.handshake.as_ref()?;
    let opening = &handshake.http2.opening;
    if handshake.http2.settings.is_some() {
        return None;
    }
    if deadline::has_passed(connection) && Opening::may_become_http2(opening) {
        return None;
    }
    let speaks = Opening::of(opening);
    if matches!(speaks, Opening::Silence | Opening::Http2) {
        return None;
    }
    let port = connection.asked.port;
    Some(Proof {
        side: None,
        cause: match speaks {
            Opening::Other => format!("port {port} does not speak HTTP/2"),
            speaks => format!("port {port} speaks {}, not HTTP/2", speaks.protocol()),
        },
        evidence: vec![format!("the first bytes that it sent: {}", shown(opening))],
        hint: format!(
            "check that this is the gRPC port; if it is, ask the operator of {} to serve HTTP/2 there",
            connection.asked.host
        ),
    })
}
