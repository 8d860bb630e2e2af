//! Reaching a server: its channel is opened, and the caller's credentials are obtained meanwhile.

use std::cell::Cell;
use std::sync::Arc;

use tokio::time::Instant;

use crate::connect::Failure;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Evidence;
use crate::plan::caller::CallerPlan;
use crate::plan::channel::ChannelPlan;
use crate::report::Reporter;
use crate::report::Stage;
use crate::report::Step;
use crate::session;
use crate::session::caller;
use crate::session::caller::Acquired;
use crate::session::caller::Caller;
use crate::session::channel::OpenChannel;

/// A server that can be called.
pub(crate) struct Reached<'a, T> {
    pub channel: OpenChannel,
    pub caller: Caller<'a>,
    /// `--max-time`, from when it began to count.
    pub deadline: Option<Instant>,
    /// What was asked at once, since it needs no credential.
    pub first: T,
}

/// Opens the channel, asks over it what needs no credential, and obtains the credentials beside both; or after
/// it, where it must be on loopback. What is seen goes
/// into the evidence. `None`: there is no connection, or a credential is missing.
pub(crate) async fn reach<'a, T>(
    (channel, caller): (&'a ChannelPlan, &'a CallerPlan),
    started: Instant,
    evidence: &mut Evidence,
    reporter: &'a Reporter,
    first: impl AsyncFnOnce(&OpenChannel, Option<Instant>) -> T,
) -> Option<Reached<'a, T>> {
    let deadline = evidence.asked.max_time.map(|time| started + time);
    let known = ConnectionEvidence::clone(&evidence.connection);
    let credentials = &caller.credentials;
    let has_credentials = Cell::new(credentials.is_empty());
    let opening = async {
        let asked = &evidence.asked;
        let limit = known.asked.time_to_connect(asked.max_time);
        let connection = format!("a connection to {}", known.asked.target);
        reporter.waits_for(Stage::Connection, &connection, Some(limit));
        let opened = OpenChannel::open(channel, asked, known, started, reporter).await?;
        // A signal may come while the credential is waited for, and leaves what is known.
        opened.note_in(evidence);
        session::reached(Step::Connected, evidence, reporter);
        let deadline = deadline.map(|deadline| deadline + opened.waited);
        let first = first(&opened, deadline).await;
        if !has_credentials.get() {
            reporter.waits_for(Stage::Credential, "the credential", None);
        }
        Ok((opened, deadline, first))
    };
    let obtaining = async {
        let acquired = caller::acquire(credentials, deadline).await;
        has_credentials.set(true);
        acquired
    };
    let (opened, acquired) = match &caller.if_not_loopback {
        None => futures_util::join!(opening, obtaining),
        // What may not go out is not even fetched.
        Some(refusal) => match opening.await {
            Ok(opened) => {
                let acquired = caller::acquire(credentials, opened.1).await;
                (Ok(opened), acquired)
            }
            Err(known) if is_elsewhere(&known) => {
                evidence.refusal = Some(refusal.clone());
                return None;
            }
            Err(known) => (Err(known), Acquired::default()),
        },
    };
    let caller = Caller::new(caller, acquired, reporter);
    evidence.caller = Arc::clone(&caller.current().evidence);
    session::reached(Step::Authenticated, evidence, reporter);
    let (channel, deadline, first) = match opened {
        Ok(opened) => opened,
        Err(known) => {
            evidence.connection = Arc::new(known);
            return None;
        }
    };
    channel.note_in(evidence);
    if let Some(waited) = evidence
        .connection
        .waited
        .filter(|waited| waited.attempts > 1)
    {
        reporter.notice(&format!(
            "the server was there after {:.1} s, at attempt {}",
            waited.time.as_secs_f64(),
            waited.attempts
        ));
    }
    if !evidence.caller.unobtained.is_empty() {
        channel.hang_up(evidence).await;
        return None;
    }
    Some(Reached {
        channel,
        caller,
        deadline,
        first,
    })
}

/// Whether there is no connection because it would not have been on loopback.
fn is_elsewhere(known: &ConnectionEvidence) -> bool {
    let handshake = known.handshake.as_ref();
    handshake.is_some_and(|handshake| matches!(handshake.failure, Some(Failure::NotLoopback)))
}
