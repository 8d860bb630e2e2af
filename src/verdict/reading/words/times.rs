//! Whether the words say that the credential's time is over, or has not begun.

use crate::verdict::reading::words::Subjects;
use crate::verdict::reading::words::Words;

impl Words {
    /// They say that what was sent has expired: it, or nothing else that could have.
    pub fn say_expired(&self) -> bool {
        const PASSING: &[&str] = &[
            "signature",
            "session",
            "login",
            "ticket",
            "assertion",
            "cookie",
            "authentication",
        ];
        const FILLING: &[&str] = &[
            "it",
            "has",
            "is",
            "was",
            "already",
            "error",
            "unauthenticated",
            "auth",
            "expired",
            ".",
        ];
        let is_subject = |at: usize| {
            self.is_subject(at, Subjects::Any) || PASSING.contains(&self.0[at].as_str())
        };
        let beside_its_object = (0..self.0.len())
            .filter(|&at| self.0[at] == "expired" || self.begins(at, "no longer valid"))
            .any(|at| {
                (0..self.0.len()).any(|subject| is_subject(subject) && self.joined(subject, at, 4))
            });
        let alone =
            self.has("expired") && self.0.iter().all(|word| FILLING.contains(&word.as_str()));
        (beside_its_object || alone || self.says_claim_failed("exp"))
            && !self.are_about_a_certificate()
            && !self.has_any(&[
                "password",
                "lease",
                "license",
                "subscription",
                "trial",
                "account",
            ])
    }

    /// They say that what was sent is not valid yet.
    pub fn say_not_yet_valid(&self) -> bool {
        let early = [
            "not yet valid",
            "not valid yet",
            "jwt not active",
            "used before",
            "before use time",
            "immature signature",
            "issued in the future",
            "be used before",
        ];
        (early.iter().any(|phrase| self.has_phrase(phrase)) || self.says_claim_failed("nbf"))
            && !self.are_about_a_certificate()
    }

    /// `"exp" claim timestamp check failed`, as some libraries put it.
    fn says_claim_failed(&self, claim: &str) -> bool {
        self.near(&[claim], &["failed", "fails", "invalid"], 4)
    }
}
