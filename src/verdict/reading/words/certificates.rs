//! Whether the words are about the client's certificate, and say that there was none.

use crate::verdict::reading::Reply;
use crate::verdict::reading::words::Words;

const CERTIFICATE: &[&str] = &["certificate", "certificates", "cert", "certs"];
/// Whose certificate it is, in front of the word.
const CLIENTS: &[&str] = &[
    "client", "clients", "client's", "peer", "peer's", "user", "x509", "tls", "ssl", "mtls",
];
/// How services say it without the word: Go's, Java's and Envoy's own names for what is missing.
const PHRASES: &[&str] = &[
    "mutual tls required",
    "mutual tls is required",
    "requires mutual tls",
    "require mutual tls",
    "mtls required",
    "mtls is required",
    "requires mtls",
    "must use mtls",
    "m tls required",
    "m tls is required",
    "requires m tls",
    "must use m tls",
    "peer not authenticated",
    "peer not verified",
    "could not verify peer",
    "cannot verify peer",
    "failed to verify peer",
    "no verified chains",
    "no peer certificate",
    "client didn't provide a certificate",
    "client did not provide a certificate",
    "no peer certificates",
    "no x forwarded client cert",
    "missing x forwarded client cert",
    "x forwarded client cert missing",
    "x forwarded client cert is missing",
    "x forwarded client cert header is missing",
    "x forwarded client cert header missing",
];
/// What is missing follows these.
const BEFORE: &[&str] = &[
    "no", "missing", "requires", "require", "need", "needs", "without", "provide", "present",
    "send",
];
/// These follow what is missing.
const AFTER: &[&str] = &["missing", "required", "needed", "absent", "empty", "must"];
const AFTER_NOT: &[&str] = &[
    "provided",
    "presented",
    "present",
    "found",
    "supplied",
    "sent",
    "set",
    "given",
    "provide",
    "send",
    "offered",
    "available",
];
/// The verifier's own connections have certificates too.
const OTHERS: &[&str] = &[
    "upstream",
    "jwks",
    "jwk",
    "oidc",
    "discovery",
    "introspection",
    "backend",
    "authority",
    "expired",
    "revoked",
    // A token that is bound to one is about the token.
    "bound",
];

impl Words {
    /// The words of an answer whatever its form; of a page, those between its tags too.
    pub fn of_answer(reply: &Reply<'_>) -> Self {
        match reply.status_over_http() {
            Some(_) => Self::split(&reply.body()),
            None => Self::of(reply),
        }
    }

    /// They say that the client showed no certificate, or has to show one.
    pub fn reports_missing_certificate(&self) -> bool {
        if self.has_any(OTHERS) {
            return false;
        }
        PHRASES.iter().any(|phrase| self.has_phrase(phrase))
            || self.clients_certificates().any(|at| {
                (0..self.0.len())
                    .any(|other| self.says_absent(other, at) && self.joined(at, other, 4))
            })
    }

    /// They are about the certificate that the client showed, and not about a token.
    pub fn are_about_the_clients_certificate(&self) -> bool {
        let named = self.has_any(CERTIFICATE) || self.has_any(&["cn", "san", "dn", "spiffe"]);
        named
            && !self.mentions_a_token()
            && !self.has_any(&["upstream", "jwks", "oidc", "discovery"])
    }

    fn clients_certificates(&self) -> impl Iterator<Item = usize> {
        (1..self.0.len()).filter(|&at| {
            CERTIFICATE.contains(&self.0[at].as_str()) && CLIENTS.contains(&self.0[at - 1].as_str())
        })
    }

    /// Whether the word at `at` says that what stands at `object` is missing.
    fn says_absent(&self, at: usize, object: usize) -> bool {
        let word = self.0[at].as_str();
        let is_denied = (at.saturating_sub(2)..at)
            .any(|before| matches!(self.0[before].as_str(), "not" | "didn't" | "wasn't"));
        match (is_denied, at < object) {
            (true, _) => AFTER_NOT.contains(&word),
            (false, true) => BEFORE.contains(&word),
            (false, false) => AFTER.contains(&word),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_missing_certificate_is_told_from_one_that_is_not_accepted() {
        for (text, missing) in [
            ("client certificate required", true),
            ("no client certificate", true),
            ("No client certificate was provided", true),
            ("client cert is missing", true),
            ("a client certificate must be presented", true),
            ("missing peer certificate", true),
            ("TLS client certificate not presented", true),
            ("mTLS required", true),
            ("this endpoint requires mTLS", true),
            ("mutual TLS is required for this service", true),
            ("could not verify peer certificate", true),
            ("missing x-forwarded-client-cert header", true),
            ("peer not authenticated", true),
            (
                "<center>No required SSL certificate was sent</center>",
                true,
            ),
            ("client certificate is not mapped to any user", false),
            ("client certificate CN=alice has no role", false),
            ("certificate CN=alice is not mapped to any user", false),
            ("client certificate expired", false),
            ("missing bearer token", false),
            ("x509: certificate signed by unknown authority", false),
            ("upstream requires client certificate", false),
            ("Jwks remote fetch failed: no peer certificate", false),
            ("certificate of birth is required", false),
            ("verify your email", false),
            ("token is not bound to the client certificate", false),
        ] {
            let words = Words::split(text);
            assert_eq!(words.reports_missing_certificate(), missing, "{text}");
        }
    }

    #[test]
    fn a_certificate_that_is_the_credential_is_told_from_a_token() {
        for (text, is_about) in [
            ("certificate CN=alice is not mapped to any user", true),
            ("unknown client CN alice", true),
            ("SAN spiffe://mesh/a is not allowed", true),
            ("invalid token", false),
            ("token is bound to another certificate", false),
            ("unauthenticated", false),
        ] {
            let words = Words::split(text);
            assert_eq!(
                words.are_about_the_clients_certificate(),
                is_about,
                "{text}"
            );
        }
    }
}
