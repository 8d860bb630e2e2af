//! What a cell's answer comes to: pass, fail, inconclusive or skipped, and why.
//!
//! An answer alone settles little: a business status counts by what an unauthenticated call gets, a denial by whether the
//! identity's credential, and the target, showed a sign of life ([`crate::suite::life`]).

use std::time::Duration;

use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::suite::expand::Cell;
use crate::verdict::Expectation;
use crate::verdict::class;
use crate::verdict::class::Class;
use crate::verdict::expectation::Expected;

/// The verdict on a cell, or on a line of TLS.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Verdict {
    Pass,
    Fail,
    /// Tried and not settled.
    Inconclusive,
    /// Kept back, waived, or not come to.
    Skipped,
}

/// How a call ended.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Ended {
    Status(StatusCode, AnsweredBy),
    /// A stream's first message came; it was cancelled then.
    Message,
    /// The handshake was refused for want of a client certificate, or of another one: a proven diagnosis.
    TlsRefused(&'static str),
    /// No status was obtained; why, as a sentence.
    NoStatus(String),
}

impl Ended {
    pub(crate) fn status(&self) -> Option<(StatusCode, AnsweredBy)> {
        match self {
            Self::Status(code, by) => Some((*code, *by)),
            _ => None,
        }
    }
}

/// What the same request without a credential came to.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum Control {
    /// It was not made.
    None,
    Ended(Ended),
}

/// An answer, judged.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) struct Judged {
    pub verdict: Verdict,
    /// `Business` is never left: it is allowed, or says nothing.
    pub outcome: Class,
    pub reason: Option<String>,
}

/// Whether the control call has to be made before a cell can be judged.
pub(crate) fn needs_control(cell: &Cell, ended: &Ended) -> bool {
    class_of(ended, &cell.denied_also) == Class::Business
        && !cell.is_public
        && !is_named(&cell.expected, ended)
}

/// Judges an answer; a business status by its control.
pub(crate) fn judge(cell: &Cell, ended: &Ended, control: &Control) -> Judged {
    let (outcome, doubt) = settle(cell, ended, control);
    let as_expected = is_named(&cell.expected, ended)
        || (outcome == Class::Allowed && cell.expected.names(Expected::Allowed))
        || (outcome == Class::Denied && cell.expected.names(Expected::Denied));
    let verdict = match outcome {
        _ if as_expected => Verdict::Pass,
        Class::Inconclusive | Class::Business if is_missing(cell, ended) => Verdict::Skipped,
        Class::Inconclusive | Class::Business => Verdict::Inconclusive,
        Class::Allowed | Class::Denied => Verdict::Fail,
    };
    let reason = match verdict {
        Verdict::Pass | Verdict::Fail => None,
        Verdict::Skipped => {
            Some("the schema has the method and the server does not implement it".to_owned())
        }
        Verdict::Inconclusive => Some(doubt),
    };
    Judged {
        verdict,
        outcome,
        reason,
    }
}

/// The class, and what to say where it is inconclusive.
fn settle(cell: &Cell, ended: &Ended, control: &Control) -> (Class, String) {
    let class = class_of(ended, &cell.denied_also);
    match class {
        Class::Business if cell.is_public => (Class::Allowed, String::new()),
        Class::Business => {
            let code = ended
                .status()
                .map_or_else(String::new, |(code, _)| code.name());
            match control {
                Control::Ended(other) if class_of(other, &cell.denied_also) == Class::Denied => {
                    (Class::Allowed, String::new())
                }
                Control::Ended(other) if other == ended => {
                    let doubt = format!(
                        "a call without a credential gets {code} too, so it does not show who may call: name a request that exists"
                    );
                    (Class::Inconclusive, doubt)
                }
                Control::Ended(other) => {
                    let doubt = format!(
                        "{code} counts as allowed where a call without a credential is denied; that one {}",
                        words(other)
                    );
                    (Class::Inconclusive, doubt)
                }
                Control::None => {
                    let doubt =
                        format!("{code} says nothing about who may call without a control call");
                    (Class::Inconclusive, doubt)
                }
            }
        }
        class => (class, format!("the call {}", words(ended))),
    }
}

/// Nobody wrote the cell, and the server lacks the method.
fn is_missing(cell: &Cell, ended: &Ended) -> bool {
    cell.row.is_none() && *ended == Ended::Status(StatusCode::UNIMPLEMENTED, AnsweredBy::Server)
}

pub(crate) fn class_of(ended: &Ended, denied_also: &[StatusCode]) -> Class {
    match ended {
        Ended::Status(code, by) => class::of(*code, *by, denied_also),
        Ended::Message => Class::Allowed,
        Ended::TlsRefused(_) => Class::Denied,
        Ended::NoStatus(_) => Class::Inconclusive,
    }
}

/// Whether the status itself is among what is expected. One that was made here is met by nobody, but for the deadline.
fn is_named(expected: &Expectation, ended: &Ended) -> bool {
    match ended {
        Ended::Status(code, by) => {
            let is_said = *by != AnsweredBy::Local || *code == StatusCode::DEADLINE_EXCEEDED;
            is_said && expected.names(Expected::Status(*code))
        }
        Ended::Message => expected.names(Expected::Status(StatusCode::OK)),
        Ended::TlsRefused(_) | Ended::NoStatus(_) => false,
    }
}

/// `got UNAVAILABLE`, and who made the status where it was not the server.
pub(crate) fn words(ended: &Ended) -> String {
    match ended {
        Ended::Status(code, AnsweredBy::Server) => format!("got {code}"),
        Ended::Status(code, AnsweredBy::Proxy) => format!("got {code} from a proxy"),
        Ended::Status(code, AnsweredBy::Local) => format!("ended with {code}, determined locally"),
        Ended::Message => "got a message".to_owned(),
        Ended::TlsRefused(id) => format!("was refused in the TLS handshake ({id})"),
        Ended::NoStatus(why) => format!("got no status: {why}"),
    }
}

/// What was found in an answer beside its status.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub(crate) struct Findings {
    /// The numbers of the markers that it contains.
    pub leaked: Vec<usize>,
    /// Each assertion that does not hold, in words.
    pub unmet: Vec<String>,
    /// The time that settled it, where it is more than is allowed.
    pub too_slow: Option<(Duration, Duration)>,
}

/// Turns a verdict into a failure where something was found.
pub(crate) fn with_findings(judged: Judged, findings: &Findings) -> Judged {
    let mut reasons = Vec::new();
    if !findings.leaked.is_empty() {
        reasons.push("leak: the answer contains what must not be in it".to_owned());
    }
    let settles = judged.verdict == Verdict::Pass;
    if settles {
        reasons.extend(findings.unmet.iter().cloned());
        if let Some((took, allowed)) = findings.too_slow {
            reasons.push(format!(
                "too slow: {} ms, at most {} ms allowed",
                took.as_millis(),
                allowed.as_millis()
            ));
        }
    }
    match reasons.is_empty() {
        true => judged,
        false => Judged {
            verdict: Verdict::Fail,
            reason: Some(reasons.join("; ")),
            ..judged
        },
    }
}

#[cfg(test)]
mod tests;
