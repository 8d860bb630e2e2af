//! `http2.protocol-error`.

use crate::invoke::Interruption;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;
use crate::verdict::diagnoses::http2::codes;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.protocol-error",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("protocol_error.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::interruption(case)?;
    let (what, code) = match ended.cause {
        Interruption::Reset {
            code,
            by_peer: false,
        } => ("the stream was reset", code),
        Interruption::GoAway {
            code,
            by_peer: false,
        } => ("the connection was closed", code),
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: "the server broke the rules of HTTP/2, and the call was ended here".to_owned(),
        evidence: vec![
            format!("{what} from this side with {}", codes::name(code)),
            http2::progress(ended.after),
        ],
        hint: format!(
            "ask the operator of {} which server or proxy speaks HTTP/2 there, and for its log",
            case.connection.asked.host
        ),
    })
}
