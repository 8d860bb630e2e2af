//! What stands in the way of keeping tokens: refusals, and troubles that cost no more than the cache.

use std::fmt;
use std::path::PathBuf;
use std::time::Duration;

/// What went wrong with the cache while the token itself did not suffer.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Notice {
    /// No directory can be found for it; the system's words.
    NoHome(String),
    /// The directory cannot be made or written.
    Unavailable { path: PathBuf, why: String },
    /// A file was not used, and will be replaced.
    PassedOver { path: PathBuf, why: Unfit },
    /// The lock cannot be had at all, as on file systems without locks.
    NotLocked { path: PathBuf, why: String },
    /// The new token could not be written. With a refresh token that serves once, the one that is
    /// still kept is spent.
    NotStored {
        path: PathBuf,
        why: String,
        with_refresh_token: bool,
    },
}

/// Why a file is not taken for a token.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Unfit {
    Symlink,
    NotAFile,
    Foreign {
        owner: u32,
    },
    Wide {
        mode: u32,
    },
    /// Cut off, garbled, of another version or of another key.
    Damaged,
    Unreadable(String),
}

impl fmt::Display for Notice {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoHome(why) => write!(
                f,
                "tokens are kept in memory only, no cache directory can be found ({why}): set HOME or XDG_CACHE_HOME"
            ),
            Self::Unavailable { path, why } => write!(
                f,
                "tokens are kept in memory only, {} cannot be used: {why}",
                path.display()
            ),
            Self::PassedOver { path, why } => {
                write!(f, "the cached token {} was not used: {why}", path.display())
            }
            Self::NotLocked { path, why } => write!(
                f,
                "the new token is kept in memory only, {} cannot be locked: {why}",
                path.display()
            ),
            Self::NotStored {
                path,
                why,
                with_refresh_token,
            } => {
                write!(
                    f,
                    "the new token could not be kept in {}: {why}",
                    path.display()
                )?;
                if *with_refresh_token {
                    f.write_str(
                        "; if its refresh token is of a kind that serves once, the next run has to log in again",
                    )?;
                }
                Ok(())
            }
        }
    }
}

impl fmt::Display for Unfit {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Symlink => f.write_str("it is a symbolic link"),
            Self::NotAFile => f.write_str("it is not a plain file"),
            Self::Foreign { owner } => write!(f, "it belongs to user {owner}"),
            Self::Wide { mode } => write!(f, "it was open to others (mode {mode:04o})"),
            Self::Damaged => f.write_str("it is damaged or of another version"),
            Self::Unreadable(why) => f.write_str(why),
        }
    }
}

/// Why a token was not obtained.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(crate) enum NotServed<E> {
    /// The request for it failed.
    Fetch(E),
    /// Another process is obtaining the same one, and did not finish in this time.
    Busy { path: PathBuf, waited: Duration },
}

impl<E: fmt::Display> fmt::Display for NotServed<E> {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Fetch(error) => error.fmt(f),
            Self::Busy { path, waited } => write!(
                f,
                "another grpcauth has been obtaining the same token for {} s (it holds {}): let it finish or end it, or use --token-cache none",
                waited.as_secs(),
                path.display()
            ),
        }
    }
}

impl<E: fmt::Debug + fmt::Display> std::error::Error for NotServed<E> {}
