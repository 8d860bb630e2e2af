//! Takes kept tokens away, for good.

use std::collections::BTreeSet;
use std::fs;
use std::io;
use std::path::Path;

use super::disk;
use super::disk::NotOpened;
use super::fault::Notice;
use super::key::CacheKey;
use super::lock;
use super::salt;
use crate::trusted_path;

/// What was taken away.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub(crate) struct Cleared {
    /// Tokens.
    pub entries: usize,
    /// Keys that another process is obtaining a token for: it may keep one again.
    pub in_use: usize,
}

/// Empties a cache directory; one that is not there is empty. The salt goes too, unless a key is in use.
///
/// # Errors
/// When the directory is not trusted, or a file cannot be removed.
pub(crate) fn all(directory: &Path) -> Result<Cleared, NotOpened> {
    let unavailable = |error: io::Error| {
        NotOpened::Unavailable(Notice::Unavailable {
            path: directory.to_owned(),
            why: error.to_string(),
        })
    };
    match trusted_path::check_private(directory) {
        Err(error) if error.kind() == io::ErrorKind::NotFound => return Ok(Cleared::default()),
        checked => checked.map_err(unavailable)?.map_err(NotOpened::Refused)?,
    }
    let mut cleared = Cleared::default();
    for key in keys(directory).map_err(unavailable)? {
        let one = clear(directory, &key).map_err(unavailable)?;
        cleared.entries += one.entries;
        cleared.in_use += one.in_use;
    }
    if cleared.in_use == 0 {
        for file in [salt::FILE, salt::TEMPORARY, salt::LOCK] {
            disk::remove(&directory.join(file)).map_err(unavailable)?;
        }
    }
    Ok(cleared)
}

/// Takes away what is kept under one key.
///
/// # Errors
/// When a file cannot be removed.
pub(crate) fn one(directory: &Path, key: &CacheKey) -> io::Result<Cleared> {
    clear(directory, &key.to_string())
}

fn clear(directory: &Path, key: &str) -> io::Result<Cleared> {
    let lock_path = disk::lock_path(directory, key);
    let held = lock::try_acquire(&lock_path)?;
    let entries = usize::from(disk::remove(&disk::token_path(directory, key))?);
    if held.is_none() {
        // What is half-written is its holder's, who will put it in place.
        return Ok(Cleared { entries, in_use: 1 });
    }
    disk::remove(&disk::temporary_path(directory, key))?;
    // While it is held: whoever waits for it sees that it is gone, and makes another.
    disk::remove(&lock_path)?;
    Ok(Cleared { entries, in_use: 0 })
}

/// The keys that some file is named after. Other files are not ours.
fn keys(directory: &Path) -> io::Result<BTreeSet<String>> {
    let mut keys = BTreeSet::new();
    for entry in fs::read_dir(directory)? {
        let name = entry?.file_name();
        let Some((key, "token" | "lock" | "tmp")) =
            name.to_str().and_then(|name| name.split_once('.'))
        else {
            continue;
        };
        if key.len() == 64 && key.bytes().all(|byte| byte.is_ascii_hexdigit()) {
            keys.insert(key.to_owned());
        }
    }
    Ok(keys)
}

#[cfg(test)]
mod tests;
