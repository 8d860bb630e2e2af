//! Tokens that were obtained and still serve: in memory, or on disk between runs.
//!
//! [`Cache::obtain`] gives a usable one, and fetches one only when there is none. One request at a time
//! is under way for each key, in this process (`flight`) and between processes ([`disk`], under a
//! lock, after another look at what is kept). A new token is kept before it is given out, since with
//! refresh tokens that serve once the old ones are spent.

pub(crate) mod clear;
pub(crate) mod disk;
pub(crate) mod entry;
pub(crate) mod fault;
mod flight;
pub(crate) mod key;
mod lock;
mod salt;

use std::path::Path;
use std::time::Duration;

use time::OffsetDateTime;

pub(crate) use crate::trusted_path::Refused;
pub(crate) use clear::Cleared;
pub use disk::Disk;
pub use entry::Entry;
pub(crate) use fault::NotServed;
pub(crate) use fault::Notice;
pub(crate) use key::CacheKey;
pub use key::KeyBuilder;

use crate::secret::Secret;
use disk::NotLocked;
use disk::NotOpened;
use flight::Flights;
use key::HashKey;

/// How long another process may hold the lock on a token before one gives up.
const LOCK_WAIT: Duration = Duration::from_secs(30);

/// Where tokens are kept.
#[derive(Debug)]
pub(crate) struct Cache {
    kept: Kept,
    flights: Flights,
}

#[derive(Debug)]
enum Kept {
    Nowhere(HashKey),
    Memory(HashKey),
    Disk(Disk),
}

/// Which token will do.
#[derive(Clone, Copy, Debug)]
pub(crate) enum Want<'a> {
    /// One that is usable.
    Usable,
    /// One that is usable and is not this one, which a server refused.
    InsteadOf(&'a Secret),
    /// A new one, whatever is kept.
    New,
}

/// How a token was come by.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum How {
    /// It was kept, or another call or process has just fetched it.
    Cached,
    /// It was fetched where none was kept.
    Fetched,
    /// It was fetched in place of an older one.
    Refreshed,
}

/// A token to use.
#[derive(Clone, Debug)]
pub(crate) struct Served {
    pub entry: Entry,
    pub how: How,
    /// What the cache could not do as it should.
    pub notices: Vec<Notice>,
}

impl Want<'_> {
    fn is_met_by(self, entry: &Entry, now: OffsetDateTime) -> bool {
        match self {
            Self::Usable => entry.usable(now),
            Self::InsteadOf(refused) => {
                entry.usable(now) && entry.access_token.expose() != refused.expose()
            }
            Self::New => false,
        }
    }
}

impl Cache {
    /// Keeps nothing: each call fetches its own, or joins the request under way.
    pub(crate) fn off() -> Self {
        Self::new(Kept::Nowhere(HashKey::random()))
    }

    /// Keeps tokens for as long as the process lives.
    pub(crate) fn memory() -> Self {
        Self::new(Kept::Memory(HashKey::random()))
    }

    /// Keeps tokens in `directory`. When it cannot be made or written,
    /// tokens are kept in memory, and the notice says why.
    ///
    /// # Errors
    /// When others could have their hands in it.
    pub(crate) fn disk(directory: &Path) -> Result<(Self, Option<Notice>), Refused> {
        match Disk::open(directory) {
            Ok(disk) => Ok((Self::new(Kept::Disk(disk)), None)),
            Err(NotOpened::Unavailable(notice)) => Ok((Self::memory(), Some(notice))),
            Err(NotOpened::Refused(refused)) => Err(refused),
        }
    }

    fn new(kept: Kept) -> Self {
        Self {
            kept,
            flights: Flights::default(),
        }
    }

    /// Begins the key of a token in this cache. `kind`: what is asked for, such as `oauth`.
    pub(crate) fn key(&self, kind: &str) -> KeyBuilder<'_> {
        let hash_key = match &self.kept {
            Kept::Nowhere(hash_key) | Kept::Memory(hash_key) => hash_key,
            Kept::Disk(disk) => disk.hash_key(),
        };
        KeyBuilder::new(hash_key, kind)
    }

    /// A token that meets `want`: the kept one, or else the one that `fetch` gives, which is kept.
    ///
    /// `clock` is asked whenever a token is looked at, since waiting for another process takes time.
    /// `fetch` is given the token to replace, if there is one, with its refresh token; of an answer
    /// that brings no new refresh token, it puts the old one into what it returns. It must not use
    /// the same key of this cache. What it returns is kept without another point at which the call
    /// could be cancelled.
    ///
    /// # Errors
    /// When `fetch` fails, or did so for another caller within the last second; when another process
    /// holds the token for too long.
    pub(crate) async fn obtain<E, F>(
        &self,
        key: &CacheKey,
        clock: impl Fn() -> OffsetDateTime,
        want: Want<'_>,
        fetch: F,
    ) -> Result<Served, NotServed<E>>
    where
        E: Clone + Send + 'static,
        F: AsyncFnOnce(Option<Entry>) -> Result<Entry, E>,
    {
        let mut turn = self.flights.enter(key).await;
        if let Some(entry) = turn.fetched_meanwhile() {
            return Ok(Served::cached(entry.clone()));
        }
        if let Kept::Nowhere(_) = self.kept {
            let entry = fetch(None).await.map_err(NotServed::Fetch)?;
            turn.fetched(entry.clone());
            return Ok(Served::fetched(entry, How::Fetched, Vec::new()));
        }
        let in_hand = turn.entry().cloned();
        if let Some(entry) = in_hand.clone().filter(|it| want.is_met_by(it, clock())) {
            return Ok(Served::cached(entry));
        }
        if let Some(failure) = turn.failure() {
            return Err(failure);
        }
        let served = match &self.kept {
            Kept::Disk(disk) => through(disk, key, clock, want, in_hand, fetch).await,
            Kept::Nowhere(_) | Kept::Memory(_) => fetched(in_hand, fetch).await,
        };
        match &served {
            Ok(served) if served.how == How::Cached => turn.found(served.entry.clone()),
            Ok(served) => turn.fetched(served.entry.clone()),
            Err(error) => turn.failed(error.clone()),
        }
        served
    }

    /// Whether what it keeps is there for the next process.
    pub(crate) fn outlives_the_process(&self) -> bool {
        matches!(self.kept, Kept::Disk(_))
    }

    /// What is kept on disk under `key`, usable or not.
    pub(crate) fn kept(&self, key: &CacheKey) -> Option<Entry> {
        match &self.kept {
            Kept::Disk(disk) => disk.read(key).entry,
            Kept::Nowhere(_) | Kept::Memory(_) => None,
        }
    }

    /// Forgets the token of `key`, as when its refresh token was refused; how many that were on disk.
    ///
    /// # Errors
    /// When the file cannot be removed.
    pub(crate) async fn forget(&self, key: &CacheKey) -> std::io::Result<Cleared> {
        self.flights.forget(key).await;
        match &self.kept {
            Kept::Disk(disk) => clear::one(disk.path(), key),
            Kept::Nowhere(_) | Kept::Memory(_) => Ok(Cleared::default()),
        }
    }
}

impl Served {
    fn cached(entry: Entry) -> Self {
        Self::fetched(entry, How::Cached, Vec::new())
    }

    fn fetched(entry: Entry, how: How, notices: Vec<Notice>) -> Self {
        Self {
            entry,
            how,
            notices,
        }
    }
}

async fn fetched<E, F>(old: Option<Entry>, fetch: F) -> Result<Served, NotServed<E>>
where
    F: AsyncFnOnce(Option<Entry>) -> Result<Entry, E>,
{
    let how = match old {
        None => How::Fetched,
        Some(_) => How::Refreshed,
    };
    let entry = fetch(old).await.map_err(NotServed::Fetch)?;
    Ok(Served::fetched(entry, how, Vec::new()))
}

/// Looks on disk; under the lock, looks again; fetches, and keeps.
async fn through<E, F>(
    disk: &Disk,
    key: &CacheKey,
    clock: impl Fn() -> OffsetDateTime,
    want: Want<'_>,
    in_hand: Option<Entry>,
    fetch: F,
) -> Result<Served, NotServed<E>>
where
    F: AsyncFnOnce(Option<Entry>) -> Result<Entry, E>,
{
    let seen = disk.read(key).entry;
    if let Some(entry) = seen.filter(|entry| want.is_met_by(entry, clock())) {
        return Ok(Served::cached(entry));
    }
    let locked = match disk.lock(key, LOCK_WAIT).await {
        Ok(locked) => locked,
        Err(NotLocked::Busy(path)) => {
            let waited = LOCK_WAIT;
            return Err(NotServed::Busy { path, waited });
        }
        // Where nothing can be locked nothing is written: two would write at once.
        Err(NotLocked::Failed(notice)) => {
            let mut served = fetched(in_hand, fetch).await?;
            served.notices.push(notice);
            return Ok(served);
        }
    };
    let found = locked.read();
    if let Some(entry) = found.entry.clone().filter(|it| want.is_met_by(it, clock())) {
        return Ok(Served::cached(entry));
    }
    let mut served = fetched(newer(found.entry, in_hand), fetch).await?;
    let stored = locked.write(&served.entry).err();
    served.notices.extend(found.passed_over);
    served.notices.extend(stored);
    Ok(served)
}

/// The one in hand is the newer when it could not be stored.
fn newer(kept: Option<Entry>, in_hand: Option<Entry>) -> Option<Entry> {
    [kept, in_hand]
        .into_iter()
        .flatten()
        .max_by_key(|entry| entry.obtained_at)
}

#[cfg(test)]
mod tests;
