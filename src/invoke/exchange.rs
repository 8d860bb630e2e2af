//! Both halves of an RPC and its deadlines in one task.

use std::future::Future;
use std::future::poll_fn;
use std::pin::Pin;
use std::sync::atomic::Ordering::Relaxed;
use std::task::Context;
use std::task::Poll;
use std::task::ready;
use std::time::Duration;

use tokio::time::Instant;
use tokio::time::Sleep;

use crate::invoke::rpc::Rpc;
use crate::invoke::rpc::Trouble;
use crate::invoke::sending::Sent;

/// After so many events in a row that needed no waiting, the clock is looked at all the same.
const EVENTS_PER_LOOK: u32 = 64;

/// Why waiting ended before what was waited for.
#[derive(Debug)]
pub(crate) enum Interrupted<E> {
    /// A deadline passed.
    Expired,
    Ours(Trouble<E>),
}

/// The deadline that ends the RPC if no answer comes.
pub(crate) fn soonest(rpc: &Rpc) -> Option<Instant> {
    rpc.deadline
        .into_iter()
        .chain(rpc.first_answer_deadline)
        .min()
}

/// The RPC's timer; never looked at if the RPC has no deadline.
pub(crate) fn timer(rpc: &Rpc, now: Instant) -> Sleep {
    tokio::time::sleep_until(soonest(rpc).unwrap_or(now))
}

/// What goes on while the receiving half waits: sending, and the clock.
pub(crate) struct Alongside<'a, S, E> {
    sending: Pin<&'a mut S>,
    sending_done: bool,
    trouble: Option<Trouble<E>>,
    timer: Pin<&'a mut Sleep>,
    /// When the timer ends the wait, if it is armed.
    expires: Option<Instant>,
    whole: Option<Instant>,
    /// How long a first answer may take, and then the end of one that is a single message; the time that our own
    /// input takes does not count.
    first_answer: Option<Duration>,
    server_streaming: bool,
    is_answered: bool,
    sent: &'a Sent,
    /// When the input was last seen to be waited for.
    input_awaited: Option<Instant>,
    events: u32,
}

impl<'a, S, E> Alongside<'a, S, E>
where
    S: Future<Output = Result<(), Trouble<E>>>,
{
    pub(super) fn new(
        sending: Pin<&'a mut S>,
        timer: Pin<&'a mut Sleep>,
        rpc: &Rpc,
        started: Instant,
        sent: &'a Sent,
    ) -> Self {
        let first_answer = rpc.first_answer_deadline;
        Self {
            first_answer: first_answer.map(|deadline| deadline - started),
            server_streaming: rpc.server_streaming,
            is_answered: false,
            sent,
            input_awaited: None,
            sending,
            sending_done: false,
            trouble: None,
            timer,
            expires: soonest(rpc),
            whole: rpc.deadline,
            events: 0,
        }
    }

    /// A message is here: from now on a stream ends by the whole RPC's deadline alone, for it may live long. Of a
    /// single message only the status is to follow, which may take as long again.
    pub(super) fn answered(&mut self) {
        if std::mem::replace(&mut self.is_answered, true) {
            return;
        }
        if self.server_streaming {
            self.first_answer = None;
            self.expire_at(self.whole);
        } else if let Some(first_answer) = self.first_answer {
            self.limit_anew(first_answer);
        }
    }

    /// Ends the wait `duration` from now, if no deadline ends it before.
    pub(super) fn limit(&mut self, duration: Duration) {
        let limit = Instant::now() + duration;
        self.expire_at(Some(self.expires.map_or(limit, |set| set.min(limit))));
    }

    fn limit_anew(&mut self, duration: Duration) {
        let limit = Instant::now() + duration;
        self.expire_at(Some(self.whole.map_or(limit, |whole| whole.min(limit))));
    }

    fn expire_at(&mut self, expires: Option<Instant>) {
        self.expires = expires;
        if let Some(expires) = expires {
            self.timer.as_mut().reset(expires);
        }
    }

    /// Waits for `work`, sending meanwhile. An answer that is here wins over trouble with the input.
    pub(super) async fn until<T>(
        &mut self,
        mut work: impl FnMut(&mut Context<'_>) -> Poll<T>,
    ) -> Result<T, Interrupted<E>> {
        poll_fn(|cx| {
            self.send(cx);
            self.events += 1;
            if self.events >= EVENTS_PER_LOOK && self.look_at_clock(cx).is_ready() {
                return Poll::Ready(Err(Interrupted::Expired));
            }
            if let Poll::Ready(done) = work(cx) {
                return Poll::Ready(Ok(done));
            }
            if let Some(trouble) = self.trouble.take() {
                return Poll::Ready(Err(Interrupted::Ours(trouble)));
            }
            self.look_at_clock(cx).map(|()| Err(Interrupted::Expired))
        })
        .await
    }

    fn send(&mut self, cx: &mut Context<'_>) {
        if self.sending_done {
            return;
        }
        let awaited = self.awaits_input();
        if let Poll::Ready(done) = self.sending.as_mut().poll(cx) {
            self.sending_done = true;
            self.trouble = done.err();
        }
        if self.first_answer.is_some() && (awaited || self.awaits_input()) {
            self.input_awaited = Some(Instant::now());
        }
    }

    fn awaits_input(&self) -> bool {
        self.sent.awaits_input.load(Relaxed)
    }

    fn look_at_clock(&mut self, cx: &mut Context<'_>) -> Poll<()> {
        self.events = 0;
        loop {
            match self.expires {
                Some(_) => ready!(self.timer.as_mut().poll(cx)),
                None => return Poll::Pending,
            }
            match self.later() {
                Some(later) => self.expire_at(Some(later)),
                None => return Poll::Ready(()),
            }
        }
    }

    /// The later end of a wait for the first answer during which we waited for our own input.
    fn later(&self) -> Option<Instant> {
        let now = Instant::now();
        let since = if !self.sending_done && self.awaits_input() {
            now
        } else {
            self.input_awaited?
        };
        let later = since + self.first_answer?;
        let later = self.whole.map_or(later, |whole| later.min(whole));
        (later > now).then_some(later)
    }
}
