//! What a run waits for: named on a terminal once it takes more than a second, and told where a signal ends it.

use std::time::Duration;

use tokio::time::Instant;

use crate::evidence::Evidence;
use crate::report::layout::Block;
use crate::report::schema::v1::call::TimingsDocument;
use crate::text::moment::spent;

/// A shorter wait is not named.
const PATIENCE: Duration = Duration::from_secs(1);

/// The stage that takes the time.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Stage {
    Connection,
    Credential,
    Description,
    Call,
    Probe,
}

/// What is waited for, since when, and for how long at most.
#[derive(Clone, Debug)]
pub(crate) struct Waiting {
    pub stage: Stage,
    pub what: String,
    pub since: Instant,
    pub limit: Option<Duration>,
}

impl Waiting {
    /// `waiting for orders.v1.Orders/Get: 4 of 30 s`; `None` as long as nobody wonders.
    pub(super) fn line(&self, now: Instant) -> Option<String> {
        let waited = now.saturating_duration_since(self.since);
        if waited < PATIENCE {
            return None;
        }
        let of = match self.limit {
            Some(limit) => format!(" of {}", limit.as_secs_f64().ceil()),
            None => String::new(),
        };
        Some(format!(
            "waiting for {}: {}{of} s",
            self.what,
            waited.as_secs()
        ))
    }

    pub(crate) fn spent(&self) -> Duration {
        self.since.elapsed()
    }
}

/// What is known of a run that a signal ended.
pub(crate) fn interrupted(evidence: &Evidence, waiting: Option<&Waiting>) -> Block {
    let mut block = Block::error(None, "interrupted");
    if let Some(waiting) = waiting {
        let line = format!("{}, for {}", waiting.what, spent(waiting.spent()));
        block = block.fact("waiting for", line);
    }
    block.fact("time spent", TimingsDocument::new(evidence).in_words())
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_wait_is_named_after_a_second() {
        let since = Instant::now();
        let waiting = |limit| Waiting {
            stage: Stage::Call,
            what: "orders.v1.Orders/Get".to_owned(),
            since,
            limit,
        };
        let limited = waiting(Some(Duration::from_secs(30)));
        let after = |milliseconds| limited.line(since + Duration::from_millis(milliseconds));
        assert_eq!(after(999), None);
        assert_eq!(
            after(4_200).as_deref(),
            Some("waiting for orders.v1.Orders/Get: 4 of 30 s")
        );
        let endless = waiting(None).line(since + Duration::from_secs(61));
        assert_eq!(
            endless.as_deref(),
            Some("waiting for orders.v1.Orders/Get: 61 s")
        );
    }
}
