//! `http2.keepalive-timeout`.

use crate::connect::keepalive::ANSWER_TIME;
use crate::connect::report::Ending;
use crate::verdict::Layer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::http2;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "http2.keepalive-timeout",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("keepalive_timeout.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let ended = http2::no_status(case)?;
    let Some(Ending::Unanswered { silent_for }) = case.connection.handshake.as_ref()?.ending else {
        return None;
    };
    Some(Proof {
        side: None,
        cause: "the server fell silent and answers no HTTP/2 PING: the connection is dead"
            .to_owned(),
        evidence: vec![
            format!(
                "nothing was received for {} s, then a PING was sent",
                silent_for.as_secs_f64()
            ),
            format!("nothing came for {} s more", ANSWER_TIME.as_secs()),
            http2::progress(ended.after),
        ],
        hint: format!(
            "call again; if it happens each time, ask the operator of the network what drops idle connections, and the operator of {} whether its process hangs",
            case.connection.asked.host
        ),
    })
}
