//! Where an RPC's encoded messages come from and where they go.

use std::convert::Infallible;
use std::future::Future;

use bytes::Bytes;
use http::header::HeaderMap;

/// The request messages, encoded, as they are had.
pub trait Requests: Send {
    /// Why the next message could not be obtained.
    type Error: Send;

    /// The next message; `None` ends the sending side. While this waits, answers are read all the same.
    fn next(&mut self) -> impl Future<Output = Option<Result<Bytes, Self::Error>>> + Send;
}

/// Messages that are all there already.
#[derive(Clone, Debug, Default)]
pub struct Buffered(std::vec::IntoIter<Bytes>);

impl Buffered {
    pub fn new(messages: Vec<Bytes>) -> Self {
        Self(messages.into_iter())
    }

    /// The one message of a unary or server-streaming call.
    pub fn one(message: impl Into<Bytes>) -> Self {
        Self::new(vec![message.into()])
    }
}

impl<Q: Requests> Requests for &mut Q {
    type Error = Q::Error;

    fn next(&mut self) -> impl Future<Output = Option<Result<Bytes, Q::Error>>> + Send {
        (**self).next()
    }
}

impl Requests for Buffered {
    type Error = Infallible;

    async fn next(&mut self) -> Option<Result<Bytes, Infallible>> {
        self.0.next().map(Ok)
    }
}

/// Whether a receiver wants more.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Flow {
    Continue,
    /// Ends the RPC with CANCEL and [`Ended::Stopped`](crate::invoke::Ended::Stopped).
    Stop,
}

/// Takes what the peer sends, as it arrives.
pub trait Responses: Send {
    /// The headers; not called for an answer that is trailers only.
    fn headers(&mut self, _headers: &HeaderMap) {}

    /// One message, decompressed. Of a unary answer never more than one.
    fn message(&mut self, encoded: Bytes) -> Flow;

    /// Everything that has arrived was handed on, and more is waited for: the moment to flush.
    fn idle(&mut self) {}
}

/// Keeps the messages; for calls whose answers are small, such as a login.
#[derive(Clone, Debug, Default)]
pub struct Collected {
    pub messages: Vec<Bytes>,
}

impl Responses for Collected {
    fn message(&mut self, encoded: Bytes) -> Flow {
        self.messages.push(encoded);
        Flow::Continue
    }
}
