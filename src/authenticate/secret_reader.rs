//! Reads a secret from where its reference points. Called by the plan, before the first packet.

use std::ffi::OsString;
use std::fs::File;
use std::io;
use std::io::Read as _;
use std::path::Path;
use std::time::Duration;

use crate::authenticate::program;
use crate::authenticate::program::Invocation;
use crate::authenticate::program::ProgramFailed;
use crate::secret::Secret;
use crate::secret::SecretSource;

/// The longest secret that is taken: a token of more than a mebibyte is a mistaken file.
const LIMIT: u64 = 1 << 20;

/// A secret that was read, and what was corrected in it.
#[derive(Debug)]
pub(crate) struct ReadSecret {
    pub secret: Secret,
    pub notice: Option<String>,
}

/// Why a reference led to no secret. The texts name the reference, never the value.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unreadable {
    /// The variable is not set.
    Unset(String),
    /// The source is there and holds nothing.
    Empty(String),
    NotFound(String),
    /// The system's words for why not.
    Failed {
        source: String,
        why: String,
    },
    /// Longer than any secret, or not text.
    NotASecret {
        source: String,
        why: &'static str,
    },
    /// `cmd:` printed nothing within its bounds.
    Program(ProgramFailed),
}

/// Reads `source`. One trailing line end is taken off, with a notice. `environment` gives a variable's value, and a
/// program has `time_limit`.
pub(crate) fn read(
    source: &SecretSource,
    environment: impl FnOnce(&str) -> Option<OsString>,
    time_limit: Duration,
) -> Result<ReadSecret, Unreadable> {
    let shown = source.to_string();
    let bytes = match source {
        SecretSource::Environment(name) => match environment(name) {
            None => return Err(Unreadable::Unset(name.clone())),
            Some(value) => value.into_encoded_bytes(),
        },
        SecretSource::File(path) => read_file(path, &shown)?,
        SecretSource::Stdin => read_bounded(io::stdin().lock(), &shown)?,
        SecretSource::Prompt => rpassword::prompt_password("secret: ")
            .map_err(|error| failed(&shown, &error))?
            .into_bytes(),
        SecretSource::Command(words) => run(words, time_limit)?,
    };
    tidy(bytes, shown)
}

fn read_file(path: &Path, shown: &str) -> Result<Vec<u8>, Unreadable> {
    let file = File::open(path).map_err(|error| match error.kind() {
        io::ErrorKind::NotFound => Unreadable::NotFound(path.display().to_string()),
        _ => failed(shown, &error),
    })?;
    read_bounded(file, shown)
}

fn read_bounded(source: impl io::Read, shown: &str) -> Result<Vec<u8>, Unreadable> {
    let mut bytes = Vec::new();
    source
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| failed(shown, &error))?;
    Ok(bytes)
}

/// Runs a program without a shell; its errors go to ours.
fn run(words: &[String], time_limit: Duration) -> Result<Vec<u8>, Unreadable> {
    program::run_blocking(Invocation {
        words,
        input: None,
        environment: Vec::new(),
        time_limit,
    })
    .map_err(Unreadable::Program)
}

fn tidy(bytes: Vec<u8>, source: String) -> Result<ReadSecret, Unreadable> {
    if bytes.len() as u64 > LIMIT {
        return Err(Unreadable::NotASecret {
            source,
            why: "it is larger than 1 MiB",
        });
    }
    if is_utf16(&bytes) {
        return Err(Unreadable::NotASecret {
            source,
            why: "it is UTF-16, as PowerShell's > writes it; convert it to UTF-8: iconv -f UTF-16 -t UTF-8",
        });
    }
    let Ok(text) = String::from_utf8(bytes) else {
        return Err(Unreadable::NotASecret {
            source,
            why: "it is not text (UTF-8)",
        });
    };
    // A byte order mark: editors of Windows put one in front of UTF-8.
    let unmarked = text.strip_prefix('\u{feff}').unwrap_or(&text);
    let tidied = unmarked.strip_suffix('\n').unwrap_or(unmarked);
    let tidied = tidied.strip_suffix('\r').unwrap_or(tidied);
    if tidied.is_empty() {
        return Err(Unreadable::Empty(source));
    }
    Ok(ReadSecret {
        secret: Secret::new(tidied),
        // Files and programs end their last line as a matter of course.
        notice: (tidied.len() < text.len() && source.starts_with("env:"))
            .then(|| format!("the line end after the value of {source} was taken off")),
    })
}

/// Whether it begins with UTF-16's byte order mark, or every second byte of it is zero.
fn is_utf16(bytes: &[u8]) -> bool {
    let is_marked = bytes.len() > 2 && matches!(bytes, [0xff, 0xfe, ..] | [0xfe, 0xff, ..]);
    let zeros = |first: usize| {
        let mut octets = bytes.iter().skip(first).step_by(2);
        bytes.len() > 3 && octets.all(|octet| *octet == 0)
    };
    is_marked || zeros(0) || zeros(1)
}

fn failed(source: &str, error: &io::Error) -> Unreadable {
    Unreadable::Failed {
        source: source.to_owned(),
        why: error.to_string(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticate::program::Why;
    use std::io::Write as _;

    fn read(source: &SecretSource) -> Result<ReadSecret, Unreadable> {
        super::read(
            source,
            |name| (name == "SET").then(|| "s3cret".into()),
            program::TIME_LIMIT,
        )
    }

    fn source(text: &str) -> SecretSource {
        text.parse().unwrap()
    }

    #[test]
    fn files_commands_and_variables_are_read() {
        let mut file = tempfile::NamedTempFile::new().unwrap();
        file.write_all(b"s3cret\r\n").unwrap();
        let path = format!("file:{}", file.path().display());
        assert_eq!(read(&source(&path)).unwrap().secret.expose(), "s3cret");
        assert_eq!(
            read(&source("cmd:printf '%s' 'a b'"))
                .unwrap()
                .secret
                .expose(),
            "a b"
        );
        assert_eq!(read(&source("env:SET")).unwrap().secret.expose(), "s3cret");
    }

    #[test]
    fn byte_order_marks_are_known() {
        let tidied = |bytes: &[u8]| tidy(bytes.to_vec(), "file:t".to_owned());
        let utf16 =
            |text: &str| -> Vec<u8> { text.encode_utf16().flat_map(u16::to_le_bytes).collect() };
        let marked = "\u{feff}s3cret\r\n";
        assert_eq!(tidied(marked.as_bytes()).unwrap().secret.expose(), "s3cret");
        assert!(matches!(
            tidied("\u{feff}\n".as_bytes()),
            Err(Unreadable::Empty(_))
        ));
        for bytes in [utf16(marked), utf16("s3cret")] {
            let Err(Unreadable::NotASecret { why, .. }) = tidied(&bytes) else {
                panic!("{bytes:?}");
            };
            assert!(why.contains("UTF-16"), "{why}");
        }
        // Near misses.
        assert!(tidied(b"a\0bc").is_ok());
        let Err(Unreadable::NotASecret { why, .. }) = tidied(&[0xff, 0x80, 0x41]) else {
            panic!("it is not text");
        };
        assert!(!why.contains("UTF-16"), "{why}");
    }

    #[test]
    fn what_holds_no_secret_is_told_apart() {
        let empty = tempfile::NamedTempFile::new().unwrap();
        let mut binary = tempfile::NamedTempFile::new().unwrap();
        binary.write_all(&[0xff, 0xfe]).unwrap();
        let of =
            |file: &tempfile::NamedTempFile| source(&format!("file:{}", file.path().display()));
        assert!(matches!(read(&of(&empty)), Err(Unreadable::Empty(_))));
        assert!(matches!(
            read(&of(&binary)),
            Err(Unreadable::NotASecret { .. })
        ));
        assert!(matches!(
            read(&source("file:/nonexistent")),
            Err(Unreadable::NotFound(_))
        ));
        assert!(matches!(
            read(&source("env:UNSET")),
            Err(Unreadable::Unset(_))
        ));
        assert!(matches!(
            read(&source("cmd:false")),
            Err(Unreadable::Program(ProgramFailed {
                why: Why::Status(1),
                ..
            }))
        ));
        assert!(matches!(
            read(&source("cmd:/nonexistent/program")),
            Err(Unreadable::Program(ProgramFailed {
                why: Why::NotFound,
                ..
            }))
        ));
        assert!(matches!(
            read(&source("cmd:yes")),
            Err(Unreadable::Program(ProgramFailed {
                why: Why::TooMuch(_),
                ..
            }))
        ));
    }
}
