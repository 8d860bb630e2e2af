//! Tokens kept in files, one for each key, in a directory that is the user's alone.
//!
//! `KEY.token` is replaced whole, under the lock of `KEY.lock`, by way of `KEY.tmp`. A file that is
//! damaged, of another version or open to others is passed over, and replaced with the next token.

use std::fs;
use std::io;
use std::io::Read as _;
use std::os::unix::fs::MetadataExt as _;
use std::path::Path;
use std::path::PathBuf;
use std::time::Duration;

use super::entry::Entry;
use super::fault::Notice;
use super::fault::Unfit;
use super::key::CacheKey;
use super::key::HashKey;
use super::lock;
use super::lock::Lock;
use super::salt;
use crate::trusted_path;
use crate::trusted_path::Refused;
use crate::whole_file::WholeFile;

/// Larger files are not ours: tokens are taken up to 1 MiB, twice, and JSON escapes them.
const LIMIT: u64 = 16 << 20;

/// An open cache directory.
#[derive(Debug)]
pub struct Disk {
    directory: PathBuf,
    owner: u32,
    hash_key: HashKey,
}

/// Why a directory could not be opened.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotOpened {
    Refused(Refused),
    /// There is no use in it, and no danger.
    Unavailable(Notice),
}

/// Why a key could not be locked.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum NotLocked {
    /// Another process still holds it.
    Busy(PathBuf),
    /// It cannot be locked at all.
    Failed(Notice),
}

/// What a look at a file gave.
#[derive(Debug, Default)]
pub struct Found {
    pub entry: Option<Entry>,
    /// Why a file that is there was not used.
    pub passed_over: Option<Notice>,
}

impl Disk {
    /// Opens a cache directory, which is made if there is none.
    ///
    /// # Errors
    /// When others could have their hands in it, or when it cannot be made or written.
    pub fn open(directory: &Path) -> Result<Self, NotOpened> {
        let unavailable = |error: io::Error| {
            NotOpened::Unavailable(Notice::Unavailable {
                path: directory.to_owned(),
                why: error.to_string(),
            })
        };
        trusted_path::open_private(directory)
            .map_err(unavailable)?
            .map_err(NotOpened::Refused)?;
        // Whether it can be written to, and the user's number.
        let made = tempfile::tempfile_in(directory).and_then(|file| file.metadata());
        let owner = made.map_err(unavailable)?.uid();
        Ok(Self {
            directory: directory.to_owned(),
            owner,
            hash_key: salt::read_or_make(directory).map_err(unavailable)?,
        })
    }

    pub fn path(&self) -> &Path {
        &self.directory
    }

    pub fn hash_key(&self) -> &HashKey {
        &self.hash_key
    }

    /// What is kept under `key`, seen without its lock: the old file or the new one, never half of one.
    pub fn read(&self, key: &CacheKey) -> Found {
        let path = token_path(&self.directory, key);
        match self.load(&path, key) {
            Ok(entry) => Found {
                entry,
                passed_over: None,
            },
            Err(why) => Found {
                entry: None,
                passed_over: Some(Notice::PassedOver { path, why }),
            },
        }
    }

    /// Locks `key` against all other processes, within `limit`. Does not block the runtime.
    ///
    /// # Errors
    /// When another holds it for longer, or when it cannot be locked at all.
    pub async fn lock(&self, key: &CacheKey, limit: Duration) -> Result<Locked<'_>, NotLocked> {
        let path = lock_path(&self.directory, key);
        match lock::acquire(&path, limit).await {
            Ok(Some(lock)) => Ok(Locked {
                disk: self,
                key: *key,
                _lock: lock,
            }),
            Ok(None) => Err(NotLocked::Busy(path)),
            Err(error) => Err(NotLocked::Failed(Notice::NotLocked {
                path,
                why: error.to_string(),
            })),
        }
    }

    fn load(&self, path: &Path, key: &CacheKey) -> Result<Option<Entry>, Unfit> {
        let unreadable = |error: io::Error| Unfit::Unreadable(error.to_string());
        let found = match fs::symlink_metadata(path) {
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(unreadable)?,
        };
        let mode = found.mode() & 0o7777;
        if found.is_symlink() {
            return Err(Unfit::Symlink);
        }
        if !found.is_file() {
            return Err(Unfit::NotAFile);
        }
        if found.uid() != self.owner {
            return Err(Unfit::Foreign { owner: found.uid() });
        }
        if mode & 0o077 != 0 {
            return Err(Unfit::Wide { mode });
        }
        let mut bytes = Vec::new();
        let file = match fs::File::open(path) {
            // Cleared this moment.
            Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(None),
            other => other.map_err(unreadable)?,
        };
        file.take(LIMIT)
            .read_to_end(&mut bytes)
            .map_err(unreadable)?;
        Entry::decode(&bytes, key).map(Some).ok_or(Unfit::Damaged)
    }
}

/// A key that no other process reads to refresh or writes while this is held.
#[derive(Debug)]
pub struct Locked<'a> {
    disk: &'a Disk,
    key: CacheKey,
    _lock: Lock,
}

impl Locked<'_> {
    /// What is kept. A token that was written whole by a process that died before it could put it in
    /// place is put there now: its refresh token may be the only one that still serves.
    pub fn read(&self) -> Found {
        let temporary = temporary_path(&self.disk.directory, self.key);
        let kept = self.disk.read(&self.key);
        let Ok(Some(left)) = self.disk.load(&temporary, &self.key) else {
            return kept;
        };
        let is_newer = |entry: &Entry| left.obtained_at > entry.obtained_at;
        if !kept.entry.as_ref().is_none_or(is_newer) {
            return kept;
        }
        let path = token_path(&self.disk.directory, self.key);
        match fs::rename(&temporary, path) {
            Ok(()) => Found {
                entry: Some(left),
                passed_over: None,
            },
            Err(_) => kept,
        }
    }

    /// Keeps `entry` in place of what was kept. When this returns, it outlives a crash.
    ///
    /// # Errors
    /// When it cannot be written; what was kept is still there.
    pub fn write(&self, entry: &Entry) -> Result<(), Notice> {
        let path = token_path(&self.disk.directory, self.key);
        let temporary = &temporary_name(self.key);
        let durable = WholeFile::Durable {
            temporary: temporary.as_ref(),
        };
        durable
            .replace(&path, &entry.encode(&self.key))
            .map_err(|error| {
                let why = if path.is_dir() {
                    "there is a directory in its place: remove it".to_owned()
                } else {
                    error.to_string()
                };
                Notice::NotStored {
                    path,
                    why,
                    with_refresh_token: entry.refresh_token.is_some(),
                }
            })
    }
}

pub(super) fn token_path(directory: &Path, key: impl std::fmt::Display) -> PathBuf {
    directory.join(format!("{key}.token"))
}

pub(super) fn lock_path(directory: &Path, key: impl std::fmt::Display) -> PathBuf {
    directory.join(format!("{key}.lock"))
}

pub(super) fn temporary_path(directory: &Path, key: impl std::fmt::Display) -> PathBuf {
    directory.join(temporary_name(key))
}

fn temporary_name(key: impl std::fmt::Display) -> String {
    format!("{key}.tmp")
}

/// Removes a file, or the symbolic link in its place; whether there was one.
pub(super) fn remove(path: &Path) -> io::Result<bool> {
    match fs::remove_file(path) {
        Ok(()) => Ok(true),
        Err(error) if error.kind() == io::ErrorKind::NotFound => Ok(false),
        Err(error) => Err(error),
    }
}

#[cfg(test)]
mod tests;
