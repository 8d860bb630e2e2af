//! Whether a limit of our own was over before the peer had said what it had to say.

use std::time::Duration;

use crate::connect::Failure;
use crate::connect::Phase;
use crate::evidence::ConnectionEvidence;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::verdict::case::ConnectionCase;
use crate::verdict::reading::opening::Opening;

/// How long a peer must have been silent before that says something of it: ten times as long as it took to
/// connect, within these bounds; so long, if it did not, is a lost packet not sent again (RFC 6298 §2.1).
const PATIENCE: Duration = Duration::from_secs(1);
const LEAST_PATIENCE: Duration = Duration::from_millis(100);
const ROUND_TRIPS: u32 = 10;

/// Whether a limit of our own passed before the peer's silence proved anything.
pub(crate) fn was_short(connection: &ConnectionCase<'_>) -> bool {
    let Some(handshake) = &connection.handshake else {
        return false;
    };
    let Some(Failure::Deadline { after, .. }) = &handshake.failure else {
        return false;
    };
    let timings = &handshake.timings;
    let before = [timings.resolve, timings.connect, timings.proxy];
    let before: Duration = before.into_iter().flatten().sum();
    let patience = timings.connect.map_or(PATIENCE, |trip| {
        (trip * ROUND_TRIPS).clamp(LEAST_PATIENCE, PATIENCE)
    });
    let is_explained = connection.instead().is_some() || connection.client_refusal().is_some();
    after.saturating_sub(before) < patience && !is_explained
}

/// After how long a handshake that makes no call was given up, for want of a word of HTTP/2.
pub(crate) fn never_spoke(connection: &ConnectionEvidence) -> Option<Duration> {
    let handshake = connection.handshake.as_ref()?;
    match handshake.failure {
        Some(Failure::Deadline {
            phase: Phase::Http2,
            after,
        }) if Opening::may_become_http2(&handshake.http2.opening) => Some(after),
        _ => None,
    }
}

/// Whether a call was ended here because its time was over.
pub(crate) fn ended(answer: &Answer) -> bool {
    match &answer.outcome {
        Ended::NoStatus(none) => none.cause == Interruption::Deadline,
        Ended::Status {
            status,
            answered_by: AnsweredBy::Local,
        } => status.code == StatusCode::DEADLINE_EXCEEDED,
        _ => false,
    }
}

/// Whether a deadline of ours passed over this connection, of a call or of a handshake.
pub(crate) fn has_passed(connection: &ConnectionCase<'_>) -> bool {
    never_spoke(connection).is_some() || connection.answer().is_some_and(ended)
}
