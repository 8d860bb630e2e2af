//! That no credential was seen. What is missing is the credential itself, and not something in it or of it: "token is
//! missing" says so, "token is missing the sub claim" and "the signature of the token is missing" do not.

use crate::verdict::reading::words::Subjects;
use crate::verdict::reading::words::Words;

/// These stand before what is not there: "no token", "provide an API key".
const BEFORE: &[&str] = &[
    "missing", "no", "empty", "required", "requires", "absent", "without", "provide", "need",
    "needs", "blank", "supply", "lacks", "lacking",
];
/// These stand behind it: "token missing".
const BEHIND: &[&str] = &[
    "missing",
    "empty",
    "required",
    "absent",
    "needed",
    "blank",
    "null",
    "nil",
    "undefined",
];
/// These stand behind it, after a "not" or a "must".
const BEHIND_NOT: &[&str] = &[
    "provided",
    "found",
    "supplied",
    "present",
    "sent",
    "set",
    "given",
    "specified",
    "included",
    "attached",
    "passed",
    "available",
    "received",
];
/// What goes on after a word that could also have an object: "token missing in request", not "token missing a claim".
const GOES_ON: &[&str] = &[
    ".", "in", "from", "on", "or", "and", "for", "by", "to", "at", "within", "please", "you",
    "when", "but", "via", "as", "with",
];
/// Words that may stand between a credential and the word that says it is not there.
const BETWEEN: &[&str] = &[
    "a",
    "an",
    "the",
    "any",
    "your",
    "this",
    "is",
    "was",
    "are",
    "were",
    "be",
    "been",
    "has",
    "have",
    "being",
    "must",
    "should",
    "not",
    "no",
    "isn't",
    "wasn't",
    "aren't",
    "weren't",
    "cannot",
    "couldn't",
    "could",
    "valid",
    "required",
    "necessary",
    "header",
    "headers",
    "metadata",
    "value",
    "field",
    "key",
    "in",
    "from",
    "with",
    "of",
    "incoming",
    "request",
    "grpc",
    "http",
    "bearer",
    "jwt",
    "token",
    "auth",
    "authentication",
    "authorization",
    "access",
    "api",
    "id",
    "security",
    "credential",
    "credentials",
    "user",
    "session",
    "or",
    "and",
    "to",
];
/// What a credential consists of: then this is what is missing.
const PARTS: &[&str] = &[
    "signature",
    "signatures",
    "claim",
    "claims",
    "kid",
    "type",
    "id",
    "scope",
    "scopes",
    "subject",
    "audience",
    "issuer",
    "algorithm",
    "alg",
    "expiry",
    "expiration",
    "exp",
    "iat",
    "nbf",
    "payload",
    "segment",
    "format",
    "version",
    "role",
    "roles",
    "permission",
    "permissions",
    "prefix",
    "scheme",
    "key",
    "identifier",
];
/// Before a credential these make it the place of something else.
const PLACES: &[&str] = &["of", "in", "from", "for", "on", "by", "inside", "within"];
/// What the name of a credential may begin with.
const NAMES: &[&str] = &[
    "the",
    "a",
    "an",
    "your",
    "this",
    "jwt",
    "bearer",
    "access",
    "auth",
    "authentication",
    "authorization",
    "id",
    "api",
    "client",
    "session",
    "security",
    "token",
    "oauth",
    "oauth2",
];

impl Words {
    /// They say that no credential was seen.
    pub fn reports_missing_credential(&self, subjects: Subjects) -> bool {
        let bare = match subjects {
            Subjects::Any => {
                self.near(&["authentication"], &["required", "requires", "needed"], 2)
                    || self.has_phrase("request unauthenticated with")
            }
            Subjects::Likely => self.near(&["authentication"], &["required", "requires"], 2),
            Subjects::Certain => false,
        };
        // etcd's words for a request without a token.
        if bare || self.has_phrase("user name is empty") {
            return true;
        }
        self.subjects(subjects)
            .into_iter()
            .filter(|&at| !matches!(self.0[at].as_str(), "signature" | "claims"))
            .any(|at| self.is_said_to_be_absent(at) || self.is_said_to_be_wanted(at))
    }

    /// "token is missing", "authorization header was not provided".
    fn is_said_to_be_absent(&self, subject: usize) -> bool {
        if self.is_a_place(subject) || self.has_a_part(subject) {
            return false;
        }
        const REACH: usize = 6;
        let behind = self.0.iter().enumerate().skip(subject + 1).take(REACH);
        let mut denied = false;
        for (at, word) in behind {
            let word = word.as_str();
            if BEHIND.contains(&word) && !denied && self.goes_on(at) {
                return true;
            }
            if BEHIND_NOT.contains(&word) && denied {
                return true;
            }
            denied |= matches!(word, "not" | "cannot" | "no" | "must" | "should")
                || word.ends_with("n't");
            if !BETWEEN.contains(&word) {
                return false;
            }
        }
        false
    }

    /// "no bearer token", "missing or empty authorization header".
    fn is_said_to_be_wanted(&self, subject: usize) -> bool {
        const REACH: usize = 5;
        if self.has_a_part(subject) {
            return false;
        }
        for at in (subject.saturating_sub(REACH)..subject).rev() {
            let word = self.0[at].as_str();
            if BEFORE.contains(&word) {
                return true;
            }
            if !BETWEEN.contains(&word) || PLACES.contains(&word) {
                return false;
            }
        }
        false
    }

    /// Whether it is a part of the credential that is named: "token signature", "jwt key".
    fn has_a_part(&self, subject: usize) -> bool {
        let next = self.0.get(subject + 1).map(String::as_str);
        // A JWT has headers of its own.
        let of_a_jwt = self.0[subject] == "jwt" && next == Some("headers");
        of_a_jwt || next.is_some_and(|next| PARTS.contains(&next))
    }

    fn goes_on(&self, at: usize) -> bool {
        let next = self.0.get(at + 1).map(String::as_str);
        next.is_none_or(|next| GOES_ON.contains(&next))
    }

    /// Whether the credential is only where something else is: "the kid of the token".
    fn is_a_place(&self, subject: usize) -> bool {
        let before = self.0[..subject].iter().rev().map(String::as_str);
        let first = before.into_iter().find(|word| !NAMES.contains(word));
        first.is_some_and(|word| PLACES.contains(&word))
    }
}
