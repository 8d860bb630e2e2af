//! SSLKEYLOGFILE: where TLS sessions' secrets are written, so that a capture can be read. That is said, for a
//! variable that an environment brings along decrypts what is meant to be secret.

use std::ffi::OsStr;
use std::fs::OpenOptions;
use std::io;
use std::io::Write as _;
use std::sync::OnceLock;

use crate::plan::environment;

/// The variable, as rustls and the libraries of browsers read it.
const VARIABLE: &str = "SSLKEYLOGFILE";

/// Whether keys are written. The first who asks is told where, or why not.
pub(crate) fn plan(notices: &mut Vec<String>) -> bool {
    static WRITES: OnceLock<bool> = OnceLock::new();
    *WRITES.get_or_init(|| {
        let Some(file) = environment::value(VARIABLE).filter(|file| !file.is_empty()) else {
            return false;
        };
        let (writes, notice) = found(&file);
        notices.push(notice);
        writes
    })
}

fn found(file: &OsStr) -> (bool, String) {
    let name = file.display();
    match begin(file) {
        Ok(()) => (
            true,
            format!(
                "{VARIABLE} is set: the keys of TLS sessions are appended to {name}; anyone who can read it can decrypt what is sent"
            ),
        ),
        Err(error) => (
            false,
            format!("the keys of TLS sessions are not written: {VARIABLE} names {name}: {error}"),
        ),
    }
}

/// A comment of the file's format: a full disk would otherwise be noticed by nobody.
fn begin(file: &OsStr) -> io::Result<()> {
    let mut file = OpenOptions::new().append(true).create(true).open(file)?;
    writeln!(file, "# {}", env!("CARGO_PKG_NAME"))
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn what_cannot_be_written_is_said() {
        let directory = tempfile::tempdir().unwrap();
        let file = directory.path().join("keys");
        let (writes, notice) = found(file.as_os_str());
        assert!(
            writes && notice.contains(file.to_str().unwrap()),
            "{notice}"
        );
        for bad in [
            directory.path().as_os_str(),
            OsStr::new("/dev/full"),
            OsStr::new("/nowhere/keys"),
        ] {
            let (writes, notice) = found(bad);
            assert!(!writes && notice.contains("are not written"), "{notice}");
        }
    }
}
