//! `--wait-for`: connects again and again, until the first good handshake or the end of the time given.

use std::time::Duration;

use tokio::time::Instant;

use crate::connect;
use crate::connect::Connection;
use crate::connect::Endpoint;
use crate::connect::HandshakeReport;
use crate::connect::waiting;
use crate::evidence::AskedConnection;
use crate::evidence::Waited;
use crate::report::Reporter;
use crate::report::Stage;

/// The pause after a first attempt; it doubles up to the longest.
const PAUSE: Duration = Duration::from_millis(50);
const LONGEST_PAUSE: Duration = Duration::from_secs(1);

/// With less time left no further attempt is made.
const TOO_LATE: Duration = Duration::from_millis(20);

/// The outcome of waiting: the last attempt, good or not.
pub(crate) struct Awaited {
    pub connection: Option<Connection>,
    pub handshake: HandshakeReport,
    pub waited: Waited,
}

/// Connects until the peer has spoken HTTP/2, for at most `time`. What waiting cannot fix ends it at once.
pub(crate) async fn connect(
    endpoint: &Endpoint,
    asked: &AskedConnection,
    max_time: Option<Duration>,
    time: Duration,
    reporter: &Reporter,
) -> Awaited {
    let started = Instant::now();
    let end = started + time;
    reporter.waits_for(Stage::Connection, &asked.target, Some(time));
    let mut pause = PAUSE;
    let mut attempts = 0;
    loop {
        let began = Instant::now();
        let limit = asked.time_to_connect(max_time);
        let (connection, handshake) = attempt(endpoint, end.min(began + limit)).await;
        attempts += 1;
        let left = end.saturating_duration_since(Instant::now());
        let over = waiting::is_good(&handshake) || !waiting::may_recover(&handshake);
        if over || left < TOO_LATE {
            return Awaited {
                connection,
                handshake,
                waited: Waited {
                    attempts,
                    // The attempt that ends it is no waiting, unless it was cut short.
                    time: if over {
                        began - started
                    } else {
                        started.elapsed()
                    },
                },
            };
        }
        if let Some(connection) = connection {
            connection.close().await;
        }
        // Ever shorter towards the end, so that the last attempt is made shortly before it.
        tokio::time::sleep(pause.min(left / 2)).await;
        pause = LONGEST_PAUSE.min(pause * 2);
    }
}

/// One handshake, up to the peer's SETTINGS: a port that is forwarded connects though nobody is behind it.
async fn attempt(endpoint: &Endpoint, deadline: Instant) -> (Option<Connection>, HandshakeReport) {
    let (connection, mut report) = connect::connect(endpoint, deadline).await;
    if let Some(connection) = &connection {
        connection.settle(deadline).await;
        connection.update(&mut report);
    }
    (connection, report)
}
