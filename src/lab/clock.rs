//! The lab's clock: it starts at the time it is given, and runs.

use std::time::Instant;

use rustls::pki_types::UnixTime;
use rustls::time_provider::TimeProvider;
use time::OffsetDateTime;

use crate::clock;

/// Everything in the lab that looks at a time looks here, so that a test's lab lives at a test's time.
#[derive(Clone, Copy, Debug)]
pub struct Clock {
    start: OffsetDateTime,
    started: Instant,
}

impl Clock {
    /// A clock that shows `start` now.
    pub fn starting_at(start: OffsetDateTime) -> Self {
        Self {
            start,
            started: Instant::now(),
        }
    }

    /// The lab's time.
    pub fn now(&self) -> OffsetDateTime {
        self.start + self.started.elapsed()
    }
}

impl TimeProvider for Clock {
    fn current_time(&self) -> Option<UnixTime> {
        Some(clock::unix_time(self.now()))
    }
}
