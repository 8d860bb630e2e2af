//! What a refusal is about: the words of a server, read as somebody reads them who labels refusals by hand.
//!
//! Servers put the reason into free text. A rule says what words mean, and when they do not; the first rule that fits
//! gives the label. `tests/data/refusals.tsv` holds refusals of real servers with their labels, and every rule is tested
//! against all of them: precision first, for a wrong cause is worse than none.

mod rules;
mod wanted;

use crate::status::StatusCode;
use crate::verdict::reading::Reply;
use crate::verdict::reading::Words;
use crate::verdict::reading::words::Subjects;

pub(crate) use wanted::Wanted;

/// What a server's words say is wrong. Where they say nothing in particular there is none.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum About {
    /// The verifier itself failed: keys that could not be fetched, an identity provider that is down.
    Verifier,
    /// The caller may not do this, whoever he is: an address, a quota, a suspended account, a switch.
    Policy,
    /// The caller is known, and has no role, group or permission for it.
    Role,
    /// The token's scope.
    Scope,
    Expired,
    NotYetValid,
    Audience,
    Issuer,
    /// Revoked, logged out, or of a session that has ended.
    Revoked,
    /// Bound to a key, a certificate or another token, and that is missing or does not match.
    Binding,
    Algorithm,
    Signature,
    /// A claim is absent or has a value that is not accepted.
    Claim,
    /// The user, client or tenant that the credential names is unknown.
    Identity,
    /// Not in the form that the server can read.
    Malformed,
    /// A credential of another kind, or under another scheme, than the one sent.
    Scheme,
    /// No credential was seen where the server looks.
    Missing,
    /// The credential is bad, and nothing says why; or several reasons are given with an "or".
    Invalid,
}

impl About {
    /// The label of an answer's words; `None`: they say nothing of a caller.
    pub(crate) fn read(reply: &Reply<'_>, words: &Words) -> Option<Self> {
        let trust = Trust::of(reply)?;
        let about = rules::first(words, trust).or_else(|| general(words, trust))?;
        let of_others = trust == Trust::Certain && words.has_any(OTHERS);
        (trust.takes(about) && (!of_others || about == Self::Verifier)).then_some(about)
    }

    /// Whether it says what is wrong with the credential, or with its verifier, and not only that something is.
    pub(crate) fn is_specific(self) -> bool {
        !matches!(self, Self::Missing | Self::Invalid)
    }

    /// What the words say is wrong with a credential that is called so, where no row of its own says it.
    pub(crate) fn reason(self, noun: &str) -> Option<String> {
        Some(match self {
            Self::Signature => format!("it cannot verify the {noun}'s signature"),
            Self::Algorithm => {
                format!("it does not accept the algorithm that the {noun} is signed with")
            }
            Self::Claim => format!(
                "a claim that it requires is missing in the {noun}, or has a value that it does not accept"
            ),
            Self::Identity => {
                format!("it does not know the user, client or tenant that the {noun} stands for")
            }
            Self::Binding => format!(
                "the {noun} is bound to a key, a certificate or another token, and the proof is missing or does not match"
            ),
            Self::Policy => "a rule refuses this caller, not the credential".to_owned(),
            _ => return None,
        })
    }

    /// Whether it can only be said of a token that the server has found and looked into.
    pub(crate) fn is_of_a_token_that_was_read(self) -> bool {
        matches!(
            self,
            Self::Signature
                | Self::Algorithm
                | Self::Expired
                | Self::NotYetValid
                | Self::Audience
                | Self::Issuer
                | Self::Claim
                | Self::Revoked
                | Self::Scope
        )
    }

    /// Whether the credential was read and taken: what is refused is what its owner wants.
    pub(crate) fn is_of_permission(self) -> bool {
        matches!(self, Self::Role | Self::Policy)
    }
}

/// Where a request, or the service's own business, has credentials in it that are not the caller's.
const OTHERS: &[&str] = &[
    "account",
    "argument",
    "column",
    "config",
    "configuration",
    "connector",
    "datasource",
    "downstream",
    "field",
    "fields",
    "parameter",
    "property",
    "provider",
    "registry",
    "repository",
    "secret",
    "smtp",
    "upstream",
    "webhook",
];

fn general(words: &Words, trust: Trust) -> Option<About> {
    let subjects = trust.subjects()?;
    // API Gateway says this of a path that it does not have, too.
    if words.has_phrase("missing authentication token exception") {
        return None;
    }
    if words.reports_missing_credential(subjects) {
        return Some(About::Missing);
    }
    words
        .reports_invalid_credential(subjects)
        .then_some(About::Invalid)
}

/// How far words may be trusted to be about the caller, by the status that they came with.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Trust {
    /// The status is about the caller.
    Full,
    /// A number that gRPC does not define says nothing either way.
    Likely,
    /// The status is about something else: only words that cannot be about a request count.
    Certain,
    /// The server cannot do its work: only its verifier may be why.
    Unavailable,
}

impl Trust {
    pub(super) fn of(reply: &Reply<'_>) -> Option<Self> {
        if let Some(status) = reply.status_over_http() {
            return match status {
                401 | 403 => Some(Self::Full),
                400 => Some(Self::Certain),
                500 | 503 => Some(Self::Unavailable),
                _ => None,
            };
        }
        if !reply.is_refusal_of_server() {
            return None;
        }
        match reply.status.code {
            StatusCode::UNAUTHENTICATED | StatusCode::PERMISSION_DENIED => Some(Self::Full),
            StatusCode::UNKNOWN | StatusCode::INVALID_ARGUMENT | StatusCode::INTERNAL => {
                Some(Self::Certain)
            }
            StatusCode::UNAVAILABLE => Some(Self::Unavailable),
            code if !code.is_defined() => Some(Self::Likely),
            _ => None,
        }
    }

    fn subjects(self) -> Option<Subjects> {
        match self {
            Self::Full => Some(Subjects::Any),
            Self::Likely => Some(Subjects::Likely),
            Self::Certain => Some(Subjects::Certain),
            Self::Unavailable => None,
        }
    }

    fn takes(self, about: About) -> bool {
        match self {
            Self::Full => true,
            // A number of the service's own that speaks of a role is that service's business.
            Self::Likely | Self::Certain => !about.is_of_permission() && about != About::Identity,
            Self::Unavailable => about == About::Verifier,
        }
    }
}

#[cfg(test)]
mod tests;
