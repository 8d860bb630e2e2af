//! `http2.goaway`.

use crate::invoke::Interruption;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.goaway",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("goaway.md"),
    prove: Prove::Run(prove),
    yields_to: &["http2.too-many-pings"],
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::interruption(case)?;
    let goaway = case.connection.handshake.as_ref()?.http2.goaway.as_ref()?;
    // A reset stream is told by its own code, even when a GOAWAY came along.
    if matches!(
        ended.cause,
        Interruption::Reset { .. }
            | Interruption::GoAway { by_peer: false, .. }
            | Interruption::Deadline
    ) {
        return None;
    }
    let debug = &goaway.debug;
    let mut lines = vec![format!(
        "GOAWAY with {}, last stream {}",
        http2::code_name(goaway.code),
        goaway.last_stream
    )];
    if !debug.is_empty() {
        lines.push(format!("its debug data: \"{debug}\""));
    }
    lines.push(http2::progress(ended.after));
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server ended the connection with GOAWAY {} before it answered",
            http2::code_name(goaway.code)
        ),
        evidence: lines,
        hint: match goaway.code {
            0 => "call again: the server was shutting down, or the connection had reached its age limit".to_owned(),
            _ => format!(
                "ask whoever runs {} (or the proxy before it) what its log says; the debug data above is its own word",
                case.connection.asked.host
            ),
        },
    })
}
