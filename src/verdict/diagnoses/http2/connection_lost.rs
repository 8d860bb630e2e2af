//! `http2.connection-lost`.

use crate::connect::report::Ending;
use crate::invoke::Interruption;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;
use crate::verdict::diagnoses::http2::codes;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.connection-lost",
    layer: Layer::Http2,
    certainty: Certainty::General,
    page: include_str!("connection_lost.md"),
    prove: Prove::Run(prove),
    // Why a connection ended before the server spoke HTTP/2, these say if they know.
    yields_to: &[
        "net",
        "net.no-connection",
        "plain",
        "proxy.no-tunnel",
        "tls",
        "tls.handshake-failed",
        "sni",
        "mtls",
        "mtls.rejected",
        "credential.too-large",
    ],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::no_status(case)?;
    let shown = match &ended.cause {
        Interruption::ConnectionLost { text, .. } => format!("the system says: {text}"),
        Interruption::Refused { text } => format!("the HTTP/2 library says: {text}"),
        Interruption::Reset { code, .. } => {
            format!("the stream was reset with {}", codes::name(*code))
        }
        Interruption::GoAway { code, .. } => {
            format!("the connection was closed with {}", codes::name(*code))
        }
        Interruption::Deadline => return None,
    };
    let last_words = match &case.connection.handshake.as_ref()?.ending {
        Some(Ending::Tls(error)) => Some(format!("TLS ended with: {error}")),
        Some(Ending::Closed { reset: true }) => Some("the connection was reset".to_owned()),
        Some(Ending::Closed { reset: false }) => Some("the connection was closed".to_owned()),
        Some(Ending::Unanswered { .. }) | None => None,
    };
    Some(Proof {
        side: None,
        cause: "the connection was lost while the call was under way".to_owned(),
        evidence: std::iter::once(shown)
            .chain(last_words)
            .chain(Some(http2::progress(ended.after)))
            .collect(),
        hint: format!(
            "call again; if it happens each time, ask the operator of {} whether its process crashes on this call",
            case.connection.asked.host
        ),
    })
}
