//! What is judged: a run's evidence and what is read off it. Each reading is made when a row first asks for it, and then
//! kept, so that one judgement derives nothing twice.

mod connection;
mod denial;

use std::cell::OnceCell;
use std::ops::Deref;

use http::header::HeaderName;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::evidence::Evidence;
use crate::metadata;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;
use crate::verdict::reading::answerer::Answerer;
use crate::verdict::reading::describing;
use crate::verdict::reading::token::Expiry;
use crate::verdict::reading::token::Token;

pub(crate) use connection::ConnectionCase;

/// A run's case.
#[derive(Debug)]
pub struct Case<'a> {
    evidence: &'a Evidence,
    /// The local clock when the last request went out.
    pub clock: OffsetDateTime,
    /// The part that concerns the connection alone.
    pub connection: ConnectionCase<'a>,
    sent: OnceCell<Vec<&'a CallCredential>>,
    answerer: OnceCell<Option<Answerer>>,
    words: OnceCell<Words>,
    about: OnceCell<Option<About>>,
    token: OnceCell<Option<Token<'a>>>,
    denial: OnceCell<Option<(Reply<'a>, Denial)>>,
}

impl Deref for Case<'_> {
    type Target = Evidence;

    fn deref(&self) -> &Evidence {
        self.evidence
    }
}

impl<'a> Case<'a> {
    pub fn new(evidence: &'a Evidence) -> Self {
        Self {
            evidence,
            clock: evidence.called_at(),
            connection: ConnectionCase::new(&evidence.connection, evidence.call.last_answer()),
            sent: OnceCell::new(),
            answerer: OnceCell::new(),
            words: OnceCell::new(),
            about: OnceCell::new(),
            token: OnceCell::new(),
            denial: OnceCell::new(),
        }
    }

    /// The answer that ended the run, if it carries a status.
    pub fn reply(&self) -> Option<Reply<'a>> {
        Reply::of(self.evidence.call.last_answer()?)
    }

    /// The same, if the gRPC server said it and it is not OK.
    pub fn reply_of_server(&self) -> Option<Reply<'a>> {
        self.reply().filter(Reply::is_refusal_of_server)
    }

    /// The same, if it is an HTTP answer that is not gRPC; with its HTTP status.
    pub fn reply_over_http(&self) -> Option<(Reply<'a>, u16)> {
        let reply = self.reply()?;
        Some((reply, reply.status_over_http()?))
    }

    /// The path whose answer ended the run, as `package.Service/Method`: reflection's, or the method's.
    pub(crate) fn called(&self) -> &'a str {
        let reflection = describing::path(self.evidence).map(|path| path.trim_start_matches('/'));
        reflection
            .or(self.evidence.asked.method.as_deref())
            .unwrap_or("the method")
    }

    /// Who gave the answer that ended the run, if it carries a status.
    pub(crate) fn answerer(&self) -> Option<&Answerer> {
        self.answerer
            .get_or_init(|| Answerer::of(self.evidence.call.last_answer()?))
            .as_ref()
    }

    /// The words of that answer; none where there is none.
    pub fn words(&self) -> &Words {
        self.words
            .get_or_init(|| self.reply().as_ref().map(Words::of).unwrap_or_default())
    }

    /// What that answer's words are about, read with what was sent.
    pub(crate) fn about(&self) -> Option<About> {
        *self.about.get_or_init(|| {
            let about = About::read(&self.reply()?, self.words())?;
            let is_bearer = |sent: &&CallCredential| {
                let scheme = sent.scheme.as_deref();
                scheme.is_some_and(|scheme| scheme.eq_ignore_ascii_case("bearer"))
            };
            // "Format is Authorization: Bearer [token]", to one who sent something else.
            match about {
                About::Malformed
                    if (self.words().has_phrase("authorization bearer")
                        || self.words().has_phrase("authorization header"))
                        && !self.sent().is_empty()
                        && !self.sent().iter().any(is_bearer) =>
                {
                    Some(About::Scheme)
                }
                about => Some(about),
            }
        })
    }

    /// Whether the words name a reason that this one can neither stand in front of nor beside: a credential that the
    /// server has read and judged is not refused for its times.
    pub(crate) fn has_another_reason(&self, than: About) -> bool {
        let beside = [About::Audience, About::Issuer, About::Scope, About::Revoked];
        self.about()
            .is_some_and(|about| about.is_specific() && about != than && !beside.contains(&about))
    }

    /// The call credentials that went with the request which ended the run: not those that were withheld,
    /// nor, if reflection was refused, those that were kept from it.
    pub fn sent(&self) -> &[&'a CallCredential] {
        self.sent.get_or_init(|| {
            let sent = &self.evidence.call.sent;
            let credentials = self.evidence.caller.credentials.iter();
            credentials
                .filter(|credential| sent.iter().any(|(key, _)| key == credential.key.as_str()))
                .collect()
        })
    }

    /// Keys of plain metadata that may carry a credential all the same, by their names.
    pub fn other_secrets(&self) -> Vec<&'a str> {
        let sent = self.evidence.call.sent.iter();
        let is_credential = |key: &str| {
            let mut credentials = self.evidence.caller.credentials.iter();
            credentials.any(|credential| credential.key.as_str() == key)
        };
        sent.map(|(key, _)| key.as_str())
            .filter(|key| !is_credential(key))
            .filter(|key| {
                HeaderName::from_bytes(key.as_bytes()).is_ok_and(|key| metadata::is_secret(&key))
            })
            .collect()
    }

    /// Whether the request said nothing of who is calling, TLS apart.
    pub fn is_anonymous(&self) -> bool {
        self.sent().is_empty() && self.other_secrets().is_empty()
    }

    /// The first credential sent that is a JWT.
    pub fn token(&self) -> Option<&Token<'a>> {
        self.token
            .get_or_init(|| Token::among(self.sent()))
            .as_ref()
    }

    /// Whether what ends at `ends` had ended when the call began, or did before it was over.
    pub fn expiry(&self, ends: OffsetDateTime) -> Option<Expiry> {
        let last = self
            .call
            .last_answer()
            .filter(|_| self.call.began.is_some());
        let took = last.map_or(self.call.timings.total, |answer| answer.duration);
        Expiry::of(ends, self.clock, took)
    }
}

#[cfg(test)]
mod tests {
    use std::time::Duration;

    use super::*;
    use crate::evidence::answers;
    use crate::evidence::handshakes::attempt;

    #[test]
    fn a_token_is_judged_at_the_time_of_the_last_request() {
        let mut evidence = Evidence::of_nothing(OffsetDateTime::UNIX_EPOCH);
        let at = |seconds| OffsetDateTime::UNIX_EPOCH + time::Duration::seconds(seconds);
        let mut answer = answers::status(16, "");
        answer.duration = Duration::from_secs(5);
        evidence.call.attempts = vec![attempt(answer)];
        evidence.call.timings.total = Duration::from_secs(100);
        for (began, ends, expected) in [
            (None, 50, Some(Expiry::During(time::Duration::seconds(50)))),
            (
                Some(at(60)),
                50,
                Some(Expiry::Before(time::Duration::seconds(10))),
            ),
            (
                Some(at(60)),
                64,
                Some(Expiry::During(time::Duration::seconds(4))),
            ),
            (Some(at(60)), 66, None),
        ] {
            evidence.call.began = began;
            let case = Case::new(&evidence);
            assert_eq!(case.clock, began.unwrap_or(evidence.clock));
            assert_eq!(case.expiry(at(ends)), expected, "{began:?} {ends}");
        }
    }
}
