//! What a run came to: a status and who said it, or none; and the exit code that follows.

use crate::authenticate::secret_reader::Unreadable;
use crate::connect::Phase;
use crate::describe::health::ServingStatus;
use crate::evidence::Aim;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::evidence::Refusal;
use crate::exit_status::ExitStatus;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// A run's outcome in one word.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Outcome {
    /// The server answered OK.
    Allowed,
    /// The server, or a gateway, said UNAUTHENTICATED or PERMISSION_DENIED.
    Denied,
    /// A status that says nothing about who may call.
    Inconclusive,
    /// No gRPC status was obtained.
    NoStatus,
}

/// An outcome with the status behind it.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct EndedAs {
    pub outcome: Outcome,
    pub status: Option<(StatusCode, AnsweredBy)>,
    /// Why there is no status, as the exit code has it.
    without_status: ExitStatus,
    /// The health service answered, and not with SERVING.
    is_unhealthy: bool,
}

impl EndedAs {
    /// The status is OK, or what was asked for holds.
    pub fn is_success(&self) -> bool {
        match self.status {
            Some((code, _)) => code == StatusCode::OK,
            None => self.without_status == ExitStatus::Success,
        }
    }

    /// The exit code, given whether an expectation was met (`None`: there was none).
    pub fn exit_status(&self, met: Option<bool>) -> ExitStatus {
        match (self.status, met) {
            (Some(_), Some(true)) => ExitStatus::Success,
            (Some(_), Some(false)) => ExitStatus::NotAsExpected,
            (Some((StatusCode::OK, _)), None) if self.is_unhealthy => ExitStatus::NotAsExpected,
            (Some((code, _)), None) => ExitStatus::Rpc(code),
            (None, _) => self.without_status,
        }
    }
}

/// Reads the outcome off the evidence.
pub(crate) fn of(evidence: &Evidence) -> EndedAs {
    if let Some(refusal) = &evidence.refusal {
        return no_status(refused(refusal));
    }
    if let Some(attempt) = evidence.call.attempts.last() {
        return EndedAs {
            is_unhealthy: is_unhealthy(evidence),
            ..of_answer(&attempt.answer)
        };
    }
    if let Some(handshake) = &evidence.connection.handshake
        && handshake.failure.is_some()
        && !matches!(evidence.call.description, Description::Listed(_))
    {
        return no_status(ExitStatus::NoStatus);
    }
    // Without its credential nothing was called.
    if !evidence.caller.unobtained.is_empty() {
        return no_status(ExitStatus::Credential);
    }
    match &evidence.call.description {
        Description::Listed(_) => no_status(ExitStatus::Success),
        Description::Failed(_) => evidence
            .call
            .last_answer()
            .map_or(no_status(ExitStatus::NoDescriptor), of_answer),
        Description::BadRequest(_) | Description::TooManyRequests { .. } => {
            no_status(ExitStatus::Usage)
        }
        Description::NotTried if evidence.asked.aim == Aim::Handshake => of_handshake(evidence),
        Description::NotTried | Description::Found { .. } => no_status(ExitStatus::NoStatus),
    }
}

/// A handshake is OK when the peer has spoken HTTP/2, has not ended it with an error, and nothing about it was refused,
/// be it that `--insecure` went on all the same.
fn of_handshake(evidence: &Evidence) -> EndedAs {
    let holds = evidence
        .connection
        .handshake
        .as_ref()
        .is_some_and(|handshake| {
            let refused = handshake
                .tls
                .as_ref()
                .and_then(|tls| tls.judged.as_ref())
                .is_some_and(|judged| !judged.is_accepted());
            let goaway = handshake.http2.goaway.as_ref();
            let is_ended = goaway.is_some_and(|goaway| goaway.code != 0);
            handshake.reached == Phase::Done && !refused && !is_ended
        });
    no_status(if holds {
        ExitStatus::Success
    } else {
        ExitStatus::NoStatus
    })
}

/// Whether health was asked for, and the latest answer is another than SERVING.
fn is_unhealthy(evidence: &Evidence) -> bool {
    let serving = evidence.call.serving;
    evidence.asked.aim == Aim::Health && !serving.is_some_and(ServingStatus::is_serving)
}

/// A program that was to print a secret, ran and failed is no mistake of the command line's.
fn refused(refusal: &Refusal) -> ExitStatus {
    match refusal {
        Refusal::Secret {
            problem: Unreadable::Program(failed),
            ..
        } if failed.why.has_run() => ExitStatus::Credential,
        _ => ExitStatus::Usage,
    }
}

fn no_status(without_status: ExitStatus) -> EndedAs {
    EndedAs {
        outcome: Outcome::NoStatus,
        status: None,
        without_status,
        is_unhealthy: false,
    }
}

fn of_answer(answer: &Answer) -> EndedAs {
    match &answer.outcome {
        Ended::NoStatus(_) => no_status(ExitStatus::NoStatus),
        // Our own reader had enough: what was earned so far stands.
        Ended::Stopped => no_status(ExitStatus::Success),
        Ended::Status {
            status,
            answered_by,
        } => EndedAs {
            outcome: in_a_word(status.code, *answered_by),
            status: Some((status.code, *answered_by)),
            without_status: ExitStatus::NoStatus,
            is_unhealthy: false,
        },
    }
}

/// A status made here is never "denied": nobody said no.
fn in_a_word(code: StatusCode, answered_by: AnsweredBy) -> Outcome {
    match (code, answered_by) {
        (StatusCode::OK, _) => Outcome::Allowed,
        (
            StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED,
            AnsweredBy::Server | AnsweredBy::Proxy,
        ) => Outcome::Denied,
        _ => Outcome::Inconclusive,
    }
}
