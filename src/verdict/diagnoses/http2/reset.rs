//! `http2.reset`.

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
    id: "http2.reset",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("reset.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::interruption(case)?;
    let Interruption::Reset {
        code,
        by_peer: true,
    } = ended.cause
    else {
        return None;
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "the server reset the call with {} and gave no status",
            http2::code_name(code)
        ),
        evidence: vec![
            format!("RST_STREAM with {}", http2::code_name(code)),
            http2::progress(ended.after),
        ],
        hint: match h2::Reason::from(code) {
            h2::Reason::REFUSED_STREAM => {
                "call again: the server took no more calls on this connection".to_owned()
            }
            _ => format!(
                "ask whoever runs {} (or the proxy before it) what its log says of this call",
                case.connection.asked.host
            ),
        },
    })
}
