//! What the `token` commands give, and the words for it.

pub(crate) mod words;

use serde_json::Map;
use serde_json::Value;
use time::OffsetDateTime;

use crate::authenticate::CallCredential;
use crate::exit_status::ExitStatus;
use crate::jwt::examination::Examination;
use crate::verdict::Finding;
use crate::verdict::Verdict;

/// What was found of a token, and by which command.
#[derive(Clone, Copy, Debug)]
pub struct Look<'a> {
    pub command: &'static str,
    pub examination: &'a Examination,
    pub clock: OffsetDateTime,
    /// Whether the command says if the token is accepted.
    pub judged: bool,
    pub exit: ExitStatus,
}

/// A token that was obtained. It is what was asked for, and is not masked.
#[derive(Clone, Copy, Debug)]
pub struct Obtained<'a> {
    pub command: &'static str,
    pub credential: &'a CallCredential,
    pub clock: OffsetDateTime,
    pub warnings: &'a [Finding],
}

/// A token that was signed, or left unsigned. It is what was asked for, and is not masked.
#[derive(Clone, Debug)]
pub struct Minted {
    pub token: String,
    pub header: Map<String, Value>,
    pub claims: Map<String, Value>,
    pub warnings: Vec<String>,
}

/// Why a command did not give what it was asked for.
#[derive(Clone, Copy, Debug)]
pub struct Failed<'a> {
    pub command: &'a str,
    pub verdict: &'a Verdict,
    pub exit: ExitStatus,
}
