//! Responses to JSON, as they arrive.

use bytes::Bytes;
use http::HeaderMap;
use prost_reflect::MethodDescriptor;

use crate::describe::health::ServingStatus;
use crate::evidence::Aim;
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
    /// `None`: the responses are serving statuses.
    transcoder: Option<Transcoder>,
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
    /// The latest of the health service's.
    pub serving: Option<ServingStatus>,
}

impl<'a> Printer<'a> {
    pub(crate) fn new(
        aim: Aim,
        method: &MethodDescriptor,
        plan: &CallPlan,
        reporter: &'a Reporter,
    ) -> Self {
        let transcoder = || Transcoder::new(method.output(), plan.emit_defaults);
        Self {
            transcoder: (aim != Aim::Health).then(transcoder),
            reporter,
            received: 0,
            seen: Seen::default(),
        }
    }

    pub(crate) fn into_seen(self) -> Seen {
        self.seen
    }
}

impl Printer<'_> {
    /// Prints a message, or says why it is not of its type.
    fn print(&mut self, encoded: &[u8]) -> Result<(), String> {
        let Some(transcoder) = &mut self.transcoder else {
            let status = ServingStatus::of_response(encoded).map_err(|error| error.to_string())?;
            self.reporter.emit(&Event::Serving(status));
            self.seen.serving = Some(status);
            return Ok(());
        };
        let text = self
            .reporter
            .message(encoded, transcoder)
            .map_err(|error| error.to_string())?;
        self.received += 1;
        if self.seen.error.is_none() {
            self.seen.error = ErrorInMessage::find(self.received, text);
        }
        Ok(())
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
        match self.print(&encoded) {
            Ok(()) if self.reporter.is_closed() => Flow::Stop,
            Ok(()) => Flow::Continue,
            Err(why) => {
                self.seen.undecodable = Some(why);
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
