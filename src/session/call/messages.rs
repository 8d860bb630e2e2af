//! Responses to JSON, as they arrive.

use bytes::Bytes;
use http::HeaderMap;
use prost_reflect::MethodDescriptor;

use crate::evidence::error_in_message::ErrorInMessage;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Flow;
use crate::invoke::Responses;
use crate::invoke::json::Transcoder;
use crate::plan::CallPlan;
use crate::report::Event;
use crate::report::Reporter;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;

/// Prints each response as it arrives.
pub(crate) struct Printer<'a> {
    transcoder: Transcoder,
    reporter: &'a Reporter,
    received: u64,
    seen: Seen,
}

/// What was noticed in the messages.
#[derive(Debug, Default)]
pub(crate) struct Seen {
    /// What the decoder said of a message that its type does not fit.
    pub undecodable: Option<String>,
    pub error: Option<ErrorInMessage>,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(method: &MethodDescriptor, plan: &CallPlan, reporter: &'a Reporter) -> Self {
        Self {
            transcoder: Transcoder::new(method.output(), plan.emit_defaults),
            reporter,
            received: 0,
            seen: Seen::default(),
        }
    }

    pub(crate) fn into_seen(self) -> Seen {
        self.seen
    }
}

impl Responses for Printer<'_> {
    fn headers(&mut self, headers: &HeaderMap) {
        self.reporter.emit(&Event::Headers(headers));
    }

    fn idle(&mut self) {
        self.reporter.flush();
    }

    fn message(&mut self, encoded: Bytes) -> Flow {
        match self.reporter.message(&encoded, &mut self.transcoder) {
            Ok(text) => {
                self.received += 1;
                if self.seen.error.is_none() {
                    self.seen.error = ErrorInMessage::find(self.received, text);
                }
                if self.reporter.is_closed() {
                    Flow::Stop
                } else {
                    Flow::Continue
                }
            }
            Err(error) => {
                self.seen.undecodable = Some(error.to_string());
                Flow::Stop
            }
        }
    }
}

/// An answer with a message that cannot be decoded is INTERNAL, determined locally.
pub(crate) fn judge_decoding(mut answer: Answer, undecodable: Option<&str>) -> Answer {
    if let Some(why) = undecodable {
        answer.outcome = Ended::Status {
            status: Status {
                code: StatusCode::INTERNAL,
                message: format!("a response message cannot be decoded: {why}").into(),
                details: Bytes::new(),
                raw: None,
            },
            answered_by: AnsweredBy::Local,
        };
    }
    answer
}
