//! Secrets: where they come from, and a type that cannot be printed.

pub(crate) mod places;
pub(crate) mod tokens;

use std::cell::RefCell;
use std::fmt;
use std::path::PathBuf;
use std::str::FromStr;

use secrecy::{ExposeSecret, SecretString};
use thiserror::Error;

/// Where a secret is to be read from. Values never stand on a command line.
#[derive(Clone, Debug, PartialEq, Eq, Hash)]
pub enum SecretSource {
    /// `env:NAME`. An empty variable is an error, never "anonymous".
    Environment(String),
    /// `file:PATH`. A bearer's file is read again for every call.
    File(PathBuf),
    /// `stdin`. At most one source may claim it.
    Stdin,
    /// `prompt`: asked for on the terminal, without echo.
    Prompt,
    /// `cmd:PROGRAM ARG…`: its standard output. Words are split as POSIX does, nothing is expanded.
    Command(Vec<String>),
}

/// Why a text is no [`SecretSource`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotASecretSource(String);

impl FromStr for SecretSource {
    type Err = NotASecretSource;

    fn from_str(text: &str) -> Result<Self, Self::Err> {
        let refuse = |why: &str| Err(NotASecretSource(why.to_owned()));
        match text.split_once(':') {
            Some(("env", "")) => refuse("`env:` needs the name of a variable"),
            Some(("env", name)) if name.contains('=') => {
                refuse("the name of a variable has no `=`")
            }
            Some(("env", name)) => Ok(Self::Environment(name.to_owned())),
            Some(("file", "")) => refuse("`file:` needs a path"),
            Some(("file", path)) => Ok(Self::File(path.into())),
            Some(("cmd", line)) => match shlex::split(line) {
                None => refuse("`cmd:` has an unbalanced quote"),
                Some(words) if words.is_empty() => refuse("`cmd:` needs a program"),
                Some(words) => Ok(Self::Command(words)),
            },
            None if text == "stdin" || text == "-" => Ok(Self::Stdin),
            None if text == "prompt" => Ok(Self::Prompt),
            // The text may be the secret itself: it is not repeated.
            _ => refuse(
                "a secret is given by reference, never as a value: env:NAME, file:PATH, stdin, prompt or cmd:PROGRAM ARG…",
            ),
        }
    }
}

impl fmt::Display for SecretSource {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Environment(name) => write!(f, "env:{name}"),
            Self::File(path) => write!(f, "file:{}", path.display()),
            Self::Stdin => f.write_str("stdin"),
            Self::Prompt => f.write_str("prompt"),
            // Arguments may be secrets themselves.
            Self::Command(words) => write!(f, "cmd:{}", words[0]),
        }
    }
}

/// A secret's text. It has no `Display`, and its `Debug` says nothing. Whatever becomes one is known from then on to
/// every redactor of its thread, so that no place has to think of it.
#[derive(Clone)]
pub struct Secret(SecretString);

thread_local! {
    /// Every secret that there was in this thread, once. Commands make theirs in the thread that reports.
    static KNOWN: RefCell<Vec<Secret>> = const { RefCell::new(Vec::new()) };
}

impl Secret {
    pub fn new(text: impl Into<String>) -> Self {
        let secret = Self::may_be_shown(text);
        KNOWN.with_borrow_mut(|known| {
            if !known.iter().any(|one| one.expose() == secret.expose()) {
                known.push(secret.clone());
            }
        });
        secret
    }

    /// A text where a secret is expected, and which is none: a user's name.
    pub fn may_be_shown(text: impl Into<String>) -> Self {
        Self(SecretString::from(text.into()))
    }

    /// The secrets that there were so far in this thread, but for the first `count`.
    pub fn known_after(count: usize) -> Vec<Self> {
        KNOWN.with_borrow(|known| known[count..].to_vec())
    }

    /// The text itself: for the wire, for signing, and for the redactor, nowhere else.
    pub fn expose(&self) -> &str {
        self.0.expose_secret()
    }
}

impl fmt::Debug for Secret {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str("Secret(…)")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn sources_are_read_and_shown() {
        for (text, shown) in [
            ("env:TOKEN", "env:TOKEN"),
            ("file:/run/token", "file:/run/token"),
            ("stdin", "stdin"),
            ("prompt", "prompt"),
            ("cmd:pass show 'my token'", "cmd:pass"),
        ] {
            assert_eq!(text.parse::<SecretSource>().unwrap().to_string(), shown);
        }
        assert_eq!(
            "cmd:pass show 'my token'".parse(),
            Ok(SecretSource::Command(vec![
                "pass".into(),
                "show".into(),
                "my token".into()
            ]))
        );
    }

    #[test]
    fn a_value_in_place_of_a_source_is_refused_and_not_repeated() {
        for text in [
            "hunter2",
            "eyJhbGciOi.J9.x",
            "env:",
            "file:",
            "cmd:",
            "cmd:'a",
            "https://x",
        ] {
            let refusal = text.parse::<SecretSource>().unwrap_err().to_string();
            assert!(
                !refusal.contains("hunter2") && !refusal.contains("eyJ"),
                "{refusal}"
            );
        }
    }

    #[test]
    fn every_secret_is_known_once() {
        let count = Secret::known_after(0).len();
        for text in ["one", "two", "one"] {
            let _ = Secret::new(text);
        }
        let _ = Secret::may_be_shown("three");
        let known = Secret::known_after(count);
        let known: Vec<&str> = known.iter().map(Secret::expose).collect();
        assert_eq!(known, ["one", "two"]);
    }

    #[test]
    fn a_secret_is_not_printed() {
        assert_eq!(format!("{:?}", Secret::new("hunter2")), "Secret(…)");
    }
}
