//! From the end of an answer to its status.

use std::future::Future;
use std::time::Duration;

use bytes::Bytes;
use h2::RecvStream;
use http::StatusCode as HttpStatus;
use http::header::CONTENT_TYPE;
use http::header::HeaderMap;

use crate::invoke::Ended;
use crate::invoke::WireFault;
use crate::invoke::compression;
use crate::invoke::compression::NotInflated;
use crate::invoke::content_type;
use crate::invoke::exchange::Alongside;
use crate::invoke::exchange::Interrupted;
use crate::invoke::framing::Frame;
use crate::invoke::framing::Unreadable;
use crate::invoke::receiving::Receiving;
use crate::invoke::request::GRPC_ENCODING;
use crate::invoke::rpc::Trouble;
use crate::invoke::trailers;
use crate::peer_text::KEPT;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;

/// How long an HTTP answer's body is waited for.
const EXCERPT_TIME: Duration = Duration::from_secs(1);

impl Ended {
    pub(crate) fn local(code: StatusCode, message: impl Into<PeerText>) -> Self {
        Self::Status {
            status: trailers::local(code, message),
            answered_by: AnsweredBy::Local,
        }
    }
}

impl Receiving {
    /// The status of a gRPC answer whose last block is `block`.
    pub(super) fn conclude(&mut self, block: HeaderMap) -> Ended {
        self.answered();
        self.trailers = block;
        let headers = match self.trailers_only {
            true => &self.trailers,
            false => &self.headers,
        };
        let oddities = content_type::oddities(self.http_status.unwrap_or(200), headers);
        self.faults.extend(oddities);
        if let Some(lost) = trailers::raw_status(&self.headers) {
            self.faults.push(WireFault::StatusInHeaders {
                headers: lost,
                trailers: trailers::raw_status(&self.trailers),
            });
        }
        match trailers::read(&self.trailers, &mut self.faults) {
            Some((status, AnsweredBy::Server)) if status.code == StatusCode::OK => {
                self.check_ok(status)
            }
            Some((status, answered_by)) => Ended::Status {
                status,
                answered_by,
            },
            None => self.without_status(),
        }
    }

    /// OK stands only if the messages are what the method promises.
    fn check_ok(&mut self, status: Status) -> Ended {
        let broken = if let Some(message) = self.truncated() {
            message
        } else if !self.server_streaming && self.messages == 0 {
            self.faults.push(WireFault::NoMessage);
            "the server said OK without the one message of a unary answer".into()
        } else {
            return Ended::Status {
                status,
                answered_by: AnsweredBy::Server,
            };
        };
        Ended::Status {
            status: Status {
                raw: status.raw,
                ..trailers::local(StatusCode::INTERNAL, broken)
            },
            answered_by: AnsweredBy::Local,
        }
    }

    fn without_status(&mut self) -> Ended {
        self.faults.push(WireFault::MissingStatus);
        match self.truncated() {
            Some(message) => Ended::local(StatusCode::INTERNAL, message),
            None => Ended::local(
                StatusCode::UNKNOWN,
                "the server closed the stream without a grpc-status",
            ),
        }
    }

    fn truncated(&mut self) -> Option<String> {
        let (received, expected) = self.deframer.partial()?;
        self.faults
            .push(WireFault::TruncatedMessage { received, expected });
        Some(format!(
            "the server ended the stream inside a message, after {received} of {expected} bytes"
        ))
    }

    /// The next message of what has arrived, inflated; or the end that an unreadable one brings.
    pub(super) fn next_message(&mut self) -> Result<Option<Bytes>, Ended> {
        match self.deframer.next() {
            Ok(None) => Ok(None),
            Ok(Some(frame)) if !frame.compressed => Ok(Some(frame.payload)),
            Ok(Some(frame)) => self.inflate(&frame).map(Some),
            Err(Unreadable::TooLarge(size)) => Err(self.too_large(size, "")),
            Err(Unreadable::Flag(flag)) => {
                self.faults.push(WireFault::BadCompressionFlag(flag));
                Err(Ended::local(
                    StatusCode::INTERNAL,
                    format!("a message's compressed flag is {flag}, neither 0 nor 1"),
                ))
            }
        }
    }

    fn inflate(&mut self, frame: &Frame) -> Result<Bytes, Ended> {
        let encoding = self.headers.get(GRPC_ENCODING);
        if encoding.is_none_or(|encoding| encoding != "gzip") {
            let encoding =
                encoding.map(|encoding| String::from_utf8_lossy(encoding.as_bytes()).into_owned());
            let message = match &encoding {
                None => "a message is compressed, but no grpc-encoding was named".into(),
                Some(encoding) => {
                    format!("a message is compressed with `{encoding}`, which was not offered")
                }
            };
            self.faults.push(WireFault::UnknownEncoding { encoding });
            return Err(Ended::local(StatusCode::INTERNAL, message));
        }
        match compression::inflate(&frame.payload, self.limit) {
            Ok(message) => Ok(message),
            Err(NotInflated::TooLarge) => Err(self.too_large(self.limit as u64 + 1, "at least ")),
            Err(NotInflated::Corrupt) => {
                self.faults.push(WireFault::CorruptCompression);
                Err(Ended::local(
                    StatusCode::INTERNAL,
                    "a message compressed with gzip does not inflate",
                ))
            }
        }
    }

    fn too_large(&mut self, size: u64, qualifier: &str) -> Ended {
        let limit = self.limit as u64;
        self.faults.push(WireFault::MessageTooLarge { size, limit });
        Ended::local(
            StatusCode::RESOURCE_EXHAUSTED,
            format!("a message has {qualifier}{size} bytes; the limit is {limit}"),
        )
    }

    /// Keeps the beginning of an HTTP answer's body and tells what the answer means. What interrupts
    /// the body changes nothing: the headers have said it.
    pub(super) async fn read_http<S, E>(
        &mut self,
        alongside: &mut Alongside<'_, S, E>,
        mut body: RecvStream,
    ) -> Result<Ended, Interrupted<E>>
    where
        S: Future<Output = Result<(), Trouble<E>>>,
    {
        self.answered();
        alongside.answered();
        alongside.limit(EXCERPT_TIME);
        let mut excerpt = PeerText::default();
        let mut trailers = HeaderMap::new();
        while !excerpt.is_cut() {
            let wait = alongside.until(|cx| body.poll_data(cx)).await;
            let Some(Some(Ok(chunk))) = unless_expired(wait)? else {
                let wait = alongside.until(|cx| body.poll_trailers(cx)).await;
                if let Some(Ok(Some(block))) = unless_expired(wait)? {
                    trailers = block;
                }
                break;
            };
            excerpt.keep(&chunk, KEPT);
            // Fails only on a stream that is gone, which the next wait tells.
            let _ = body.flow_control().release_capacity(chunk.len());
        }
        self.body_excerpt = Some(excerpt);
        Ok(self.conclude_http(trailers))
    }

    fn conclude_http(&mut self, block: HeaderMap) -> Ended {
        self.trailers = block;
        let http_status = self.http_status.unwrap_or_default();
        let said = [&self.trailers, &self.headers]
            .into_iter()
            .find(|block| trailers::says_no(block))
            .and_then(|block| trailers::read(block, &mut self.faults));
        if let Some((status, answered_by)) = said {
            let oddities = content_type::oddities(http_status, &self.headers);
            self.faults.extend(oddities);
            return Ended::Status {
                status,
                answered_by,
            };
        }
        Ended::Status {
            status: trailers::local(
                StatusCode::from_http(http_status),
                describe_http(http_status, &self.headers),
            ),
            answered_by: AnsweredBy::Proxy,
        }
    }
}

fn unless_expired<T, E>(wait: Result<T, Interrupted<E>>) -> Result<Option<T>, Interrupted<E>> {
    match wait {
        Ok(done) => Ok(Some(done)),
        Err(Interrupted::Expired) => Ok(None),
        Err(ours) => Err(ours),
    }
}

/// `HTTP 401 Unauthorized, text/html, without grpc-status`.
fn describe_http(http_status: u16, headers: &HeaderMap) -> String {
    let reason = HttpStatus::from_u16(http_status)
        .ok()
        .and_then(|status| status.canonical_reason())
        .map(|reason| format!(" {reason}"))
        .unwrap_or_default();
    let content_type = match headers.get(CONTENT_TYPE) {
        Some(value) => String::from_utf8_lossy(value.as_bytes()).into_owned(),
        None => "no content type".into(),
    };
    format!("HTTP {http_status}{reason}, {content_type}, without grpc-status")
}
