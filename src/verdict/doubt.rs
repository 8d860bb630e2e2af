//! Where an answer does not settle what `--expect allowed` or `--expect denied` asks: the same as in a suite.

use crate::evidence::Evidence;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::jwt::Decoded;
use crate::status::AnsweredBy;
use crate::status::StatusCode;
use crate::verdict::Expectation;
use crate::verdict::Outcome;
use crate::verdict::class;
use crate::verdict::class::Class;
use crate::verdict::expectation::Expected;
use crate::verdict::outcome::EndedAs;

/// What an expectation comes to.
pub(super) struct Weighed {
    pub outcome: Outcome,
    pub met: Option<bool>,
    /// Why it is not settled. A sentence.
    pub doubt: Option<String>,
}

/// Whether a call without a credential has to be made before this answer can be judged.
pub(crate) fn needs_control(expectation: &Expectation, ended: &EndedAs) -> bool {
    let is_asked =
        |code| expectation.names(Expected::Allowed) && !expectation.names(Expected::Status(code));
    ended
        .status
        .is_some_and(|(code, by)| class::of(code, by, &[]) == Class::Business && is_asked(code))
}

/// Weighs what was expected.
pub(super) fn weigh(expectation: &Expectation, evidence: &Evidence, ended: &EndedAs) -> Weighed {
    let weighed = Weighed {
        outcome: ended.outcome,
        met: expectation.met_by(ended),
        doubt: None,
    };
    let Some((code, _)) = ended.status else {
        return weighed;
    };
    if needs_control(expectation, ended) {
        return of_business(code, evidence, weighed);
    }
    let by_word = expectation.names(Expected::Denied) && !expectation.names(Expected::Status(code));
    let doubt = (ended.outcome == Outcome::Denied && by_word)
        .then(|| unusable(evidence))
        .flatten();
    Weighed { doubt, ..weighed }
}

/// A business status is `allowed` where the same request without a credential is denied.
fn of_business(code: StatusCode, evidence: &Evidence, weighed: Weighed) -> Weighed {
    let control = evidence.call.control.as_ref().and_then(status);
    let doubt = match control {
        Some((other, by)) if class::of(other, by, &[]) == Class::Denied => {
            return Weighed {
                outcome: Outcome::Allowed,
                met: Some(true),
                doubt: None,
            };
        }
        Some((other, _)) if other == code => format!(
            "{code} does not show who may call: without a credential the same request gets it, too; name a request that exists"
        ),
        Some((other, _)) => format!(
            "{code} counts as allowed where the same request without a credential is denied, and that got {other}"
        ),
        None => format!(
            "{code} counts as allowed where the same request without a credential is denied, and that was not shown"
        ),
    };
    Weighed {
        doubt: Some(doubt),
        ..weighed
    }
}

fn status(answer: &Answer) -> Option<(StatusCode, AnsweredBy)> {
    match &answer.outcome {
        Ended::Status {
            status,
            answered_by,
        } => Some((status.code, *answered_by)),
        _ => None,
    }
}

/// A token that is outside of its own time is denied everywhere: that says nothing about who may call.
fn unusable(evidence: &Evidence) -> Option<String> {
    let (sent, clock) = (evidence.caller.credentials.iter(), evidence.called_at());
    sent.filter_map(|credential| Decoded::read(credential.secret.expose()).ok())
        .find_map(|token| {
            let expired = token.expires_at().is_some_and(|end| end <= clock);
            let early = token.not_before().is_some_and(|begin| begin > clock);
            let why = match (expired, early) {
                (true, _) => "expired",
                (false, true) => "not valid yet",
                (false, false) => return None,
            };
            Some(format!(
                "the token that was sent is {why} by its own claims: it is denied everywhere, which says nothing about who may call"
            ))
        })
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::answers;
    use crate::evidence::handshakes::attempt;
    use crate::exit_status::ExitStatus;
    use crate::verdict::judge;

    fn called(code: u32, control: Option<Answer>) -> Evidence {
        let mut evidence = Evidence::of_nothing(time::OffsetDateTime::UNIX_EPOCH);
        evidence.call.attempts = vec![attempt(answers::status(code, ""))];
        evidence.call.control = control;
        evidence
    }

    #[test]
    fn a_business_status_is_judged_by_its_control() {
        let denied = || Some(answers::status(16, ""));
        for (expect, code, control, exit, met) in [
            ("allowed", 5, denied(), ExitStatus::Success, Some(true)),
            (
                "allowed",
                5,
                Some(answers::http(401, &[], "")),
                ExitStatus::Success,
                Some(true),
            ),
            (
                "allowed",
                5,
                Some(answers::status(5, "")),
                ExitStatus::NoStatus,
                Some(false),
            ),
            (
                "allowed",
                5,
                Some(answers::status(0, "")),
                ExitStatus::NoStatus,
                Some(false),
            ),
            ("allowed", 5, None, ExitStatus::NoStatus, Some(false)),
            (
                "allowed,NOT_FOUND",
                5,
                None,
                ExitStatus::Success,
                Some(true),
            ),
            ("NOT_FOUND", 5, None, ExitStatus::Success, Some(true)),
            ("denied", 5, None, ExitStatus::NotAsExpected, Some(false)),
            ("allowed", 14, None, ExitStatus::NotAsExpected, Some(false)),
            ("allowed", 16, None, ExitStatus::NotAsExpected, Some(false)),
            ("allowed", 0, None, ExitStatus::Success, Some(true)),
        ] {
            let verdict = judge(&expect.parse().unwrap(), &called(code, control));
            assert_eq!((verdict.exit, verdict.met), (exit, met), "{expect} {code}");
            assert_eq!(
                verdict.doubt.is_some(),
                exit == ExitStatus::NoStatus,
                "{expect} {code}"
            );
        }
    }
}
