//! What to call, and what can go wrong with it on this side.

use thiserror::Error;
use tokio::time::Instant;

use crate::metadata::Metadata;

/// The largest message taken when the user names no limit, in bytes; grpc-go's.
pub(crate) const DEFAULT_MAX_MESSAGE_SIZE: usize = 4 * 1024 * 1024;

/// What to call, with what, and for how long.
#[derive(Clone, Debug)]
pub struct Rpc {
    /// `/pkg.Service/Method`.
    pub path: String,
    /// Sent as it is; values marked sensitive stay so.
    pub metadata: Metadata,
    /// Whether the server may send any number of messages; otherwise exactly one.
    pub server_streaming: bool,
    /// Whether we send any number of messages; otherwise only the first is read and sent.
    pub client_streaming: bool,
    /// Ends the whole RPC. Sent as `grpc-timeout`, and kept here.
    pub deadline: Option<Instant>,
    /// Ends the RPC unless a first message or the status came; a healthy stream then goes on, and the status of a
    /// single message must follow within as long again. Not sent.
    pub first_answer_deadline: Option<Instant>,
    /// Whether to gzip the requests. Answers in gzip are read either way.
    pub compress: bool,
    /// The largest message taken, in bytes after decompression.
    pub max_message_size: usize,
}

impl Rpc {
    /// A unary RPC without metadata or deadline.
    pub fn unary(path: impl Into<String>) -> Self {
        Self {
            path: path.into(),
            metadata: Metadata::new(),
            server_streaming: false,
            client_streaming: false,
            deadline: None,
            first_answer_deadline: None,
            compress: false,
            max_message_size: DEFAULT_MAX_MESSAGE_SIZE,
        }
    }
}

/// The path, the authority or the scheme cannot be sent over HTTP/2.
#[derive(Debug, Error)]
#[error("{0}")]
pub struct NotARequest(pub(super) String);

impl NotARequest {
    pub(crate) fn message_too_large() -> Self {
        Self("a request message has 4 GiB or more, which gRPC cannot frame".into())
    }
}

/// Trouble of our own; the RPC, if it had begun, was cancelled.
#[derive(Debug, Error)]
pub enum Trouble<E> {
    /// The path, the authority or a metadata entry cannot be sent.
    #[error("{0}")]
    Request(NotARequest),
    /// The next request message could not be obtained.
    #[error("{0}")]
    Input(E),
}
