//! A lock between processes: a file beside the one that it guards, locked by the kernel.
//!
//! The guarded file itself is replaced by renaming, and a lock on it would go with the old one. A
//! holder that dies, however, leaves no lock behind: the kernel takes it back.

use std::fs;
use std::fs::File;
use std::fs::TryLockError;
use std::io;
use std::os::unix::fs::MetadataExt as _;
use std::os::unix::fs::OpenOptionsExt as _;
use std::path::Path;
use std::time::Duration;

use tokio::time::Instant;
use tokio::time::sleep;

/// The first pause before another try, doubled up to [`LONGEST_PAUSE`].
const FIRST_PAUSE: Duration = Duration::from_millis(2);
const LONGEST_PAUSE: Duration = Duration::from_millis(50);

/// A lock that is held until this is dropped.
#[derive(Debug)]
pub(super) struct Lock {
    file: File,
}

impl Drop for Lock {
    /// Given back by name: a process that another thread forks this moment has the file open too, until it runs its
    /// program, and the kernel would keep the lock as long.
    fn drop(&mut self) {
        // Fails on file systems without locks, which gave none.
        let _ = self.file.unlock();
    }
}

/// Tries once. `None`: another holds it.
pub(super) fn try_acquire(path: &Path) -> io::Result<Option<Lock>> {
    match fs::symlink_metadata(path) {
        Ok(found) if !found.is_file() => return Err(io::Error::other("it is not a plain file")),
        _ => {}
    }
    let file = File::options()
        .read(true)
        .write(true)
        .create(true)
        .truncate(false)
        .mode(0o600)
        .open(path)?;
    match file.try_lock() {
        Ok(()) => {}
        Err(TryLockError::WouldBlock) => return Ok(None),
        Err(TryLockError::Error(error)) => return Err(error),
    }
    // Whoever clears the cache takes lock files away: then this is a lock on nothing.
    Ok(is_at(&file, path).then(|| Lock { file }))
}

/// Waits for the lock without blocking the runtime. `None`: another still holds it after `limit`.
pub(super) async fn acquire(path: &Path, limit: Duration) -> io::Result<Option<Lock>> {
    let started = Instant::now();
    let mut pause = FIRST_PAUSE;
    loop {
        if let Some(lock) = try_acquire(path)? {
            return Ok(Some(lock));
        }
        let left = limit.saturating_sub(started.elapsed());
        if left.is_zero() {
            return Ok(None);
        }
        sleep(pause.min(left)).await;
        pause = (pause * 2).min(LONGEST_PAUSE);
    }
}

fn is_at(file: &File, path: &Path) -> bool {
    match (file.metadata(), fs::symlink_metadata(path)) {
        (Ok(held), Ok(there)) => (held.dev(), held.ino()) == (there.dev(), there.ino()),
        _ => false,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test(start_paused = true)]
    async fn one_holder_at_a_time_and_the_wait_is_bounded() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x.lock");
        let held = try_acquire(&path).unwrap().unwrap();
        assert!(try_acquire(&path).unwrap().is_none());
        let started = Instant::now();
        let limit = Duration::from_secs(30);
        assert!(acquire(&path, limit).await.unwrap().is_none());
        assert_eq!(started.elapsed(), limit);
        let (got, ()) = tokio::join!(acquire(&path, limit), async {
            sleep(Duration::from_secs(1)).await;
            drop(held);
        });
        assert!(got.unwrap().is_some());
        assert_eq!(fs::metadata(&path).unwrap().mode() & 0o777, 0o600);
    }

    #[test]
    fn a_lock_whose_file_was_taken_away_is_none() {
        let directory = tempfile::tempdir().unwrap();
        let path = directory.path().join("x.lock");
        let held = try_acquire(&path).unwrap().unwrap();
        let file = File::open(&path).unwrap();
        assert!(is_at(&file, &path));
        fs::remove_file(&path).unwrap();
        assert!(!is_at(&file, &path));
        assert!(try_acquire(&path).unwrap().is_some());
        assert!(!is_at(&file, &path));
        drop(held);
    }

    #[test]
    fn what_is_no_plain_file_is_no_lock() {
        let directory = tempfile::tempdir().unwrap();
        let link = directory.path().join("link");
        std::os::unix::fs::symlink(directory.path().join("elsewhere"), &link).unwrap();
        assert!(try_acquire(&link).is_err() && try_acquire(directory.path()).is_err());
        assert!(!directory.path().join("elsewhere").exists());
        assert!(try_acquire(&directory.path().join("no/where")).is_err());
    }
}
