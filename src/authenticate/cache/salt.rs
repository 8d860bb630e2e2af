//! The key under which a cache directory's secrets are hashed: 32 random bytes in `salt`.

use std::fs;
use std::io;
use std::path::Path;
use std::thread;
use std::time::Duration;

use ring::rand::SecureRandom as _;
use ring::rand::SystemRandom;

use super::key::HashKey;
use super::lock;
use crate::whole_file::WholeFile;

pub(super) const FILE: &str = "salt";
pub(super) const LOCK: &str = "salt.lock";
pub(super) const TEMPORARY: &str = "salt.tmp";

/// Writing 32 bytes takes no longer, whoever does it.
const TRIES: u32 = 400;
const PAUSE: Duration = Duration::from_millis(5);

/// Reads the salt, or makes one. A damaged one is replaced; tokens kept under it are not found again.
pub(super) fn read_or_make(directory: &Path) -> io::Result<HashKey> {
    if let Some(key) = read(directory) {
        return Ok(key);
    }
    for _ in 0..TRIES {
        if let Some(_lock) = lock::try_acquire(&directory.join(LOCK))? {
            // Another may have been quicker.
            return match read(directory) {
                Some(key) => Ok(key),
                None => make(directory),
            };
        }
        thread::sleep(PAUSE);
    }
    Err(io::Error::new(
        io::ErrorKind::TimedOut,
        format!("{LOCK} is held by another process"),
    ))
}

fn read(directory: &Path) -> Option<HashKey> {
    let path = directory.join(FILE);
    if !fs::symlink_metadata(&path).ok()?.is_file() {
        return None;
    }
    let bytes = fs::read(&path).ok()?;
    Some(HashKey::from_bytes(bytes.as_slice().try_into().ok()?))
}

/// The lock is held: what has the temporary name was left by one that died.
fn make(directory: &Path) -> io::Result<HashKey> {
    let mut bytes = [0; HashKey::LENGTH];
    SystemRandom::new()
        .fill(&mut bytes)
        .map_err(|_| io::Error::other("the system gives no random numbers"))?;
    let durable = WholeFile::Durable {
        temporary: TEMPORARY.as_ref(),
    };
    durable.replace(&directory.join(FILE), &bytes)?;
    Ok(HashKey::from_bytes(&bytes))
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::authenticate::cache::key::KeyBuilder;
    use crate::secret::Secret;
    use std::os::unix::fs::MetadataExt as _;

    fn name(key: &HashKey) -> String {
        KeyBuilder::new(key, "x")
            .secret("s", &Secret::new("s"))
            .finish()
            .to_string()
    }

    #[test]
    fn it_is_made_once_and_stays() {
        let directory = tempfile::tempdir().unwrap();
        let first = name(&read_or_make(directory.path()).unwrap());
        assert_eq!(first, name(&read_or_make(directory.path()).unwrap()));
        let mode = fs::metadata(directory.path().join(FILE)).unwrap().mode();
        assert_eq!(mode & 0o777, 0o600);
        assert!(!directory.path().join(TEMPORARY).exists());
    }

    #[test]
    fn a_damaged_one_is_replaced_and_a_left_over_is_no_hindrance() {
        let directory = tempfile::tempdir().unwrap();
        let first = name(&read_or_make(directory.path()).unwrap());
        fs::write(directory.path().join(FILE), b"short").unwrap();
        fs::write(directory.path().join(TEMPORARY), b"left over").unwrap();
        let second = name(&read_or_make(directory.path()).unwrap());
        assert_ne!(first, second);
        assert_eq!(second, name(&read_or_make(directory.path()).unwrap()));
    }

    #[test]
    fn many_at_once_agree() {
        let directory = tempfile::tempdir().unwrap();
        let names: std::collections::BTreeSet<String> = thread::scope(|scope| {
            let threads: Vec<_> = (0..8)
                .map(|_| scope.spawn(|| name(&read_or_make(directory.path()).unwrap())))
                .collect();
            threads.into_iter().map(|it| it.join().unwrap()).collect()
        });
        assert_eq!(names.len(), 1);
    }

    #[test]
    fn a_directory_in_its_place_is_an_error() {
        let directory = tempfile::tempdir().unwrap();
        fs::create_dir(directory.path().join(FILE)).unwrap();
        assert!(read_or_make(directory.path()).is_err());
        assert!(!directory.path().join(TEMPORARY).exists());
    }
}
