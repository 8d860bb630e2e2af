//! What came of a run.

use schemars::JsonSchema;
use serde::Serialize;

use crate::verdict;

/// A run's outcome in one word.
#[derive(Clone, Copy, Debug, Serialize, JsonSchema)]
#[serde(rename_all = "snake_case")]
pub(crate) enum Outcome {
    /// The server answered OK.
    Allowed,
    /// The server, or a gateway, said UNAUTHENTICATED or PERMISSION_DENIED.
    Denied,
    /// A status that says nothing about who may call.
    Inconclusive,
    /// No gRPC status was obtained.
    NoStatus,
}

impl From<verdict::Outcome> for Outcome {
    fn from(outcome: verdict::Outcome) -> Self {
        match outcome {
            verdict::Outcome::Allowed => Self::Allowed,
            verdict::Outcome::Denied => Self::Denied,
            verdict::Outcome::Inconclusive => Self::Inconclusive,
            verdict::Outcome::NoStatus => Self::NoStatus,
        }
    }
}
