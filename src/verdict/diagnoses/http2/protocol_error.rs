//! `http2.protocol-error`.

use crate::connect::rules::Breach;
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
use crate::verdict::diagnoses::http2::rules;

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
    let (what, code, is_of_stream) = match ended.cause {
        Interruption::Reset {
            code,
            by_peer: false,
        } => ("the stream was reset", code, true),
        Interruption::GoAway {
            code,
            by_peer: false,
        } => ("the connection was closed", code, false),
        _ => return None,
    };
    let broken = breach(case, is_of_stream).map(rules::broken);
    let mut facts: Vec<String> = broken.iter().map(|broken| broken.rule.clone()).collect();
    facts.push(format!("{what} from this side with {}", codes::name(code)));
    facts.push(http2::progress(ended.after));
    let host = &case.connection.asked.host;
    Some(Proof {
        side: Some(Side::Server),
        cause: match &broken {
            Some(broken) => format!(
                "the server {}, which HTTP/2 forbids; the call was ended here",
                broken.did
            ),
            None => "the server broke the rules of HTTP/2, and the call was ended here".to_owned(),
        },
        evidence: facts,
        hint: format!(
            "server-side problem: ask the operator of {host} which server or proxy, in which version, speaks HTTP/2 there; a proxy from HTTP/1.1, or a hand-written answer of a gateway, is a common source"
        ),
    })
}

/// The rule that was broken: where one stream was reset, on that stream.
fn breach<'a>(case: &'a Case<'_>, is_of_stream: bool) -> Option<&'a Breach> {
    let breach = case.connection.handshake.as_ref()?.http2.breach.as_ref()?;
    let stream = case.call.last_answer()?.stream_id;
    let fits = !is_of_stream || stream == Some(breach.stream);
    fits.then_some(breach)
}
