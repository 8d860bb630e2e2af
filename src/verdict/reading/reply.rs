//! The answer that ended the run, and whether it says no to the caller.

use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::evidence::Evidence;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::details;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;
use crate::verdict::reading::Words;
use crate::verdict::reading::caller;
use crate::verdict::reading::token::Token;
use crate::verdict::reading::words::Subjects;

/// An answer that carries a status, whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    pub answer: &'a Answer,
    pub status: &'a Status,
    pub answered_by: AnsweredBy,
}

/// How the caller was told no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Who are you? UNAUTHENTICATED, HTTP 401, or words that say as much under another status.
    Unauthenticated,
    /// Not you. PERMISSION_DENIED, HTTP 403.
    Forbidden,
}

impl<'a> Reply<'a> {
    /// The answer that ended the run, if it carries a status.
    pub fn of(evidence: &'a Evidence) -> Option<Self> {
        let answer = evidence.call.last_answer()?;
        match &answer.outcome {
            Ended::Status {
                status,
                answered_by,
            } => Some(Self {
                answer,
                status,
                answered_by: *answered_by,
            }),
            Ended::NoStatus(_) | Ended::Stopped => None,
        }
    }

    /// The same, if the gRPC server said it and it is not OK.
    pub fn from_server(evidence: &'a Evidence) -> Option<Self> {
        Self::of(evidence).filter(|reply| {
            reply.answered_by == AnsweredBy::Server && reply.status.code != StatusCode::OK
        })
    }

    /// The same, if it is an HTTP answer that is not gRPC; with its HTTP status.
    pub fn over_http(evidence: &'a Evidence) -> Option<(Self, u16)> {
        let reply = Self::of(evidence)?;
        match (reply.answered_by, reply.answer.http_status) {
            (AnsweredBy::Proxy, Some(status)) => Some((reply, status)),
            _ => None,
        }
    }

    /// The values of a header or trailer, in wire order.
    pub fn values(&self, name: &str) -> Vec<String> {
        [&self.answer.headers, &self.answer.trailers]
            .into_iter()
            .flat_map(|block| block.get_all(name))
            .map(|value| String::from_utf8_lossy(value.as_bytes()).into_owned())
            .collect()
    }

    /// The header or trailer, its values joined, for a line of evidence; `None` if it is not there.
    pub fn header_line(&self, name: &str) -> Option<String> {
        let values = self.values(name);
        (!values.is_empty()).then(|| format!("{name}: {}", values.join(", ")))
    }

    /// The media type of an HTTP answer, without its parameters, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let value = self.answer.headers.get(CONTENT_TYPE)?;
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(';')
            .next()
            .map(|text| text.trim().to_lowercase())
    }

    /// The beginning of an HTTP answer's body as text; empty if there is none.
    pub fn body(&self) -> String {
        self.answer
            .body_excerpt
            .as_ref()
            .map(|body| String::from_utf8_lossy(body).into_owned())
            .unwrap_or_default()
    }

    /// The details of one type of `google.rpc`, as JSON.
    pub fn details(&self, name: &str) -> Vec<Value> {
        let wanted = format!("google.rpc.{name}");
        details::decode(&self.status.details, None)
            .into_iter()
            .filter(|detail| {
                detail["@type"]
                    .as_str()
                    .is_some_and(|kind| kind.ends_with(&wanted))
            })
            .collect()
    }

    /// What ErrorInfo's metadata names under a key that speaks of `what`.
    pub fn named(&self, what: &str) -> Option<String> {
        self.details("ErrorInfo").iter().find_map(|info| {
            let (_, value) = info["metadata"]
                .as_object()?
                .iter()
                .find(|(key, _)| key.contains(what))?;
            value.as_str().map(str::to_owned)
        })
    }

    /// What the peer says, quoted for a line of evidence; `None` if it says nothing.
    pub fn quoted(&self) -> Option<String> {
        let said = match self.answered_by {
            AnsweredBy::Server => self.status.message.as_str(),
            // Our own words about an answer are not the peer's.
            AnsweredBy::Proxy | AnsweredBy::Local => "",
        };
        (!said.is_empty()).then(|| format!("the server says \"{said}\""))
    }
}

/// Whether the run ended with a no to the caller: status 16 or 7, HTTP 401 or 403, or a status that
/// says nothing of the kind beside words that clearly do (some servers answer INVALID_ARGUMENT or
/// numbers of their own).
pub fn denial(evidence: &Evidence) -> Option<(Reply<'_>, Denial)> {
    if let Some((reply, status)) = Reply::over_http(evidence) {
        return match status {
            401 => Some((reply, Denial::Unauthenticated)),
            403 => Some((reply, Denial::Forbidden)),
            _ => None,
        };
    }
    let reply = Reply::from_server(evidence)?;
    let denial = match reply.status.code {
        StatusCode::UNAUTHENTICATED => Denial::Unauthenticated,
        StatusCode::PERMISSION_DENIED => Denial::Forbidden,
        code if claims_and_words_agree(evidence, &reply, code) => Denial::Unauthenticated,
        _ => {
            let subjects = Subjects::trusted_under(reply.status.code)?;
            // A server that names fields speaks of the request.
            if !reply.details("BadRequest").is_empty() {
                return None;
            }
            let words = Words::of(&reply);
            // What was not sent is not to blame: the words are about something in the request.
            let blamed = !caller::is_anonymous(evidence) || subjects == Subjects::Likely;
            let says_no = words.miss_a_credential(subjects)
                || (blamed && words.blame_a_credential(subjects))
                || refuses_a_login(evidence, &words);
            if !says_no {
                return None;
            }
            Denial::Unauthenticated
        }
    };
    Some((reply, denial))
}

/// Under a status that says nothing of the kind, the server speaks of a time and the token sent has
/// that very flaw: exceptions of a token library arrive so from many servers.
fn claims_and_words_agree(evidence: &Evidence, reply: &Reply<'_>, code: StatusCode) -> bool {
    let says_nothing = matches!(
        code,
        StatusCode::UNKNOWN | StatusCode::INVALID_ARGUMENT | StatusCode::INTERNAL
    ) || !code.is_defined();
    let Some(token) = Token::sent(evidence).filter(|_| says_nothing) else {
        return false;
    };
    let words = Words::of(reply);
    let expired = token.expiry(evidence).is_some();
    let early = token
        .decoded
        .not_before()
        .is_some_and(|from| from > evidence.clock);
    (expired && words.say_expired()) || (early && words.say_not_yet_valid())
}

/// Whether the refusal is of a name and password, or a token, that the request itself carried: then
/// it is not for want of a credential beside it.
pub fn refuses_a_login(evidence: &Evidence, words: &Words) -> bool {
    if evidence.call.in_reflection() || !caller::is_anonymous(evidence) {
        return false;
    }
    let method = evidence.asked.method.as_deref().unwrap_or_default();
    let name = method.rsplit('/').next().unwrap_or_default().to_lowercase();
    let is_a_login = ["login", "logon", "signin", "authenticate", "token"]
        .iter()
        .any(|word| name.contains(word));
    words.refuse_a_login()
        || (is_a_login
            && words.blame_a_credential(Subjects::Any)
            && !words.miss_a_credential(Subjects::Any))
}
