//! A channel that stands: opened once, and then called over any number of times, also at once.

use std::cell::RefCell;
use std::sync::Arc;
use std::time::Duration;

use tokio::time::Instant;

use crate::connect;
use crate::connect::Connection;
use crate::connect::Milestones;
use crate::evidence::Asked;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Evidence;
use crate::invoke;
use crate::plan::channel::ChannelPlan;
use crate::report::Reporter;
use crate::session::waiting;
use crate::x509::Judged;

/// One connection to a target, with what is known of it. Nothing redials: when it has ended, calls over it say so.
pub struct OpenChannel {
    connection: Connection,
    /// What RPCs need of it.
    pub rpcs: invoke::Channel,
    /// How long `--wait-for` waited for it, which counts against no deadline.
    pub waited: Duration,
    /// The server was refused under `--insecure`, and neither a pin nor loopback makes up for it; or it is revoked.
    pub is_unverified: bool,
    known: RefCell<Known>,
}

/// What calls over a connection know of it.
struct Known {
    /// `None` only while it is being changed.
    evidence: Option<Arc<ConnectionEvidence>>,
    milestones: Milestones,
}

impl OpenChannel {
    /// Dials, once or for as long as `--wait-for` says, and shakes hands. `known`: what the plan knows.
    ///
    /// # Errors
    /// There is no connection; what is known of it.
    pub async fn open(
        plan: &ChannelPlan,
        asked: &Asked,
        mut known: ConnectionEvidence,
        started: Instant,
        reporter: &Reporter,
    ) -> Result<Self, ConnectionEvidence> {
        let to = &known.asked;
        let (connection, handshake) = match asked.wait_for {
            Some(time) => {
                let awaited =
                    waiting::connect(&plan.endpoint, to, asked.max_time, time, reporter).await;
                known.waited = Some(awaited.waited);
                (awaited.connection, awaited.handshake)
            }
            None => {
                let by = started + to.time_to_connect(asked.max_time);
                connect::connect(&plan.endpoint, by).await
            }
        };
        known.handshake = Some(handshake);
        let Some(connection) = connection else {
            return Err(known);
        };
        Ok(Self {
            rpcs: invoke::Channel {
                send_request: connection.send_request(),
                scheme: connection.scheme(),
                authority: connection.authority().to_owned(),
                user_agent: plan.user_agent.clone(),
                streams: connection.streams(),
            },
            is_unverified: is_unverified(&known),
            waited: known.waited.map_or(Duration::ZERO, |waited| waited.time),
            known: RefCell::new(Known {
                evidence: Some(Arc::new(known)),
                milestones: connection.milestones(),
            }),
            connection,
        })
    }

    /// Waits, no longer than `deadline`, until the peer has spoken HTTP/2 or has gone.
    pub async fn settle(&self, deadline: Instant) {
        self.connection.settle(deadline).await;
    }

    /// Puts what is known of the connection by now into a call's evidence: the very record that other calls
    /// have, unless there is news.
    pub fn note_in(&self, evidence: &mut Evidence) {
        let milestones = self.connection.milestones();
        let mut known = self.known.borrow_mut();
        // One reference fewer, so that a record which nobody else has is changed in place.
        if let Some(own) = known.evidence.take() {
            evidence.connection = own;
        }
        if known.milestones != milestones {
            update(&self.connection, evidence);
            known.milestones = milestones;
        }
        known.evidence = Some(Arc::clone(&evidence.connection));
    }

    /// Says goodbye, and lets go. The connection's last words belong to the record.
    pub async fn hang_up(self, evidence: &mut Evidence) {
        let Self {
            connection,
            rpcs,
            known,
            ..
        } = self;
        drop(rpcs);
        if let Some(own) = known.into_inner().evidence {
            evidence.connection = own;
        }
        update(&connection, evidence);
        connection.close().await;
    }
}

fn update(connection: &Connection, evidence: &mut Evidence) {
    if let Some(handshake) = &mut evidence.connection_mut().handshake {
        connection.update(handshake);
    }
}

/// Whether the server was refused, and nothing says that it is the one meant: neither a pin nor loopback. Of what a
/// list revokes neither says so: its key may be in other hands.
fn is_unverified(known: &ConnectionEvidence) -> bool {
    let (Some(handshake), Some(tls)) = (&known.handshake, known.tls()) else {
        return false;
    };
    if tls.judged.as_ref().is_none_or(Judged::is_accepted) {
        return false;
    }
    let crls = known.trust.as_ref().map(|trust| &trust.crls);
    let is_revoked = crls.is_some_and(|crls| !crls.revoked(&tls.chain).is_empty());
    is_revoked || (tls.pinned != Some(true) && !handshake.is_loopback())
}
