//! What the words of a refusal are about.
//!
//! Servers put the reason into free text. A text proves nothing unless it says it outright: the rules
//! look for a fault beside its object ("missing bearer token", "Jwt is expired"), never for a word alone,
//! and under a status that has nothing to do with authentication only for objects that do ("page
//! token is missing" is about a request).

mod certificates;
mod missing;
mod times;

use crate::status::StatusCode;
use crate::verdict::reading::Reply;
use crate::verdict::reading::challenge;

/// Longer texts are not reasons any more.
const LONGEST: usize = 4096;

/// The words of a refusal, in lower case: the message, its details, an authentication challenge.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Words(Vec<String>);

/// What counts as an object of authentication.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Subjects {
    /// The status itself is about authentication: a bare "token" is a credential.
    Any,
    /// A number that gRPC does not define says nothing either way.
    Likely,
    /// The status is about something else: only what cannot be part of a request.
    Certain,
}

impl Subjects {
    /// How far words may be trusted under a status that is not itself a denial. `None`: not at all.
    pub fn trusted_under(code: StatusCode) -> Option<Self> {
        match code {
            StatusCode::UNKNOWN | StatusCode::INVALID_ARGUMENT => Some(Self::Certain),
            code if !code.is_defined() => Some(Self::Likely),
            _ => None,
        }
    }
}

const WRONG: &[&str] = &[
    "invalid",
    "bad",
    "malformed",
    "incorrect",
    "wrong",
    "unknown",
    "unverifiable",
    "unrecognized",
    "unrecognised",
    "failed",
    "fails",
    "failure",
    "rejected",
    "mismatch",
    "corrupt",
    "expired",
    "revoked",
    "unacceptable",
    "untrusted",
    "decode",
    "parse",
];
/// A token of these kinds is part of a request.
const OTHER_TOKENS: &[&str] = &[
    "page",
    "next",
    "continuation",
    "pagination",
    "csrf",
    "xsrf",
    "sync",
    "resume",
    "registration",
    "device",
    "push",
    "reset",
    "verification",
    "invite",
    "watch",
    "cursor",
    "idempotency",
    "upload",
    "refresh",
    "fencing",
    "lock",
    "lease",
    "unexpected",
    "syntax",
];

impl Words {
    /// The peer's own words; our description of an HTTP answer is not among them.
    pub fn of(reply: &Reply<'_>) -> Self {
        let mut text = String::new();
        let mut add = |more: &str| {
            text.push_str(more);
            // A full stop keeps the words of two texts from being neighbours.
            text.push_str(" . ");
        };
        match reply.answered_by {
            crate::status::AnsweredBy::Server => {
                add(&reply.status.message.for_judging());
                for info in reply.details("ErrorInfo") {
                    add(info["reason"].as_str().unwrap_or_default());
                }
                for localized in reply.details("LocalizedMessage") {
                    add(localized["message"].as_str().unwrap_or_default());
                }
            }
            crate::status::AnsweredBy::Proxy => {
                for part in body_texts(reply) {
                    add(&part);
                }
            }
            crate::status::AnsweredBy::Local => {}
        }
        // API Gateway's own word for what went wrong.
        for kind in reply.values("x-amzn-errortype") {
            add(&kind.for_judging());
        }
        for challenge in challenge::of(reply) {
            for name in ["error", "error_description"] {
                if let Some(text) = challenge.parameter(name) {
                    add(&text.for_judging());
                }
            }
        }
        Self::split(&text)
    }

    /// Letters and digits make words; `snake_case` and `camelCase` are taken apart.
    fn split(text: &str) -> Self {
        let text: Vec<char> = text.chars().take(LONGEST).collect();
        let mut words = vec![String::new()];
        for (index, &character) in text.iter().enumerate() {
            if character == '.' && text.get(index + 1) == Some(&' ') {
                words.push(".".to_owned());
                words.push(String::new());
                continue;
            }
            if !character.is_alphanumeric() && character != '\'' {
                words.push(String::new());
                continue;
            }
            let before = index.checked_sub(1).map(|at| text[at]);
            let after = text.get(index + 1);
            let begins = character.is_uppercase()
                && before.is_some_and(|before| {
                    before.is_lowercase()
                        || (before.is_uppercase()
                            && after.is_some_and(|after| after.is_lowercase()))
                });
            if begins {
                words.push(String::new());
            }
            if let Some(word) = words.last_mut() {
                word.extend(character.to_lowercase());
            }
        }
        // An apostrophe within a word belongs to it, quotes around it do not.
        let words = words
            .into_iter()
            .map(|word| word.trim_matches('\'').to_owned())
            .filter(|word| !word.is_empty())
            .collect();
        Self(words)
    }

    pub fn has(&self, word: &str) -> bool {
        self.0.iter().any(|found| found == word)
    }

    pub fn has_any(&self, words: &[&str]) -> bool {
        words.iter().any(|word| self.has(word))
    }

    /// Whether these words stand one after another.
    pub fn has_phrase(&self, phrase: &str) -> bool {
        (0..self.0.len()).any(|at| self.begins(at, phrase))
    }

    /// Whether a phrase begins at this place.
    fn begins(&self, at: usize, phrase: &str) -> bool {
        let mut words = self.0.iter().skip(at);
        phrase
            .split(' ')
            .all(|wanted| words.next().is_some_and(|found| found == wanted))
    }

    /// Whether a pattern fits somewhere: words in a row, `a|b` for either of two, `..3` for up to three words within a
    /// sentence, `$name` for one of the phrases of a class.
    pub fn fits(&self, pattern: &str, classes: &[(&str, &[&str])]) -> bool {
        let parts: Vec<&str> = pattern.split(' ').collect();
        (0..self.0.len()).any(|at| self.fits_at(at, &parts, classes))
    }

    fn fits_at(&self, at: usize, parts: &[&str], classes: &[(&str, &[&str])]) -> bool {
        let Some((part, rest)) = parts.split_first() else {
            return true;
        };
        if let Some(most) = part.strip_prefix("..") {
            let most: usize = most.parse().unwrap_or(0);
            return (0..=most)
                .take_while(|skipped| {
                    let passed = skipped
                        .checked_sub(1)
                        .and_then(|last: usize| self.0.get(at + last));
                    passed.is_none_or(|word| word != ".")
                })
                .any(|skipped| self.fits_at(at + skipped, rest, classes));
        }
        if let Some(name) = part.strip_prefix('$') {
            let class = classes.iter().find(|(class, _)| *class == name);
            let phrases = class.map_or(&[][..], |(_, phrases)| *phrases);
            return phrases.iter().any(|phrase| {
                self.begins(at, phrase)
                    && self.fits_at(at + phrase.split(' ').count(), rest, classes)
            });
        }
        let word = self.0.get(at);
        word.is_some_and(|word| part.split('|').any(|wanted| wanted == word))
            && self.fits_at(at + 1, rest, classes)
    }

    /// Whether one of `first` stands within `reach` words of one of `second`, in the same sentence.
    pub fn near(&self, first: &[&str], second: &[&str], reach: usize) -> bool {
        let at = |wanted: &[&str]| -> Vec<usize> {
            (0..self.0.len())
                .filter(|&index| wanted.contains(&self.0[index].as_str()))
                .collect()
        };
        let second = at(second);
        at(first)
            .into_iter()
            .any(|one| second.iter().any(|&other| self.joined(one, other, reach)))
    }

    /// Whether the words at two places belong together.
    fn joined(&self, one: usize, other: usize, reach: usize) -> bool {
        let (from, to) = (one.min(other), one.max(other));
        to - from <= reach && !self.0[from..to].iter().any(|word| word == ".")
    }

    /// Whether they are about a certificate rather than a call's credential.
    pub fn are_about_a_certificate(&self) -> bool {
        self.has_any(&["certificate", "certificates", "cert", "x509", "tls", "ssl"])
    }

    /// They say that the credential itself is bad.
    pub fn reports_invalid_credential(&self, subjects: Subjects) -> bool {
        if subjects == Subjects::Likely && self.0 == ["unauthenticated", "."] {
            return true;
        }
        self.subjects(subjects).into_iter().any(|subject| {
            (0..self.0.len()).any(|at| {
                let word = self.0[at].as_str();
                let denied = matches!(word, "valid" | "acceptable" | "accepted" | "allowed")
                    && at > 0
                    && (self.0[at - 1] == "not" || self.0[at - 1].ends_with("n't"));
                (WRONG.contains(&word) || denied)
                    && self.joined(subject, at, 3)
                    && !self.about_permission(subject, at)
            })
        })
    }

    /// A word between the two that makes the sentence one about permission: "wrong role in token".
    fn about_permission(&self, one: usize, other: usize) -> bool {
        self.0[one.min(other)..one.max(other)].iter().any(|word| {
            matches!(
                word.as_str(),
                "role" | "roles" | "permission" | "permissions" | "group" | "groups" | "policy"
            )
        })
    }

    /// Where objects of authentication stand.
    fn subjects(&self, subjects: Subjects) -> Vec<usize> {
        (0..self.0.len())
            .filter(|&at| self.is_subject(at, subjects))
            .collect()
    }

    fn is_subject(&self, at: usize, subjects: Subjects) -> bool {
        let before = if at == 0 { "" } else { self.0[at - 1].as_str() };
        let after = self.0.get(at + 1).map(String::as_str).unwrap_or_default();
        match self.0[at].as_str() {
            "bearer" | "jwt" | "apikey" => true,
            "key" => before == "api",
            "token" | "tokens" => match subjects {
                Subjects::Any | Subjects::Likely => !OTHER_TOKENS.contains(&before),
                Subjects::Certain => matches!(
                    before,
                    "access"
                        | "auth"
                        | "authentication"
                        | "authorization"
                        | "id"
                        | "security"
                        | "jwt"
                        | "bearer"
                ),
            },
            "authorization" => matches!(
                after,
                "header"
                    | "headers"
                    | "metadata"
                    | "token"
                    | "key"
                    | "value"
                    | "credentials"
                    | "."
                    | "is"
                    | "was"
                    | "missing"
                    | "required"
                    | "not"
            ),
            "credential" | "credentials" | "claims" => subjects != Subjects::Certain,
            "signature" | "metadata" | "password" => subjects == Subjects::Any,
            _ => false,
        }
    }

    /// They are about a name and password that the request itself carried, as a login's does.
    pub fn refuse_a_login(&self) -> bool {
        let wrong = [WRONG, &["match"]].concat();
        self.near(&["password", "username"], &wrong, 4)
            || self.has_phrase("login failed")
            || self.has_phrase("authentication failed")
    }

    /// They say that the signature of a token does not verify, or that its key is not known.
    pub fn reports_invalid_signature(&self) -> bool {
        let wrong = [
            "invalid",
            "wrong",
            "bad",
            "failed",
            "fails",
            "failure",
            "mismatch",
            "verify",
            "verification",
        ];
        self.near(&["signature"], &wrong, 3)
            || self.has_phrase("verification fails")
            || self.near(
                &["kid", "jwk", "jwks"],
                &["unknown", "missing", "no", "not", "match"],
                3,
            )
    }

    /// They say that what was sent is not in the form of a JWT.
    pub fn reports_malformed_jwt(&self) -> bool {
        let says_form = self.has("jwt") && self.has_any(&["form", "malformed", "compact"]);
        let counts_parts = self.has_any(&["jwt", "token"]) && self.has_any(&["segments", "parts"]);
        (says_form || counts_parts) && !self.are_about_a_certificate()
    }

    /// They name a token, or a part of one. Under a status that is about permission, words like
    /// "issuer" or "audience" may mean anybody's.
    pub fn mentions_a_token(&self) -> bool {
        self.has_any(&[
            "token",
            "tokens",
            "jwt",
            "bearer",
            "claim",
            "claims",
            "iss",
            "aud",
            "oidc",
            "credential",
            "credentials",
        ])
    }
}

/// What an HTTP answer says: the texts of its JSON, each for itself, or a body that is text.
fn body_texts(reply: &Reply<'_>) -> Vec<String> {
    if reply.media_type().is_some_and(|kind| kind.contains("html")) {
        return Vec::new();
    }
    let body = reply.body();
    match serde_json::from_str(&body) {
        Ok(json) => {
            let mut texts = Vec::new();
            collect_texts(&json, 0, &mut texts);
            texts
        }
        Err(_) => vec![body.into_owned()],
    }
}

/// The texts of a JSON value, as deep as error bodies go.
fn collect_texts(value: &serde_json::Value, depth: usize, texts: &mut Vec<String>) {
    const DEEPEST: usize = 4;
    match value {
        serde_json::Value::String(text) => texts.push(text.clone()),
        serde_json::Value::Array(items) if depth < DEEPEST => {
            for item in items {
                collect_texts(item, depth + 1, texts);
            }
        }
        serde_json::Value::Object(members) if depth < DEEPEST => {
            for member in members.values() {
                collect_texts(member, depth + 1, texts);
            }
        }
        _ => {}
    }
}

#[cfg(test)]
mod tests;
