//! One request for a token at a time within a process; the others wait for its outcome.

use std::any::Any;
use std::collections::HashMap;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering;
use std::time::Duration;

use tokio::sync::OwnedMutexGuard;
use tokio::time::Instant;

use super::entry::Entry;
use super::key::CacheKey;

/// For so long a failure answers everyone who asks: many calls at once are no storm of requests.
const SHARED_FAILURE: Duration = Duration::from_secs(1);

/// The requests under way, and the tokens in hand, by key.
#[derive(Debug, Default)]
pub(super) struct Flights(Mutex<HashMap<CacheKey, Arc<Flight>>>);

#[derive(Debug, Default)]
struct Flight {
    /// Counts the tokens that were fetched.
    generation: AtomicU64,
    slot: Arc<tokio::sync::Mutex<Slot>>,
}

#[derive(Debug, Default)]
struct Slot {
    entry: Option<Entry>,
    /// When, and with what; the error's type is the caller's.
    failure: Option<(Instant, Box<dyn Any + Send>)>,
}

/// One's turn: nobody else in this process is obtaining this token.
#[derive(Debug)]
pub(super) struct Turn {
    flight: Arc<Flight>,
    slot: OwnedMutexGuard<Slot>,
    overtaken: bool,
}

impl Flights {
    /// Waits for one's turn.
    pub(super) async fn enter(&self, key: &CacheKey) -> Turn {
        let flight = Arc::clone(self.lock().entry(*key).or_default());
        let before = flight.generation.load(Ordering::Acquire);
        let slot = Arc::clone(&flight.slot).lock_owned().await;
        let overtaken = flight.generation.load(Ordering::Acquire) != before;
        Turn {
            flight,
            slot,
            overtaken,
        }
    }

    /// Forgets the token in hand.
    pub(super) async fn forget(&self, key: &CacheKey) {
        let flight = self.lock().get(key).cloned();
        if let Some(flight) = flight {
            flight.slot.lock().await.entry = None;
        }
    }

    fn lock(&self) -> std::sync::MutexGuard<'_, HashMap<CacheKey, Arc<Flight>>> {
        self.0.lock().expect("nothing panics while holding it")
    }
}

impl Turn {
    /// The token in hand.
    pub(super) fn entry(&self) -> Option<&Entry> {
        self.slot.entry.as_ref()
    }

    /// The token that another fetched while this one waited: the answer to both, whatever its life.
    pub(super) fn fetched_meanwhile(&self) -> Option<&Entry> {
        self.entry().filter(|_| self.overtaken)
    }

    /// The failure of a moment ago.
    pub(super) fn failure<E: Clone + 'static>(&self) -> Option<E> {
        let (at, error) = self.slot.failure.as_ref()?;
        if at.elapsed() >= SHARED_FAILURE {
            return None;
        }
        error.downcast_ref::<E>().cloned()
    }

    /// A token was fetched.
    pub(super) fn fetched(&mut self, entry: Entry) {
        self.found(entry);
        self.flight.generation.fetch_add(1, Ordering::AcqRel);
    }

    /// A token that another process keeps was found.
    pub(super) fn found(&mut self, entry: Entry) {
        self.slot.entry = Some(entry);
        self.slot.failure = None;
    }

    pub(super) fn failed<E: Send + 'static>(&mut self, error: E) {
        self.slot.failure = Some((Instant::now(), Box::new(error)));
    }
}
