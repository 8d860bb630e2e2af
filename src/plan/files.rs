//! Reads the files that flags name.

use std::io;
use std::io::Read as _;
use std::path::Path;

use crate::evidence::FileProblem;
use crate::evidence::Refusal;
use crate::plan::Planned;
use crate::plan::usage;

/// Larger files are a mistake: a CA bundle has 200 KiB, a large set of descriptors some megabytes.
const LIMIT: u64 = 256 << 20;

/// Standard input to its end, which `flag` claims.
pub(crate) fn read_stdin(flag: &str) -> Planned<Vec<u8>> {
    let mut bytes = Vec::new();
    io::stdin()
        .lock()
        .take(LIMIT + 1)
        .read_to_end(&mut bytes)
        .map_err(|error| {
            usage(
                format!("{flag}: standard input cannot be read: {error}"),
                "name a file instead",
            )
        })?;
    if bytes.len() as u64 > LIMIT {
        return Err(usage(
            format!("{flag}: standard input is longer than 256 MiB"),
            "check what is piped into it",
        ));
    }
    Ok(bytes)
}

/// The bytes of `path`, which `flag` names.
pub(crate) fn read(flag: &'static str, path: &Path) -> Planned<Vec<u8>> {
    let refuse = |fault| Refusal::File {
        flag,
        path: path.to_owned(),
        fault,
    };
    let failed = |error: io::Error| {
        refuse(match error.kind() {
            io::ErrorKind::NotFound => FileProblem::NotFound,
            _ => FileProblem::Unreadable(error.to_string()),
        })
    };
    let mut bytes = Vec::new();
    std::fs::File::open(path)
        .and_then(|file| file.take(LIMIT + 1).read_to_end(&mut bytes))
        .map_err(failed)?;
    if bytes.len() as u64 > LIMIT {
        return Err(refuse(FileProblem::Unreadable(
            "it is larger than 256 MiB".into(),
        )));
    }
    Ok(bytes)
}
