//! A connection that identities share: opened when it is first asked for, and again after it was lost.

use std::cell::RefCell;
use std::rc::Rc;
use std::time::Duration;

use tokio::sync::Mutex;
use tokio::time::Instant;

use crate::connect::Endpoint;
use crate::evidence::Asked;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Evidence;
use crate::plan::check::Reach;
use crate::report::Reporter;
use crate::session::channel::OpenChannel;

/// One TLS identity's way to a target.
pub(super) struct Lane<'a> {
    reach: &'a Reach,
    wait_for: Option<Duration>,
    reporter: &'a Reporter,
    state: Mutex<State>,
    /// Why the server refuses whoever comes this way, once that is proven.
    refused: RefCell<Option<&'static str>>,
}

#[derive(Default)]
struct State {
    open: Option<Rc<OpenChannel>>,
    /// A first dial that failed settles everything.
    failed: Option<Rc<ConnectionEvidence>>,
    dialled: bool,
}

impl<'a> Lane<'a> {
    pub(super) fn new(
        reach: &'a Reach,
        wait_for: Option<Duration>,
        reporter: &'a Reporter,
    ) -> Self {
        Self {
            reach,
            wait_for,
            reporter,
            state: Mutex::default(),
            refused: RefCell::default(),
        }
    }

    pub(super) fn endpoint(&self) -> &Endpoint {
        &self.reach.channel.endpoint
    }

    pub(super) fn refused(&self) -> Option<&'static str> {
        *self.refused.borrow()
    }

    pub(super) fn refuse(&self, id: &'static str) {
        *self.refused.borrow_mut() = Some(id);
    }

    /// The connection; or what is known of the one that did not come about.
    pub(super) async fn channel(
        &self,
        clock: time::OffsetDateTime,
    ) -> Result<Rc<OpenChannel>, Rc<ConnectionEvidence>> {
        let mut state = self.state.lock().await;
        if let Some(open) = &state.open {
            return Ok(Rc::clone(open));
        }
        if let Some(failed) = &state.failed {
            return Err(Rc::clone(failed));
        }
        let asked = Asked {
            wait_for: self.wait_for.filter(|_| !state.dialled),
            ..Asked::default()
        };
        let mut evidence = Evidence::new(clock, asked, self.reach.asked.clone());
        self.reach.channel.note_in(&mut evidence);
        let known = ConnectionEvidence::clone(&evidence.connection);
        let started = Instant::now();
        state.dialled = true;
        let opened = OpenChannel::open(
            &self.reach.channel,
            &evidence.asked,
            known,
            started,
            self.reporter,
        )
        .await;
        match opened {
            Ok(channel) => {
                // In TLS 1.3 a refused client shows only after the handshake.
                channel
                    .settle(started + self.reach.asked.connect_timeout)
                    .await;
                let channel = Rc::new(channel);
                state.open = Some(Rc::clone(&channel));
                Ok(channel)
            }
            Err(known) => {
                let known = Rc::new(known);
                state.failed = Some(Rc::clone(&known));
                Err(known)
            }
        }
    }

    /// The connection was lost: whoever asks next gets a new one.
    pub(super) async fn lost(&self, channel: &Rc<OpenChannel>) {
        let mut state = self.state.lock().await;
        if state
            .open
            .as_ref()
            .is_some_and(|open| Rc::ptr_eq(open, channel))
        {
            state.open = None;
            self.reporter.notice(&format!(
                "the connection to {} was lost; connecting again",
                self.reach.asked.target
            ));
        }
    }

    /// Says goodbye.
    pub(super) async fn close(self, clock: time::OffsetDateTime) {
        if let Some(channel) = self.state.into_inner().open.and_then(Rc::into_inner) {
            channel.hang_up(&mut Evidence::of_nothing(clock)).await;
        }
    }
}
