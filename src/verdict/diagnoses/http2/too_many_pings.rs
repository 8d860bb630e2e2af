//! `http2.too-many-pings`.

use crate::status::StatusCode;
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
    id: "http2.too-many-pings",
    layer: Layer::Http2,
    certainty: Certainty::Proven,
    page: include_str!("too_many_pings.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let interval = case.connection.asked.keepalive?;
    let goaway = case.connection.handshake.as_ref()?.http2.goaway.as_ref()?;
    if goaway.code != codes::ENHANCE_YOUR_CALM || goaway.debug.for_judging() != "too_many_pings" {
        return None;
    }
    // grpc-go closes the connection; gRPC's C core ends the call with a status before that.
    let unavailable = case
        .reply_of_server()
        .filter(|reply| reply.status.code == StatusCode::UNAVAILABLE);
    let ended = http2::interruption(case);
    let how = match (ended, unavailable) {
        (Some(ended), _) => http2::progress(ended.after),
        (None, Some(reply)) => reply.quoted()?,
        (None, None) => return None,
    };
    let seconds = interval.as_secs_f64();
    Some(Proof {
        side: Some(Side::Client),
        cause: format!(
            "the server ended the connection: a PING after each {seconds} s of silence is more than it allows"
        ),
        evidence: vec![
            format!(
                "GOAWAY with {}, debug data \"{}\"",
                codes::name(goaway.code),
                goaway.debug
            ),
            how,
            format!("--keepalive-time is {seconds} s"),
        ],
        hint: "raise --keepalive-time: gRPC servers allow one PING in 5 minutes unless their operator says otherwise (Go: keepalive.EnforcementPolicy; C core: grpc.http2.min_ping_interval_without_data_ms)".to_owned(),
    })
}
