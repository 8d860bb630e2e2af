//! `deadline.exceeded`.

use std::time::Duration;

use crate::connect::Phase;
use crate::invoke::Answer;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::finding::Layer;
use crate::verdict::finding::Side;
use crate::verdict::reading::deadline;
use crate::verdict::reading::moment;
use crate::verdict::reading::stages;

pub(crate) const ROW: Diagnosis = Diagnosis {
    id: "deadline.exceeded",
    layer: Layer::Grpc,
    certainty: Certainty::Proven,
    page: include_str!("exceeded.md"),
    prove: Prove::Both(of_connection, of_run),
    ..Diagnosis::BLANK
};

fn of_connection(connection: &ConnectionCase<'_>) -> Option<Proof> {
    before_a_word(connection, None, stages::of_connection(connection))
}

fn of_run(case: &Case<'_>) -> Option<Proof> {
    before_a_word(&case.connection, case.asked.max_time, stages::of_run(case))
        .or_else(|| of_call(case))
}

/// The time was over before the peer had said anything; `limit` is the run's, `spent` where it went.
fn before_a_word(
    connection: &ConnectionCase<'_>,
    limit: Option<Duration>,
    spent: String,
) -> Option<Proof> {
    if deadline::was_short(connection) {
        return Some(while_connecting(connection, limit, spent));
    }
    let after = deadline::never_spoke(connection)?;
    Some(silence(connection, after, spent))
}

fn of_call(case: &Case<'_>) -> Option<Proof> {
    let answer = case.call.last_answer()?;
    if !is_ours(case, answer) {
        return None;
    }
    let phase = phase(case, answer);
    let limit = match case.asked.max_time {
        Some(time) => format!("--max-time is {}", moment::spent(time)),
        None => "no --max-time was given; the default for a first answer is in force".to_owned(),
    };
    let mut facts = vec![limit, stages::of_run(case)];
    facts.extend(answer.first_answer_after.map(|after| {
        format!(
            "the first message or status came after {}",
            moment::spent(after)
        )
    }));
    let longer = case.asked.max_time.map_or("60s".to_owned(), |time| {
        format!("{}s", (time.as_secs_f64() * 4.0).ceil().max(1.0))
    });
    Some(Proof {
        side: None,
        cause: format!("the time was over {phase}"),
        evidence: facts,
        hint: if silent(case) {
            ask_why(&case.connection)
        } else if case.call.in_reflection() && answer.http_status.is_none() {
            format!(
                "call without reflection, which is a stream: --protoset FILE (a proxy that buffers requests, as nginx does under proxy_pass, lets no stream through); or give it more time with --max-time {longer}"
            )
        } else {
            format!(
                "give it more time with --max-time {longer}; if it never ends, ask the server's operator what {} waits for",
                case.asked.method.as_deref().unwrap_or("the call")
            )
        },
    })
}

/// The limit was over before the peer's silence could say anything of it.
fn while_connecting(
    connection: &ConnectionCase<'_>,
    limit: Option<Duration>,
    spent: String,
) -> Proof {
    let asked = &connection.asked;
    let (flag, limit) = match limit {
        Some(time) if time <= asked.connect_timeout => ("--max-time", time),
        _ => ("--connect-timeout", asked.connect_timeout),
    };
    let reached = connection
        .handshake
        .as_ref()
        .map(|handshake| handshake.reached);
    let phase = match reached {
        Some(Phase::Resolve) => "the name was looked up",
        Some(Phase::Connect) => "TCP was being set up",
        Some(Phase::Proxy) => "the proxy was asked for a tunnel",
        _ => "TLS was being set up",
    };
    Proof {
        side: Some(Side::Client),
        cause: format!("the time was over while {phase}"),
        evidence: vec![
            format!("{flag} is {}", moment::spent(limit)),
            "so short a silence says nothing of the server".to_owned(),
            spent,
        ],
        hint: format!("give it more time, with {flag} 10s"),
    }
}

fn silence(connection: &ConnectionCase<'_>, after: Duration, spent: String) -> Proof {
    Proof {
        side: None,
        cause: "the connection stands, and the server sends nothing, not even HTTP/2's SETTINGS"
            .to_owned(),
        evidence: vec![
            format!(
                "given up after {} (--connect-timeout, or --max-time if that is less)",
                moment::spent(after)
            ),
            spent,
        ],
        hint: ask_why(connection),
    }
}

fn ask_why(connection: &ConnectionCase<'_>) -> String {
    format!(
        "check that {}:{} is a gRPC port; if it is, ask its operator why it does not answer",
        connection.asked.host, connection.asked.port
    )
}

/// Whether the deadline that passed is ours.
fn is_ours(case: &Case<'_>, answer: &Answer) -> bool {
    // The server may notice first that the deadline which we sent it is over.
    let is_told = case.reply().is_some_and(|reply| {
        reply.answered_by == AnsweredBy::Server
            && reply.status.code == StatusCode::DEADLINE_EXCEEDED
    });
    let is_over =
        |time: Duration| case.call.timings.total.max(answer.duration) >= time.mul_f64(0.9);
    deadline::ended(answer) || (is_told && case.asked.max_time.is_some_and(is_over))
}

/// Whether the peer has not said a word of HTTP/2.
fn silent(case: &Case<'_>) -> bool {
    case.connection
        .handshake
        .as_ref()
        .is_some_and(|handshake| handshake.http2.settings.is_none())
}

fn phase(case: &Case<'_>, answer: &Answer) -> String {
    let what = if case.call.in_reflection() {
        "reflection"
    } else {
        "the call"
    };
    match answer.messages {
        0 if silent(case) => {
            "and the server had sent nothing, not even HTTP/2's SETTINGS".to_owned()
        }
        _ if !answer.request_sent => format!("before the request of {what} could be sent"),
        0 if answer.http_status.is_none() => {
            format!("while {what} waited for the first sign of an answer: no headers came")
        }
        0 => format!("after the headers of {what} had come, before any message"),
        1 => format!("after one message of {what}, before its status"),
        many => format!("after {many} messages of {what}, before its status"),
    }
}
