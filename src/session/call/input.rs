//! The request messages: buffered, or read, encoded and sent as the input comes.

use std::fmt;
use std::mem;
use std::time::Duration;

use bytes::Bytes;
use prost_reflect::MethodDescriptor;
use tokio::io::AsyncRead;
use tokio::time::Instant;
use tokio::time::timeout;
use tokio::time::timeout_at;

use crate::invoke::Requests;
use crate::invoke::json::BadInput;
use crate::invoke::json::Encoder;
use crate::invoke::json::NoMessage;
use crate::invoke::json::Stream;
use crate::plan::CallPlan;
use crate::plan::request::Content;

/// Why no request can be sent.
#[derive(Debug)]
pub enum NotReady {
    Bad(BadInput),
    /// At least so many messages, for a method that takes one.
    Several(usize),
    /// The deadline passed while the input was waited for.
    Late,
}

/// How much of a request is kept to be sent once more, in bytes (credentials.md, rule 3).
const KEPT: usize = 4 << 20;

/// How long a refused call looks for the end of what comes from elsewhere: a refusal may be quicker than the
/// reading of a pipe whose writer is done.
const END: Duration = Duration::from_millis(200);

/// The messages of one call.
#[derive(Debug)]
pub struct RequestMessages {
    /// What was sent before, and comes first.
    repeated: std::vec::IntoIter<Bytes>,
    source: Source,
    taken: u64,
    /// What was handed out. `None`: nobody will ask for it again, or it was more than [`KEPT`].
    kept: Option<Vec<Bytes>>,
    kept_size: usize,
    ended: bool,
}

enum Source {
    Buffered(std::vec::IntoIter<Bytes>),
    Streamed(Box<Streamed>),
}

impl fmt::Debug for Source {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Buffered(messages) => write!(f, "{} messages", messages.len()),
            Self::Streamed(streamed) => write!(f, "messages from {:?}", streamed.name),
        }
    }
}

impl RequestMessages {
    fn new(source: Source) -> Self {
        Self {
            repeated: Vec::new().into_iter(),
            source,
            taken: 0,
            kept: Some(Vec::new()),
            kept_size: 0,
            ended: false,
        }
    }

    /// Keeps nothing of what is sent: it will be sent once.
    pub fn forget(&mut self) {
        self.kept = None;
    }

    /// Whether the same messages can be sent again, to the last. What is still being written comes once.
    pub async fn is_whole(&mut self) -> bool {
        let finite = match &self.source {
            Source::Buffered(_) => true,
            Source::Streamed(streamed) => self.ended || !streamed.live,
        };
        if finite || self.kept.is_none() {
            return self.kept.is_some();
        }
        timeout(END, self.keep_the_rest()).await.unwrap_or(false)
    }

    /// Reads to the end; whether all of it is kept.
    async fn keep_the_rest(&mut self) -> bool {
        while self.kept.is_some() {
            match self.next().await {
                None => return true,
                Some(Ok(_)) => {}
                Some(Err(_)) => return false,
            }
        }
        false
    }

    /// Begins again with the first message.
    pub fn repeat(&mut self) {
        let kept = self.kept.take().unwrap_or_default();
        // What was not handed out again comes between.
        let left = mem::take(&mut self.repeated);
        let repeated: Vec<Bytes> = kept.into_iter().chain(left).collect();
        self.repeated = repeated.into_iter();
        self.taken = 0;
        self.kept = Some(Vec::new());
        self.kept_size = 0;
        self.ended = false;
    }

    fn keep(&mut self, message: &Bytes) {
        self.kept_size += message.len();
        match &mut self.kept {
            Some(kept) if self.kept_size <= KEPT => kept.push(message.clone()),
            kept => *kept = None,
        }
    }

    /// Messages that were handed out to be sent.
    pub fn taken(&self) -> u64 {
        self.taken
    }
}

impl Requests for RequestMessages {
    type Error = BadInput;

    async fn next(&mut self) -> Option<Result<Bytes, BadInput>> {
        let next = match (self.repeated.next(), &mut self.source) {
            (Some(message), _) => Some(Ok(message)),
            (None, Source::Buffered(messages)) => messages.next().map(Ok),
            (None, Source::Streamed(streamed)) => streamed.next().await,
        };
        match &next {
            None => self.ended = true,
            Some(Err(_)) => {}
            Some(Ok(message)) => {
                self.taken += 1;
                self.keep(message);
            }
        }
        next
    }
}

/// The request messages of `method`. What a method takes one of is read to its end before anything is
/// sent; what it takes many of is sent as it is read, if it is long or comes from elsewhere.
pub async fn prepare(
    plan: &CallPlan,
    method: &MethodDescriptor,
    deadline: Option<Instant>,
) -> Result<RequestMessages, NotReady> {
    let encoder = Encoder::new(method.input(), plan.allow_unknown_fields);
    let name = &plan.request.name;
    let refused = |bad| NotReady::Bad(named(bad, name));
    // What blocks is read on the runtime's threads for that, which nobody waits for at the end: a read of
    // a terminal ends when it pleases.
    let input: Reader = match &plan.request.content {
        Content::Texts(texts) => {
            let messages: Result<_, _> = texts.iter().map(|text| encoder.encode(text)).collect();
            return buffered(messages.map_err(refused)?, method);
        }
        Content::Stdin => Box::new(tokio::io::stdin()),
        Content::File(file) => {
            let file = file.try_clone();
            let file = file.map_err(|error| refused(NoMessage::Read(error).into_bad()))?;
            Box::new(tokio::fs::File::from_std(file))
        }
    };
    let mut streamed = Streamed {
        name: name.clone(),
        live: matches!(plan.request.content, Content::Stdin),
        messages: Stream::new(input, encoder),
    };
    if method.is_client_streaming() {
        let source = Source::Streamed(Box::new(streamed));
        return Ok(RequestMessages::new(source));
    }
    let whole = streamed.at_most(2);
    let messages = match deadline {
        None => whole.await,
        Some(deadline) => timeout_at(deadline, whole)
            .await
            .map_err(|_| NotReady::Late)?,
    };
    buffered(messages.map_err(NotReady::Bad)?, method)
}

fn buffered(
    mut messages: Vec<Bytes>,
    method: &MethodDescriptor,
) -> Result<RequestMessages, NotReady> {
    if !method.is_client_streaming() {
        if messages.is_empty() {
            messages.push(Bytes::new());
        }
        if messages.len() > 1 {
            return Err(NotReady::Several(messages.len()));
        }
    }
    Ok(RequestMessages::new(Source::Buffered(messages.into_iter())))
}

type Reader = Box<dyn AsyncRead + Unpin + Send>;

/// Messages from an input that is still being read.
struct Streamed {
    name: Option<String>,
    /// Somebody is still writing it.
    live: bool,
    messages: Stream<Reader>,
}

impl Streamed {
    async fn next(&mut self) -> Option<Result<Bytes, BadInput>> {
        let next = self.messages.next().await;
        next.map(|next| next.map_err(|none| named(none.into_bad(), &self.name)))
    }

    /// All messages, but no more than so many.
    async fn at_most(&mut self, count: usize) -> Result<Vec<Bytes>, BadInput> {
        let mut messages = Vec::new();
        while messages.len() < count
            && let Some(message) = self.next().await
        {
            messages.push(message?);
        }
        Ok(messages)
    }
}

fn named(bad: BadInput, name: &Option<String>) -> BadInput {
    BadInput {
        input: name.clone(),
        ..bad
    }
}
