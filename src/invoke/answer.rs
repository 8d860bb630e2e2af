//! How an RPC ended, and everything that the peer said on the way. Texts of a peer are hostile until
//! escaped by [`crate::text`].

use std::io;
use std::time::Duration;

use http::header::HeaderMap;

use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::Status;

/// One RPC's end.
#[derive(Clone, Debug)]
pub struct Answer {
    /// `:status` of the response headers, if they came.
    pub http_status: Option<u16>,
    /// The response headers; empty if the answer was trailers only.
    pub headers: HeaderMap,
    /// The trailers, `grpc-status` and its fellows included; of an answer that was trailers only, its one block.
    pub trailers: HeaderMap,
    /// Whether one header block was the whole gRPC answer.
    pub trailers_only: bool,
    pub outcome: Ended,
    /// Where the peer broke the protocol, in the order found.
    pub faults: Vec<WireFault>,
    /// Messages received whole.
    pub messages: u64,
    /// The beginning of an HTTP answer's body; `None` if the answer was gRPC.
    pub body_excerpt: Option<PeerText>,
    /// The HTTP/2 stream, once the request was given one.
    pub stream_id: Option<u32>,
    /// Whether the request's headers left: the stream was open.
    pub request_sent: bool,
    /// Request messages handed to the connection whole.
    pub requests_sent: u64,
    /// From the start to the first message or the status.
    pub first_answer_after: Option<Duration>,
    pub duration: Duration,
}

impl Answer {
    /// The same answer, which may hold a token that nobody knows.
    #[must_use]
    pub(crate) fn among_tokens(mut self) -> Self {
        if let Ended::Status { status, .. } = &mut self.outcome {
            status.message = std::mem::take(&mut status.message).among_tokens();
        }
        self.body_excerpt = self.body_excerpt.map(PeerText::among_tokens);
        self
    }
}

/// The outcome.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Ended {
    Status {
        status: Status,
        answered_by: AnsweredBy,
    },
    /// HTTP/2 ended before there was anything like a gRPC status.
    NoStatus(NoStatus),
    /// The receiver of the messages wanted no more.
    Stopped,
}

/// What came instead of a status, and how far the RPC had come.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct NoStatus {
    pub cause: Interruption,
    pub after: Progress,
}

/// What ended an RPC at the level of HTTP/2.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Interruption {
    /// RST_STREAM with this code (RFC 9113 §7); not `by_peer`: the peer broke HTTP/2 and we reset.
    Reset { code: u32, by_peer: bool },
    /// GOAWAY with this code; not `by_peer`: the peer broke HTTP/2 and we closed the connection.
    GoAway { code: u32, by_peer: bool },
    /// The connection broke, or was closed without a word.
    ConnectionLost {
        io_kind: io::ErrorKind,
        text: String,
    },
    /// Our own deadline passed before the request was sent.
    Deadline,
    /// The connection takes no more requests (for one, its stream numbers are used up).
    Refused { text: String },
}

impl Interruption {
    pub(crate) fn from_h2(error: &h2::Error) -> Self {
        let by_peer = error.is_remote();
        match (error.reason(), error.get_io()) {
            (Some(reason), _) if error.is_go_away() => Self::GoAway {
                code: reason.into(),
                by_peer,
            },
            (Some(reason), _) => Self::Reset {
                code: reason.into(),
                by_peer,
            },
            (None, Some(io_error)) => Self::ConnectionLost {
                io_kind: io_error.kind(),
                text: io_error.to_string(),
            },
            (None, None) => Self::Refused {
                text: error.to_string(),
            },
        }
    }
}

/// How far an RPC had come.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Progress {
    BeforeRequest,
    BeforeHeaders,
    AfterHeaders,
    /// After this many messages, between two of them.
    AfterMessages(u64),
    /// Within a message: octets received and announced, its five-octet prefix included.
    InsideMessage {
        received: u64,
        expected: u64,
    },
}

/// Something that a gRPC peer must not send. What it makes of the outcome stands in [`Ended`].
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum WireFault {
    /// A `grpc-status` in headers that did not end the stream; it does not count.
    StatusInHeaders {
        headers: String,
        trailers: Option<String>,
    },
    /// Several `grpc-status` values in one block that differ: no status can be told. Made INTERNAL.
    ConflictingStatus { values: Vec<String> },
    /// The same `grpc-status` more than once in one block.
    RepeatedStatus { raw: String, times: usize },
    /// `grpc-status` is not a number from 0 to 2³² − 1. Made UNKNOWN.
    BadStatusNumber { raw: String },
    /// `grpc-status` is a number with zeros in front; it counts.
    PaddedStatusNumber { raw: String },
    /// The answer ended without a `grpc-status`. Made UNKNOWN.
    MissingStatus,
    /// `grpc-status-details-bin` is not base64; the code is kept.
    DetailsNotBase64,
    /// `grpc-message` has a `%` that begins no escape, or bytes that are not UTF-8; read leniently.
    MalformedMessage,
    /// The headers said this and not 200, though a `grpc-status` came with them.
    HttpStatus(u16),
    /// No content type, though a `grpc-status` came.
    MissingContentType,
    /// A content type that is not gRPC's, though a `grpc-status` came.
    OddContentType { value: String },
    /// Messages beyond the one of a unary answer; reading stopped at the second. Made INTERNAL.
    ExtraMessages { count: u64 },
    /// OK without the one message of a unary answer. Made INTERNAL.
    NoMessage,
    /// The stream ended within a message; octets as in [`Progress::InsideMessage`].
    TruncatedMessage { received: u64, expected: u64 },
    /// A message's compressed flag is neither 0 nor 1. Made INTERNAL.
    BadCompressionFlag(u8),
    /// A compressed message, in an encoding that is not ours or not named. Made INTERNAL.
    UnknownEncoding { encoding: Option<String> },
    /// A compressed message that does not inflate. Made INTERNAL.
    CorruptCompression,
    /// A message beyond the limit, sizes in bytes; `size` is a lower bound if it was compressed. Made
    /// RESOURCE_EXHAUSTED.
    MessageTooLarge { size: u64, limit: u64 },
}
