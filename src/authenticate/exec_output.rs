//! What a credential program printed, read as the contract that it follows.
//!
//! | it begins as | it is |
//! |---|---|
//! | JSON with `kind` `ExecCredential` | a Kubernetes credential plugin (`client.authentication.k8s.io/v1`, `v1beta1`) |
//! | JSON with `Secret` | a Docker credential helper |
//! | other JSON | a token under one of the usual names ([`json::TOKEN_NAMES`]) |
//! | a line `KEY=VALUE` with one of git's keys | a git credential helper (git-credential(1)) |
//! | anything else of one line | the token itself |
//!
//! A fault names keys, never values.

mod expiry;
mod git;
pub mod json;

use std::time::Duration;

use thiserror::Error;
use time::OffsetDateTime;

use crate::peer_text::PeerText;
use crate::secret::Secret;

/// The longest output that is read, in bytes.
pub const LIMIT: usize = 1 << 20;
/// The longest key that is shown, in characters.
const LONGEST_KEY: usize = 40;

/// What was found in the output.
#[derive(Clone, Debug, Default)]
pub struct ExecToken {
    /// The token or password; none beside a client certificate, which is not read.
    pub secret: Option<Secret>,
    pub username: Option<String>,
    pub expiry: Option<Expiry>,
    /// What else OAuth-aware git helpers hand over.
    pub refresh_token: Option<Secret>,
    /// The key of an expiry that is in no form known here: the end is then unknown.
    pub unread_expiry: Option<&'static str>,
}

/// When the secret ends.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Expiry {
    At(OffsetDateTime),
    /// From when the program was started.
    In(Duration),
}

/// Why the output is no credential.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Fault {
    #[error("it printed nothing")]
    Empty,
    /// More than [`LIMIT`].
    #[error("it printed more than 1 MiB")]
    TooLong,
    /// Not UTF-8.
    #[error("what it printed is not text (UTF-8)")]
    NotText,
    /// It begins as JSON and is none; the column is counted in its line.
    #[error("what it printed begins as JSON, and is none from line {line}, column {column}")]
    NotJson { line: usize, column: usize },
    /// JSON, but no object and no string.
    #[error("it printed JSON that is no object")]
    NotAnObject,
    /// Several lines, and no contract that has them.
    #[error(
        "it printed several lines that are neither JSON nor a git credential: it should print the token alone"
    )]
    SeveralLines,
    /// A control character inside the value of this key; without a key, inside the token.
    #[error("{}", control_character(*.0))]
    ControlCharacter(Option<&'static str>),
    /// None of the keys that a secret could stand under; the keys that are there.
    #[error("what it printed has no token{}", but(.keys))]
    NoSecret { keys: Vec<PeerText> },
    /// The value of this key is empty, or of the wrong type.
    #[error("`{0}` is empty or no string")]
    NotAString(&'static str),
    /// Both keys could hold the secret, and they differ.
    #[error(
        "`{0}` and `{1}` could both be the token, and they differ: it should print one of them"
    )]
    Ambiguous(&'static str, &'static str),
    /// An ExecCredential of another version.
    #[error(
        "its ExecCredential is of another version than client.authentication.k8s.io/v1 or /v1beta1"
    )]
    UnknownVersion,
    /// One part of a client certificate without the other.
    #[error("its client certificate lacks `{missing}`")]
    HalfACertificate { missing: &'static str },
    /// A git helper's `quit`: it wants no one else to be asked.
    #[error("it has no credential and wants no one else asked (`quit`)")]
    Quit,
}

fn control_character(key: Option<&str>) -> String {
    match key {
        None => "the token that it printed has a control character inside".to_owned(),
        Some(key) => format!("`{key}` has a line end or control character inside"),
    }
}

fn but(keys: &[PeerText]) -> String {
    match keys {
        [] => ": it is empty".to_owned(),
        keys => {
            let keys = keys.iter().map(|key| key.quoted(LONGEST_KEY).to_string());
            format!(", but these keys: {}", keys.collect::<Vec<_>>().join(", "))
        }
    }
}

/// Reads what a program printed.
///
/// # Errors
/// When there is no credential in it, or no telling which.
pub fn parse(output: &[u8]) -> Result<ExecToken, Fault> {
    if output.len() > LIMIT {
        return Err(Fault::TooLong);
    }
    let text = std::str::from_utf8(output).map_err(|_| Fault::NotText)?;
    let text = text.strip_prefix('\u{feff}').unwrap_or(text).trim_start();
    if git::begins(text) {
        // Its last line may be a password that ends in a space.
        return git::parse(text);
    }
    let text = text.trim_end();
    match text.as_bytes().first() {
        None => Err(Fault::Empty),
        Some(b'{' | b'[' | b'"') => json::parse(text),
        Some(_) if text.contains(['\n', '\r']) => Err(Fault::SeveralLines),
        Some(_) if text.contains(char::is_control) => Err(Fault::ControlCharacter(None)),
        Some(_) => Ok(ExecToken {
            secret: Some(Secret::new(text)),
            ..ExecToken::default()
        }),
    }
}

/// A value that is to be a secret: one line, without the line end that programs add.
fn secret(key: &'static str, text: &str) -> Result<Secret, Fault> {
    let text = text.trim_end_matches(['\r', '\n']);
    if text.is_empty() {
        return Err(Fault::NotAString(key));
    }
    if text.contains(char::is_control) {
        return Err(Fault::ControlCharacter(Some(key)));
    }
    Ok(Secret::new(text))
}

/// The keys that are there, for a fault: a few.
fn shown<'a>(keys: impl IntoIterator<Item = &'a str>) -> Vec<PeerText> {
    keys.into_iter()
        .take(12)
        .map(|key| PeerText::from(key).name_among_tokens())
        .collect()
}

#[cfg(test)]
mod tests;
