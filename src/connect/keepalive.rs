//! PINGs on a connection that is silent while somebody waits for an answer (RFC 9113 §6.7).
//!
//! As grpc has it: after `--keepalive-time` without a byte a PING goes out, and if nothing comes within
//! [`ANSWER_TIME`], the connection is given up. Without an open stream none is sent: servers take that
//! for an attack (`too_many_pings`).

use std::future::poll_fn;
use std::sync::Arc;
use std::time::Duration;

use h2::Ping;
use h2::PingPong;
use tokio::sync::watch;
use tokio::time::Instant;
use tokio::time::sleep_until;

use crate::connect::record::Record;
use crate::connect::report::Ending;

/// How long an answer to a PING is waited for; grpc's default.
pub(crate) const ANSWER_TIME: Duration = Duration::from_secs(20);

/// How many streams of a connection are open.
#[derive(Clone, Debug)]
pub struct OpenStreams(Arc<watch::Sender<usize>>);

/// Counts until it is dropped.
#[derive(Debug)]
pub struct OpenStream(OpenStreams);

impl Default for OpenStreams {
    fn default() -> Self {
        Self(Arc::new(watch::Sender::new(0)))
    }
}

impl OpenStreams {
    /// One more stream is open, until what is given back is dropped.
    pub fn open(&self) -> OpenStream {
        self.0.send_modify(|open| *open += 1);
        OpenStream(self.clone())
    }

    fn any(&self) -> bool {
        *self.0.borrow() > 0
    }

    async fn until_any(&self) {
        let mut open = self.0.subscribe();
        // The sender is ours, so that it cannot be gone.
        let _ = open.wait_for(|open| *open > 0).await;
    }
}

impl Drop for OpenStream {
    fn drop(&mut self) {
        self.0.0.send_modify(|open| *open -= 1);
    }
}

/// Pings whenever nothing was heard for `time` while a stream is open. Ends when the peer owes an answer
/// for too long; that is put on record.
pub(super) async fn watch(
    time: Duration,
    mut pings: PingPong,
    streams: OpenStreams,
    record: Record,
) {
    loop {
        streams.until_any().await;
        let begun = Instant::now();
        while streams.any() {
            let quiet_since = record.heard_at().map_or(begun, |heard| heard.max(begun));
            let due = quiet_since + time;
            if Instant::now() < due {
                sleep_until(due).await;
                continue;
            }
            match answered(&mut pings, &record).await {
                Answered::Yes => {}
                Answered::No => {
                    record.end(Ending::Unanswered { silent_for: time });
                    return;
                }
                // The connection has ended by itself, which its driver sees to.
                Answered::Gone => return std::future::pending().await,
            }
        }
    }
}

enum Answered {
    Yes,
    No,
    Gone,
}

/// Sends one PING and waits for its answer as long as the peer is silent.
async fn answered(pings: &mut PingPong, record: &Record) -> Answered {
    let asked = Instant::now();
    if pings.send_ping(Ping::opaque()).is_err() {
        return Answered::Gone;
    }
    loop {
        let heard = record.heard_at().map_or(asked, |heard| heard.max(asked));
        let patience = heard + ANSWER_TIME;
        tokio::select! {
            biased;
            pong = poll_fn(|cx| pings.poll_pong(cx)) => {
                return if pong.is_ok() { Answered::Yes } else { Answered::Gone };
            }
            () = sleep_until(patience) => {
                let heard_since = record.heard_at().is_some_and(|again| again > heard);
                if !heard_since {
                    return Answered::No;
                }
            }
        }
    }
}

#[cfg(test)]
mod tests;
