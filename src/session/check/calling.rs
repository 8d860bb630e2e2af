//! One call of a cell, or of a control: what it came to, and all that the peer sent.

use std::rc::Rc;
use std::time::Duration;

use bytes::Bytes;
use time::OffsetDateTime;
use tokio::time::Instant;

use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Attempt;
use crate::evidence::ConnectionEvidence;
use crate::evidence::Description;
use crate::evidence::Evidence;
use crate::invoke;
use crate::invoke::Answer;
use crate::invoke::Buffered;
use crate::invoke::Flow;
use crate::invoke::Interruption;
use crate::invoke::Responses;
use crate::invoke::Rpc;
use crate::report::Reporter;
use crate::session::asking::Asking;
use crate::session::caller::Caller;
use crate::session::channel::OpenChannel;
use crate::session::check::lane::Lane;
use crate::session::outgoing::Outgoing;
use crate::status::AnsweredBy;
use crate::suite::judging::Ended;
use crate::verdict;
use crate::verdict::Answerer;
use crate::verdict::Expectation;
use crate::verdict::Finding;

/// What is called.
pub(super) struct Call<'a> {
    /// `package.Service/Method`.
    pub method: &'a str,
    pub client_streaming: bool,
    pub server_streaming: bool,
    pub message: Bytes,
    pub deadline: Duration,
    /// How many messages of a stream are read.
    pub reads: usize,
    /// Whether the caller's credentials go with it.
    pub with_credentials: bool,
}

/// What it came to.
pub(super) struct Called {
    pub ended: Ended,
    pub evidence: Evidence,
    pub messages: Vec<Bytes>,
    /// To the moment that settled it.
    pub took: Duration,
}

impl Called {
    pub(super) fn answer(&self) -> Option<&Answer> {
        let attempt = self.evidence.call.attempts.last();
        attempt.map(|attempt| &attempt.answer)
    }

    /// Why it came to this, as far as that is known.
    pub(super) fn diagnosis(&self) -> Option<Finding> {
        verdict::judge(&Expectation::default(), &self.evidence).diagnosis
    }

    /// Whether the octets are in anything that the peer sent.
    pub(super) fn contains(&self, marker: &[u8]) -> bool {
        let within = |octets: &[u8]| {
            octets
                .windows(marker.len().max(1))
                .any(|window| window == marker)
        };
        let of_answer = |answer: &Answer| {
            let entries = answer.headers.values().chain(answer.trailers.values());
            let body = answer.body_excerpt.iter();
            let said = match &answer.outcome {
                invoke::Ended::Status { status, .. } => {
                    within(status.message.octets_for_judging()) || within(&status.details)
                }
                _ => false,
            };
            said || entries.into_iter().any(|value| within(value.as_bytes()))
                || body
                    .into_iter()
                    .any(|body| within(body.octets_for_judging()))
        };
        self.messages.iter().any(|message| within(message)) || self.answer().is_some_and(of_answer)
    }
}

/// The messages, up to so many.
struct Reading {
    messages: Vec<Bytes>,
    limit: usize,
}

impl Responses for Reading {
    fn message(&mut self, encoded: Bytes) -> Flow {
        self.messages.push(encoded);
        match self.messages.len() < self.limit {
            true => Flow::Continue,
            false => Flow::Stop,
        }
    }
}

/// Makes a call. A connection that was lost before the request left is dialled once more.
pub(super) async fn call(
    lane: &Lane<'_>,
    caller: &Caller<'_>,
    call: &Call<'_>,
    clock: OffsetDateTime,
    reporter: &Reporter,
) -> Called {
    if let Some(id) = lane.refused() {
        return settled(Ended::TlsRefused(id), evidence(call, clock));
    }
    let mut again = true;
    loop {
        let channel = match lane.channel(clock).await {
            Ok(channel) => channel,
            Err(known) => return unreached(lane, call, &known, clock),
        };
        let called = over(&channel, caller, call, clock, reporter).await;
        let (is_lost, was_sent) = loss(&called);
        if is_lost && lane.refused().is_none() {
            if let Some(id) = refusal(&called.evidence) {
                lane.refuse(id);
                return settled(Ended::TlsRefused(id), called.evidence);
            }
            lane.lost(&channel).await;
            if !was_sent && std::mem::take(&mut again) {
                continue;
            }
        }
        return called;
    }
}

/// Whether the connection is gone, and whether the peer may have seen the request.
fn loss(called: &Called) -> (bool, bool) {
    let Some(answer) = called.answer() else {
        return (false, true);
    };
    match &answer.outcome {
        invoke::Ended::NoStatus(none) => match none.cause {
            Interruption::ConnectionLost { .. } | Interruption::Refused { .. } => {
                (true, answer.request_sent)
            }
            Interruption::GoAway { .. } => (true, answer.request_sent),
            _ => (false, true),
        },
        _ => (false, true),
    }
}

/// The diagnosis, where it proves that the handshake was refused for the client's certificate.
fn refusal(evidence: &Evidence) -> Option<&'static str> {
    let diagnosis = verdict::judge(&Expectation::default(), evidence).diagnosis?;
    diagnosis.id.starts_with("mtls.").then_some(diagnosis.id)
}

async fn over(
    channel: &Rc<OpenChannel>,
    caller: &Caller<'_>,
    call: &Call<'_>,
    clock: OffsetDateTime,
    reporter: &Reporter,
) -> Called {
    let mut evidence = evidence(call, clock);
    let started = Instant::now();
    let deadline = started + call.deadline;
    let asking = Asking::new(
        channel,
        caller,
        Some(deadline),
        true,
        &mut evidence,
        reporter,
    );
    let credentials = match call.with_credentials {
        true => asking.credentials(),
        false => Some(&[][..]),
    };
    if credentials.is_none() {
        let why = "the credential is not sent: the server's certificate was refused".to_owned();
        return settled(Ended::NoStatus(why), evidence);
    }
    let outgoing = Outgoing::with_call(caller.plan, credentials);
    let fingerprint = asking.fingerprint();
    let rpc = Rpc {
        metadata: outgoing.note_in(&mut asking.evidence.call),
        server_streaming: call.server_streaming,
        client_streaming: call.client_streaming,
        deadline: Some(deadline),
        ..Rpc::unary(format!("/{}", call.method))
    };
    let mut reading = Reading {
        messages: Vec::new(),
        limit: match call.server_streaming {
            true => call.reads,
            false => usize::MAX,
        },
    };
    let message = Buffered::one(call.message.clone());
    let answer = match invoke::invoke(&channel.rpcs, rpc, message, &mut reading).await {
        Ok(answer) => answer,
        Err(trouble) => {
            return settled(Ended::NoStatus(trouble.to_string()), evidence);
        }
    };
    channel.note_in(asking.evidence);
    let took = answer.first_answer_after.unwrap_or(answer.duration);
    let ended = ended(&answer, call);
    evidence.call.attempts.push(Attempt {
        answer,
        credential_fingerprint: fingerprint,
    });
    // An HTTP answer in the place of an alert, as nginx gives one, is a refusal of the certificate, too.
    let ended = match ended {
        Ended::NoStatus(_) | Ended::Status(_, AnsweredBy::Proxy) => {
            refusal(&evidence).map_or(ended, Ended::TlsRefused)
        }
        ended => ended,
    };
    Called {
        ended: in_words(ended, &evidence),
        evidence,
        messages: reading.messages,
        took,
    }
}

fn ended(answer: &Answer, call: &Call<'_>) -> Ended {
    if call.server_streaming && answer.messages > 0 {
        return Ended::Message;
    }
    match &answer.outcome {
        invoke::Ended::Status {
            status,
            answered_by,
        } => {
            // A proxy's own gRPC status says of the server no more than its HTTP response would.
            let is_proxy = Answerer::of(answer).is_some_and(|it| it.is_likely_proxy());
            let by = if is_proxy {
                AnsweredBy::Proxy
            } else {
                *answered_by
            };
            Ended::Status(status.code, by)
        }
        invoke::Ended::Stopped => Ended::Message,
        invoke::Ended::NoStatus(_) => Ended::NoStatus(String::new()),
    }
}

/// Why no status was obtained, in the words of its diagnosis.
fn in_words(ended: Ended, evidence: &Evidence) -> Ended {
    match ended {
        Ended::NoStatus(why) if why.is_empty() => {
            let diagnosis = verdict::judge(&Expectation::default(), evidence).diagnosis;
            let why = diagnosis.map_or_else(|| "the connection ended".to_owned(), |own| own.cause);
            Ended::NoStatus(why)
        }
        ended => ended,
    }
}

fn evidence(call: &Call<'_>, clock: OffsetDateTime) -> Evidence {
    let asked = Asked {
        method: Some(call.method.to_owned()),
        ..Asked::default()
    };
    let mut evidence = Evidence::new(clock, asked, AskedConnection::default());
    evidence.call.description = Description::Found {
        source: "the suite's schema".to_owned(),
        notes: Vec::new(),
    };
    evidence
}

/// There is no connection.
fn unreached(
    lane: &Lane<'_>,
    call: &Call<'_>,
    known: &Rc<ConnectionEvidence>,
    clock: OffsetDateTime,
) -> Called {
    let mut evidence = evidence(call, clock);
    *evidence.connection_mut() = ConnectionEvidence::clone(known);
    if let Some(id) = refusal(&evidence) {
        lane.refuse(id);
        return settled(Ended::TlsRefused(id), evidence);
    }
    let ended = in_words(Ended::NoStatus(String::new()), &evidence);
    settled(ended, evidence)
}

fn settled(ended: Ended, evidence: Evidence) -> Called {
    Called {
        ended,
        evidence,
        messages: Vec::new(),
        took: Duration::ZERO,
    }
}
