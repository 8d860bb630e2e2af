//! Whether the run ended with a no to the caller.

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::reading::About;
use crate::verdict::reading::Denial;
use crate::verdict::reading::Reply;
use crate::verdict::reading::words::Subjects;

impl<'a> Case<'a> {
    /// The no that ended the run: status 16 or 7, HTTP 401 or 403, or a status that says nothing of the kind beside
    /// words that clearly do (some servers answer INVALID_ARGUMENT or numbers of their own).
    pub fn denial(&self) -> Option<(Reply<'a>, Denial)> {
        *self.denial.get_or_init(|| {
            if let Some((reply, status)) = self.reply_over_http() {
                return match status {
                    401 => Some((reply, Denial::Unauthenticated)),
                    403 => Some((reply, Denial::Forbidden)),
                    _ if self.blames_the_caller() => Some((reply, Denial::Unauthenticated)),
                    _ => None,
                };
            }
            let reply = self.reply_of_server()?;
            Some((reply, self.denial_by_status(&reply)?))
        })
    }

    fn denial_by_status(&self, reply: &Reply<'_>) -> Option<Denial> {
        match reply.status.code {
            StatusCode::UNAUTHENTICATED => Some(Denial::Unauthenticated),
            StatusCode::PERMISSION_DENIED => Some(Denial::Forbidden),
            code if self.claims_and_words_agree(code) => Some(Denial::Unauthenticated),
            // A server that names fields speaks of the request.
            _ if !reply.details("BadRequest").is_empty() => None,
            _ => (self.blames_the_caller() || self.refuses_a_login())
                .then_some(Denial::Unauthenticated),
        }
    }

    /// Whether the words under a status that says nothing of the kind are a no to the caller.
    fn blames_the_caller(&self) -> bool {
        let numbered = self
            .reply()
            .is_some_and(|reply| !reply.status.code.is_defined());
        match self.about() {
            None | Some(About::Verifier) => false,
            Some(About::Missing) => true,
            // What was not sent is not to blame: the words are about something in the request.
            Some(_) => !self.is_anonymous() || numbered,
        }
    }

    /// Under a status that says nothing of the kind, the server speaks of a time and the token sent has
    /// that very flaw: exceptions of a token library arrive so from many servers.
    fn claims_and_words_agree(&self, code: StatusCode) -> bool {
        let says_nothing = matches!(
            code,
            StatusCode::UNKNOWN | StatusCode::INVALID_ARGUMENT | StatusCode::INTERNAL
        ) || !code.is_defined();
        let Some(token) = self.token().filter(|_| says_nothing) else {
            return false;
        };
        let ends = token.decoded.expires_at();
        let expired = ends.and_then(|ends| self.expiry(ends)).is_some();
        let begins = token.decoded.not_before();
        let early = begins.is_some_and(|from| from > self.clock);
        let words = self.words();
        (expired && words.say_expired()) || (early && words.say_not_yet_valid())
    }

    /// Whether the refusal is of a name and password, or a token, that the request itself carried: then
    /// it is not for want of a credential beside it.
    pub fn refuses_a_login(&self) -> bool {
        if self.call.in_reflection() || !self.is_anonymous() {
            return false;
        }
        if self.about() == Some(About::Missing) {
            return false;
        }
        let words = self.words();
        let method = self.asked.method.as_deref().unwrap_or_default();
        let name = method.rsplit('/').next().unwrap_or_default().to_lowercase();
        let is_a_login = ["login", "logon", "signin", "authenticate", "token"]
            .iter()
            .any(|word| name.contains(word));
        words.refuse_a_login()
            || (is_a_login
                && words.reports_invalid_credential(Subjects::Any)
                && !words.reports_missing_credential(Subjects::Any))
    }
}
