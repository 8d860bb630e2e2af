//! The receiving half of an RPC: which kind of answer it is, its messages, its end.

use std::future::Future;
use std::pin::Pin;
use std::sync::atomic::Ordering::Relaxed;
use std::time::Duration;

use bytes::Bytes;
use h2::Reason;
use h2::RecvStream;
use h2::client::ResponseFuture;
use http::header::HeaderMap;
use tokio::time::Instant;

use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Flow;
use crate::invoke::Interruption;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::invoke::Responses;
use crate::invoke::WireFault;
use crate::invoke::content_type::AnswerKind;
use crate::invoke::exchange::Alongside;
use crate::invoke::exchange::Interrupted;
use crate::invoke::framing::Deframer;
use crate::invoke::rpc::Rpc;
use crate::invoke::rpc::Trouble;
use crate::invoke::sending::Sent;
use crate::invoke::trailers;
use crate::peer_text::PeerText;
use crate::status::StatusCode;

/// What has been received so far. It outlives the wait, so that a deadline finds it.
pub(crate) struct Receiving {
    pub started: Instant,
    pub deadline: Option<Instant>,
    pub server_streaming: bool,
    pub limit: usize,
    pub deframer: Deframer,
    pub stream_id: Option<u32>,
    pub http_status: Option<u16>,
    pub headers: HeaderMap,
    pub trailers: HeaderMap,
    pub trailers_only: bool,
    pub faults: Vec<WireFault>,
    pub messages: u64,
    pub body_excerpt: Option<PeerText>,
    pub first_answer_after: Option<Duration>,
}

impl Receiving {
    pub(super) fn new(rpc: &Rpc, started: Instant) -> Self {
        Self {
            started,
            deadline: rpc.deadline,
            server_streaming: rpc.server_streaming,
            limit: rpc.max_message_size,
            deframer: Deframer::new(rpc.max_message_size),
            stream_id: None,
            http_status: None,
            headers: HeaderMap::new(),
            trailers: HeaderMap::new(),
            trailers_only: false,
            faults: Vec::new(),
            messages: 0,
            body_excerpt: None,
            first_answer_after: None,
        }
    }

    /// Receives to the end.
    pub(super) async fn run<S, E, P>(
        &mut self,
        alongside: &mut Alongside<'_, S, E>,
        mut response: ResponseFuture,
        responses: &mut P,
    ) -> Result<Ended, Interrupted<E>>
    where
        S: Future<Output = Result<(), Trouble<E>>>,
        P: Responses,
    {
        let response = alongside
            .until(|cx| Pin::new(&mut response).poll(cx))
            .await?;
        let (parts, body) = match response {
            Ok(response) => response.into_parts(),
            Err(error) => return Ok(self.failed(&error)),
        };
        self.http_status = Some(parts.status.as_u16());
        let kind = AnswerKind::of(parts.status.as_u16(), &parts.headers, body.is_end_stream());
        if kind == AnswerKind::TrailersOnly {
            self.trailers_only = true;
            return Ok(self.conclude(parts.headers));
        }
        self.headers = parts.headers;
        responses.headers(&self.headers);
        match kind {
            AnswerKind::Http => self.read_http(alongside, body).await,
            _ => self.read_messages(alongside, body, responses).await,
        }
    }

    async fn read_messages<S, E, P>(
        &mut self,
        alongside: &mut Alongside<'_, S, E>,
        mut body: RecvStream,
        responses: &mut P,
    ) -> Result<Ended, Interrupted<E>>
    where
        S: Future<Output = Result<(), Trouble<E>>>,
        P: Responses,
    {
        while let Some(chunk) = alongside
            .until(|cx| {
                let chunk = body.poll_data(cx);
                if chunk.is_pending() {
                    responses.idle();
                }
                chunk
            })
            .await?
        {
            let chunk = match chunk {
                Ok(chunk) => chunk,
                Err(error) => return Ok(self.failed(&error)),
            };
            let size = chunk.len();
            self.deframer.push(chunk);
            while let Some(message) = self.next_message().transpose() {
                let delivered = message.and_then(|message| self.deliver(message, responses));
                alongside.answered();
                if let Err(ended) = delivered {
                    return Ok(ended);
                }
            }
            // Fails only on a stream that is gone, which the next wait tells.
            let _ = body.flow_control().release_capacity(size);
        }
        match alongside.until(|cx| body.poll_trailers(cx)).await? {
            Ok(trailers) => Ok(self.conclude(trailers.unwrap_or_default())),
            Err(error) => Ok(self.failed(&error)),
        }
    }

    /// Counts a message and hands it on; the second of a unary answer ends the RPC.
    fn deliver(&mut self, message: Bytes, responses: &mut impl Responses) -> Result<(), Ended> {
        self.answered();
        self.messages += 1;
        if !self.server_streaming && self.messages > 1 {
            self.faults.push(WireFault::ExtraMessages {
                count: self.messages,
            });
            return Err(Ended::local(
                StatusCode::INTERNAL,
                "the server sent more than the one message of a unary answer",
            ));
        }
        match responses.message(message) {
            Flow::Continue => Ok(()),
            Flow::Stop => Err(Ended::Stopped),
        }
    }

    /// Notes that the first message or the status is here.
    pub(super) fn answered(&mut self) {
        let started = self.started;
        self.first_answer_after
            .get_or_insert_with(|| started.elapsed());
    }

    fn progress(&self) -> Progress {
        match (self.deframer.partial(), self.messages, self.http_status) {
            (Some((received, expected)), ..) => Progress::InsideMessage { received, expected },
            (None, 0, None) => Progress::BeforeHeaders,
            (None, 0, Some(_)) => Progress::AfterHeaders,
            (None, messages, _) => Progress::AfterMessages(messages),
        }
    }

    /// The stream or the connection failed.
    ///
    /// Headers that say no and are followed by the connection's end alone are taken as trailers-only:
    /// when both arrive together, `h2` no longer tells that the headers ended the stream. And a peer's
    /// CANCEL once our deadline passed is the deadline (as in grpc-go): the peer kept it too.
    fn failed(&mut self, error: &h2::Error) -> Ended {
        let cause = Interruption::from_h2(error);
        let reset = matches!(cause, Interruption::Reset { .. });
        let untouched = self.messages == 0 && self.deframer.partial().is_none();
        if !reset && untouched && trailers::says_no(&self.headers) {
            self.trailers_only = true;
            let block = std::mem::take(&mut self.headers);
            return self.conclude(block);
        }
        let cancelled = Interruption::Reset {
            code: Reason::CANCEL.into(),
            by_peer: true,
        };
        if cause == cancelled && self.deadline.is_some_and(|at| at <= Instant::now()) {
            return self.deadline_exceeded(None);
        }
        Ended::NoStatus(NoStatus {
            cause,
            after: self.progress(),
        })
    }

    /// A deadline passed.
    pub(super) fn expired(&mut self, sent: &Sent) -> Ended {
        if !sent.opened.load(Relaxed) {
            return Ended::NoStatus(NoStatus {
                cause: Interruption::Deadline,
                after: Progress::BeforeRequest,
            });
        }
        self.deadline_exceeded(Some(sent))
    }

    fn deadline_exceeded(&mut self, sent: Option<&Sent>) -> Ended {
        let nothing_taken = sent.is_some_and(|sent| sent.messages.load(Relaxed) == 0);
        let stage = match self.progress() {
            Progress::BeforeRequest | Progress::BeforeHeaders if nothing_taken => {
                "before the server took the request message and before it answered".into()
            }
            Progress::BeforeRequest | Progress::BeforeHeaders => {
                "before the server answered".into()
            }
            Progress::AfterHeaders => "after the headers, before a message or a status".into(),
            Progress::AfterMessages(1) => "after 1 message, before the status".into(),
            Progress::AfterMessages(count) => format!("after {count} messages, before the status"),
            Progress::InsideMessage { received, expected } => {
                format!("inside a message, after {received} of {expected} bytes")
            }
        };
        Ended::local(
            StatusCode::DEADLINE_EXCEEDED,
            format!("the deadline passed {stage}"),
        )
    }

    /// The answer to a request that could not be sent.
    pub(super) fn never_sent(self, cause: Interruption) -> Answer {
        let ended = Ended::NoStatus(NoStatus {
            cause,
            after: Progress::BeforeRequest,
        });
        self.answer(ended, &Sent::default())
    }

    pub(super) fn answer(self, outcome: Ended, sent: &Sent) -> Answer {
        Answer {
            http_status: self.http_status,
            headers: self.headers,
            trailers: self.trailers,
            trailers_only: self.trailers_only,
            outcome,
            faults: self.faults,
            messages: self.messages,
            body_excerpt: self.body_excerpt,
            stream_id: self.stream_id,
            request_sent: sent.opened.load(Relaxed),
            requests_sent: sent.messages.load(Relaxed),
            first_answer_after: self.first_answer_after,
            duration: self.started.elapsed(),
        }
    }
}
