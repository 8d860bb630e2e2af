//! What is known of one call: what was sent, what was answered, and each attempt.

use std::time::Duration;

use http::HeaderValue;
use time::OffsetDateTime;

use crate::describe::NotDescribed;
use crate::describe::health::ServingStatus;
use crate::describe::listing::Listing;
use crate::evidence::error_in_message::ErrorInMessage;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::json::BadInput;
use crate::status::AnsweredBy;

/// One call's facts.
#[derive(Debug, Default)]
pub struct CallEvidence {
    /// The handshake was refused under `--insecure`, so no credential was sent.
    pub withheld: bool,
    pub description: Description,
    /// Request messages that had been sent when the next one was found to be bad.
    pub requests_sent: u64,
    /// What reflection answered before it was asked again with another credential.
    pub refused_descriptions: Vec<Attempt>,
    /// Each time the call was made.
    pub attempts: Vec<Attempt>,
    /// What the same request without a credential was answered; `None`: it was not made.
    pub control: Option<Answer>,
    /// The metadata sent with the last request, reflection's or the call's; secrets are marked as sensitive.
    pub sent: Vec<(String, HeaderValue)>,
    /// The local clock when it was sent.
    pub began: Option<OffsetDateTime>,
    /// What of it gave way to a credential under the same key.
    pub overridden: Vec<Overridden>,
    /// The latest serving status, where health was asked for.
    pub serving: Option<ServingStatus>,
    /// A response message that its own descriptor cannot decode: what the decoder said.
    pub undecodable: Option<String>,
    /// A response message that speaks of an error.
    pub error_in_message: Option<ErrorInMessage>,
    /// The outcome of comparing cached descriptors with the server's.
    pub cache: Option<CacheCheck>,
    pub timings: StageTimings,
}

/// A metadata key that was given twice.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Overridden {
    pub key: String,
    /// Where the value that was sent came from.
    pub kept: String,
    /// The flag whose value was not.
    pub lost: &'static str,
}

/// What became of finding the method's descriptor.
#[derive(Debug, Default)]
pub enum Description {
    #[default]
    NotTried,
    Found {
        source: String,
        /// What is odd about the descriptors and did no harm: a sentence each, escaped.
        notes: Vec<String>,
    },
    Failed(NotDescribed),
    /// What `list` or `describe` asked for.
    Listed(Listing),
    /// The request does not fit the method's input type.
    BadRequest(BadInput),
    /// More than the one message that the method takes.
    TooManyRequests {
        count: usize,
    },
}

/// Cached descriptors, compared with the server's beside the call.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum CacheCheck {
    Current,
    /// The server has others now; whether the cache holds them from here on.
    Stale {
        replaced: bool,
    },
    /// The server did not say, and why not.
    Unchecked {
        why: String,
    },
}

/// One time that the call was made, or reflection asked.
#[derive(Debug)]
pub struct Attempt {
    pub answer: Answer,
    /// Of the credential that went with it.
    pub credential_fingerprint: Option<String>,
}

/// Time spent on a call, the connection and the credential apart.
#[derive(Clone, Copy, Debug, Default)]
pub struct StageTimings {
    pub describe: Option<Duration>,
    pub call: Option<Duration>,
    pub total: Duration,
}

impl CallEvidence {
    /// The answer that ended the run: the last call's, or the one that refused reflection.
    pub fn last_answer(&self) -> Option<&Answer> {
        match (&self.attempts.last(), &self.description) {
            (Some(attempt), _) => Some(&attempt.answer),
            (None, Description::Failed(NotDescribed::Refused { answer, .. })) => Some(answer),
            // A web server's 404 maps to UNIMPLEMENTED too, but says nothing about reflection.
            (None, Description::Failed(NotDescribed::Absent { v1, .. })) if is_over_http(v1) => {
                Some(v1)
            }
            _ => None,
        }
    }

    /// Whether the run ended while reading reflection.
    pub fn in_reflection(&self) -> bool {
        self.attempts.is_empty() && matches!(self.description, Description::Failed(_))
    }
}

fn is_over_http(answer: &Answer) -> bool {
    matches!(
        answer.outcome,
        Ended::Status {
            answered_by: AnsweredBy::Proxy,
            ..
        }
    )
}
