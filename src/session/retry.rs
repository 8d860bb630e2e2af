//! When a refused call may be made once more (credentials.md, rule 3): a retry must not hide a refusal, nor
//! do twice what was done.

use http::header::TRAILER;

use crate::identity::caller::RetryAuth;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// Whether a credential was refused: UNAUTHENTICATED from the server, or a gateway's HTTP 401.
/// PERMISSION_DENIED is none: another token says the same of the same caller.
pub(crate) fn is_of_credential(answer: &Answer) -> bool {
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
/// no handler had begun to answer, as far as the server can say so. `Always` follows headers too, and never a message.
pub(crate) fn may_follow(answer: &Answer, retry: RetryAuth) -> bool {
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
            RetryAuth::Auto => {
                answer.trailers_only || of_gateway || cannot_be_trailers_only(answer)
            }
            RetryAuth::Always => true,
        }
}

/// Whether the server has no other form for a refusal: grpc-go behind `http.Handler`, as etcd runs it, sends
/// its headers whatever comes, and announces in them that the status follows.
fn cannot_be_trailers_only(answer: &Answer) -> bool {
    let announced = answer.headers.get_all(TRAILER).iter();
    announced
        .filter_map(|names| names.to_str().ok())
        .flat_map(|names| names.split(','))
        .any(|name| name.trim().eq_ignore_ascii_case("grpc-status"))
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
        let announced = |answer| {
            let names = [("trailer", "Grpc-Message"), ("trailer", "Grpc-Status")];
            headers_first(answers::with_headers(answer, &names))
        };
        let in_one_line = |answer| {
            let names = [("trailer", "x-end, Grpc-Status")];
            headers_first(answers::with_headers(answer, &names))
        };
        let others = |answer| headers_first(answers::with_headers(answer, &[("trailer", "x-end")]));
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
            (announced(answers::status(16, "no")), true, true),
            (in_one_line(answers::status(16, "no")), true, true),
            (others(answers::status(16, "no")), false, true),
            (announced(answers::status(7, "no")), false, false),
            (
                after_a_message(announced(answers::status(16, "no"))),
                false,
                false,
            ),
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
