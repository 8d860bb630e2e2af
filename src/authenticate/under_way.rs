//! Requests under way that spend a refresh token. The answer may be the only one that holds the next refresh token, so
//! that a run which is over waits for it for a while.

use std::time::Duration;

use tokio::sync::watch;

thread_local! {
    /// How many there are on this thread, which runs everything of one command.
    static COUNT: watch::Sender<usize> = watch::Sender::new(0);
}

/// How long a run that is over waits for them.
const LINGER: Duration = Duration::from_secs(5);

/// Counts as such a request until it is dropped: once the answer is kept.
#[derive(Debug)]
pub(super) struct Spending(watch::Sender<usize>);

impl Spending {
    pub(super) fn begin() -> Self {
        let count = COUNT.with(watch::Sender::clone);
        count.send_modify(|count| *count += 1);
        Self(count)
    }
}

impl Drop for Spending {
    fn drop(&mut self) {
        self.0.send_modify(|count| *count -= 1);
    }
}

/// Waits for [`LINGER`] at most until there are none. `false`: there still are.
pub(crate) async fn finished() -> bool {
    let mut count = COUNT.with(watch::Sender::subscribe);
    let none = count.wait_for(|count| *count == 0);
    tokio::time::timeout(LINGER, none).await.is_ok()
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::time::Instant;

    #[tokio::test(start_paused = true)]
    async fn a_request_is_waited_for_within_bounds() {
        for (takes, in_time) in [(0, true), (4, true), (6, false)] {
            let spending = Spending::begin();
            let request = tokio::spawn(async move {
                tokio::time::sleep(Duration::from_secs(takes)).await;
                drop(spending);
            });
            let began = Instant::now();
            assert_eq!(finished().await, in_time, "{takes} s");
            assert!(began.elapsed() < LINGER + Duration::from_millis(10));
            request.await.unwrap();
            assert!(finished().await, "nothing is under way");
        }
    }
}
