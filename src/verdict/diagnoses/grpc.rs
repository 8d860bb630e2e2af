//! `grpc`: the call got through, and the answer is the finding: a status about something else than who
//! is calling, or one that breaks the protocol.

mod bad_status;
mod cardinality;
mod compression;
mod deviation;
mod message_too_large;
mod status;
mod status_conflict;
mod undecodable;
mod unimplemented_method;
mod unimplemented_service;
mod unknown_health_service;

use crate::invoke::Answer;
use crate::invoke::WireFault;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &status_conflict::ROW,
    &bad_status::ROW,
    &compression::ROW,
    &message_too_large::ROW,
    &undecodable::ROW,
    &cardinality::ROW,
    &unimplemented_service::ROW,
    &unimplemented_method::ROW,
    &unknown_health_service::ROW,
    &status::ROW,
    &deviation::ROW,
];

/// The answer to the call, not one met in reflection.
fn to_the_call<'a>(case: &'a Case<'_>) -> Option<&'a Answer> {
    case.call.attempts.last().map(|attempt| &attempt.answer)
}

/// The first of an answer's faults that `pick` takes.
fn fault<T>(case: &Case<'_>, pick: impl Fn(&WireFault) -> Option<T>) -> Option<T> {
    to_the_call(case)?.faults.iter().find_map(pick)
}

/// The method that was called.
fn method<'a>(case: &'a Case<'_>) -> &'a str {
    case.asked.method.as_deref().unwrap_or("the method")
}

/// What to do where a proxy has no route for a call.
fn no_route(authority: &str, method: &str) -> String {
    format!(
        "send the :authority that the proxy routes (--authority HOST; {authority} was sent), or ask its operator to route /{method} for {authority} to the gRPC server"
    )
}

#[cfg(test)]
mod tests;
