//! When a refused call may be made once more (credentials.md, rule 3): a retry must not hide a refusal, nor
//! do twice what was done.

use crate::cli::credentials::RetryAuth;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// Whether a credential was refused: UNAUTHENTICATED from the server, or a gateway's HTTP 401.
/// PERMISSION_DENIED is none: another token says the same of the same caller.
pub fn is_of_credential(answer: &Answer) -> bool {
    match &answer.outcome {
        Ended::Status {
            status,
            answered_by: AnsweredBy::Server,
        } => status.code == StatusCode::UNAUTHENTICATED,
        Ended::Status {
            answered_by: AnsweredBy::Proxy,
            ..
        } => answer.http_status == Some(401),
        _ => false,
    }
}

/// Whether another call may follow this answer, if there is another credential: nothing was shown yet, and
/// no handler had begun to answer. `Always` follows headers too, and never a message.
pub fn may_follow(answer: &Answer, retry: RetryAuth) -> bool {
    let of_gateway = matches!(
        answer.outcome,
        Ended::Status {
            answered_by: AnsweredBy::Proxy,
            ..
        }
    );
    is_of_credential(answer)
        && answer.messages == 0
        && match retry {
            RetryAuth::Never => false,
            RetryAuth::Auto => answer.trailers_only || of_gateway,
            RetryAuth::Always => true,
        }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::evidence::answers;

    #[test]
    fn what_may_be_followed() {
        let headers_first = |mut answer: Answer| {
            answer.trailers_only = false;
            answer
        };
        let after_a_message = |mut answer: Answer| {
            answer.messages = 1;
            answer
        };
        for (answer, auto, always) in [
            (answers::status(16, "no"), true, true),
            (answers::status(7, "no"), false, false),
            (answers::status(0, ""), false, false),
            (answers::http(401, &[], ""), true, true),
            (answers::http(403, &[], ""), false, false),
            (headers_first(answers::status(16, "no")), false, true),
            (after_a_message(answers::status(16, "no")), false, false),
            (
                after_a_message(headers_first(answers::status(16, "no"))),
                false,
                false,
            ),
        ] {
            assert_eq!(may_follow(&answer, RetryAuth::Auto), auto, "{answer:?}");
            assert_eq!(may_follow(&answer, RetryAuth::Always), always, "{answer:?}");
            assert!(!may_follow(&answer, RetryAuth::Never));
        }
    }
}
