//! `http2`: the channel stands, and HTTP/2 over it does not, or broke off.

mod connection_lost;
mod goaway;
mod keepalive_timeout;
mod not_http2;
mod protocol_error;
mod reset;
mod too_many_pings;

use crate::invoke::Ended;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::opening::Opening;

pub(super) const ROWS: &[&Diagnosis] = &[
    &not_http2::ROW,
    &too_many_pings::ROW,
    &goaway::ROW,
    &reset::ROW,
    &protocol_error::ROW,
    &keepalive_timeout::ROW,
    &connection_lost::ROW,
];

/// What came in place of a status, if the server had spoken HTTP/2 before.
fn interruption<'a>(case: &'a Case<'_>) -> Option<&'a NoStatus> {
    let http2 = &case.connection.handshake.as_ref()?.http2;
    let spoken = http2.settings.is_some() || Opening::of(&http2.opening) == Opening::Http2;
    no_status(case).filter(|_| spoken)
}

fn no_status<'a>(case: &'a Case<'_>) -> Option<&'a NoStatus> {
    match &case.call.last_answer()?.outcome {
        Ended::NoStatus(no_status) => Some(no_status),
        _ => None,
    }
}

/// An error code by its name in RFC 9113 §7, with its number.
fn code_name(code: u32) -> String {
    let reason = h2::Reason::from(code);
    match code {
        0..=13 => format!("{reason:?} ({code})"),
        _ => format!("{code:#x}, which RFC 9113 does not know"),
    }
}

/// How far the call had come.
fn progress(after: Progress) -> String {
    match after {
        Progress::BeforeRequest => "it ended before the request was sent".to_owned(),
        Progress::BeforeHeaders => {
            "it ended after the request was sent, before any answer".to_owned()
        }
        Progress::AfterHeaders => "it ended after the response headers".to_owned(),
        Progress::AfterMessages(count) => format!("it ended after {count} response messages"),
        Progress::InsideMessage { received, expected } => {
            format!("it ended inside a message, after {received} of {expected} bytes")
        }
    }
}

#[cfg(test)]
mod tests;
