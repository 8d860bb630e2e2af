//! Reaching the server: the connection, and over it what needs no credential.

use std::time::Duration;

use tokio::time::Instant;

use crate::connect;
use crate::connect::Connection;
use crate::connect::HandshakeReport;
use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Waited;
use crate::metadata::Metadata;
use crate::plan::CallPlan;
use crate::plan::call::FIRST_ANSWER;
use crate::report::Reporter;
use crate::session::call::channel;
use crate::session::describing;
use crate::session::waiting;

/// What reaching the server came to.
pub struct Reached {
    pub connection: Option<Connection>,
    pub handshake: HandshakeReport,
    pub waited: Option<Waited>,
    /// The method as a server describes it to anybody, and how long that took.
    pub described: Option<(Result<Described, NotDescribed>, Duration)>,
}

/// The connection, or the end of trying; and over it what needs no credential. `metadata`: with what
/// reflection is asked, if it is.
pub async fn reach(
    plan: &CallPlan,
    (asked, to): (&Asked, &AskedConnection),
    metadata: Option<Metadata>,
    deadline: Option<Instant>,
    started: Instant,
    reporter: &Reporter,
) -> Reached {
    let (connection, handshake, waited) = connected(plan, (asked, to), started, reporter).await;
    let mut described = None;
    if let (Some(connection), Some(metadata)) = (&connection, metadata) {
        let asking = Instant::now();
        let waited = waited.map_or(Duration::ZERO, |waited| waited.time);
        let by = deadline.map_or(asking + FIRST_ANSWER, |deadline| deadline + waited);
        let channel = channel(connection, &plan.user_agent);
        let answer = describing::ask(plan, &channel, &metadata, by, reporter).await;
        described = Some((answer, asking.elapsed()));
    }
    Reached {
        connection,
        handshake,
        waited,
        described,
    }
}

/// The connection, or the end of trying; with `--wait-for`, what waiting took.
async fn connected(
    plan: &CallPlan,
    (asked, to): (&Asked, &AskedConnection),
    started: Instant,
    reporter: &Reporter,
) -> (Option<Connection>, HandshakeReport, Option<Waited>) {
    let endpoint = &plan.channel.endpoint;
    if let Some(time) = asked.wait_for {
        let awaited = waiting::connect(endpoint, to, asked.max_time, time, reporter).await;
        return (awaited.connection, awaited.handshake, Some(awaited.waited));
    }
    let connect_by = started + to.time_to_connect(asked.max_time);
    let (connection, handshake) = connect::connect(endpoint, connect_by).await;
    (connection, handshake, None)
}
