//! One reflection stream: questions go in when they are known, answers come out as they arrive.

use std::convert::Infallible;
use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::atomic::AtomicUsize;
use std::sync::atomic::Ordering;
use std::task::Context;
use std::task::Poll;

use bytes::Bytes;
use tokio::sync::mpsc::UnboundedReceiver;
use tokio::sync::mpsc::UnboundedSender;
use tokio::sync::mpsc::unbounded_channel;
use tokio::time::Instant;

use crate::describe::reflection::messages::Question;
use crate::describe::reflection::version::Version;
use crate::invoke::Answer;
use crate::invoke::Channel;
use crate::invoke::Flow;
use crate::invoke::Requests;
use crate::invoke::Responses;
use crate::invoke::Rpc;
use crate::invoke::Trouble;
use crate::invoke::invoke;
use crate::metadata::Metadata;

/// All answers together, in bytes.
pub(super) const MAX_BYTES: usize = 32 << 20;

type Call = Pin<Box<dyn Future<Output = Result<Answer, Trouble<Infallible>>> + Send>>;

/// What may still be received, in bytes, over all streams of one description.
#[derive(Clone, Debug)]
pub(super) struct Allowance(Arc<AtomicUsize>);

impl Allowance {
    pub(super) fn new() -> Self {
        Self(Arc::new(AtomicUsize::new(MAX_BYTES)))
    }

    /// Whether `bytes` more may be received; if not, nothing more may.
    fn take(&self, bytes: usize) -> bool {
        let taken = take_from(&self.0, bytes);
        if !taken {
            self.0.store(0, Ordering::Relaxed);
        }
        taken
    }

    pub(super) fn is_spent(&self) -> bool {
        self.0.load(Ordering::Relaxed) == 0
    }
}

/// Takes `amount` from a counter that holds as much.
fn take_from(counter: &AtomicUsize, amount: usize) -> bool {
    let rest = |held: usize| held.checked_sub(amount);
    counter
        .fetch_update(Ordering::Relaxed, Ordering::Relaxed, rest)
        .is_ok()
}

/// Everything that opening a stream takes.
#[derive(Clone)]
pub(super) struct Opening {
    pub channel: Channel,
    pub metadata: Metadata,
    pub deadline: Instant,
    pub allowance: Allowance,
}

/// An RPC under way; dropping it cancels the RPC.
pub(super) struct Stream {
    questions: UnboundedSender<Bytes>,
    answers: UnboundedReceiver<Bytes>,
    /// Questions without an answer.
    open: Arc<AtomicUsize>,
    call: Call,
}

/// What happened next on a stream. After its end a stream must not be asked again.
pub(super) enum Event {
    Answered(Bytes),
    Ended(Result<Box<Answer>, Trouble<Infallible>>),
}

impl Stream {
    pub(super) fn open(opening: &Opening, version: Version) -> Self {
        let (questions, outgoing) = unbounded_channel();
        let (incoming, answers) = unbounded_channel();
        let channel = opening.channel.clone();
        let open = Arc::new(AtomicUsize::new(0));
        let mut inbox = Inbox {
            answers: incoming,
            open: open.clone(),
            allowance: opening.allowance.clone(),
        };
        let rpc = Rpc {
            metadata: opening.metadata.clone(),
            server_streaming: true,
            client_streaming: true,
            deadline: Some(opening.deadline),
            max_message_size: MAX_BYTES,
            ..Rpc::unary(version.path())
        };
        let call = async move { invoke(&channel, rpc, Outbox(outgoing), &mut inbox).await };
        Self {
            questions,
            answers,
            open,
            call: Box::pin(call),
        }
    }

    /// Puts questions to the server; they leave while [`Stream::next`] is awaited.
    pub(super) fn ask(&self, questions: &[Question]) {
        self.open.fetch_add(questions.len(), Ordering::Relaxed);
        for question in questions {
            // Fails only once the RPC has ended, and then its end is the next event.
            let _ = self.questions.send(question.encode());
        }
    }

    pub(super) async fn next(&mut self) -> Event {
        std::future::poll_fn(|context| self.poll_next(context)).await
    }

    pub(super) fn poll_next(&mut self, context: &mut Context<'_>) -> Poll<Event> {
        if let Ok(answer) = self.answers.try_recv() {
            return Poll::Ready(Event::Answered(answer));
        }
        let ended = self.call.as_mut().poll(context);
        // What arrived before the end comes before the end; the end is kept for the next call.
        if let Ok(answer) = self.answers.try_recv() {
            if let Poll::Ready(ended) = ended {
                self.call = Box::pin(std::future::ready(ended));
            }
            return Poll::Ready(Event::Answered(answer));
        }
        ended.map(|ended| Event::Ended(ended.map(Box::new)))
    }
}

struct Outbox(UnboundedReceiver<Bytes>);

impl Requests for Outbox {
    type Error = Infallible;

    async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        self.0.recv().await.map(Ok)
    }
}

struct Inbox {
    answers: UnboundedSender<Bytes>,
    open: Arc<AtomicUsize>,
    allowance: Allowance,
}

impl Responses for Inbox {
    fn message(&mut self, encoded: Bytes) -> Flow {
        let asked_for = take_from(&self.open, 1);
        if asked_for && self.allowance.take(encoded.len()) && self.answers.send(encoded).is_ok() {
            Flow::Continue
        } else {
            Flow::Stop
        }
    }
}
