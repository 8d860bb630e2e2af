//! Questions and answers over as many streams as it takes.
//!
//! The first questions go out twice, as v1 and as v1alpha, so that a server that has only the older
//! version costs no round trip more. Later ones are pipelined on the stream that answered. A stream
//! ends at a missing symbol on some servers: the unanswered questions are then put on a new one.

use std::collections::VecDeque;
use std::task::Poll;
use std::time::Duration;

use tokio::time::Instant;

use crate::describe::described::NotDescribed;
use crate::describe::described::Source;
use crate::describe::given::Given;
use crate::describe::reflection::messages::Question;
use crate::describe::reflection::messages::Reply;
use crate::describe::reflection::stream::Allowance;
use crate::describe::reflection::stream::Event;
use crate::describe::reflection::stream::MAX_BYTES;
use crate::describe::reflection::stream::Opening;
use crate::describe::reflection::stream::Stream;
use crate::describe::reflection::version::Version;
use crate::invoke::Answer;
use crate::invoke::Channel;
use crate::invoke::Ended;
use crate::invoke::WireFault;
use crate::metadata::Metadata;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::StatusCode;

/// Flights of questions, and so also levels of imports on a server that sends one file at a time.
const MAX_ROUND_TRIPS: u32 = 64;

/// How long a description may take when no deadline is given.
pub(super) const DEFAULT_LIMIT: Duration = Duration::from_secs(30);

pub(super) struct Session {
    opening: Opening,
    /// The version that answered first, once one did.
    version: Option<Version>,
    stream: Option<Stream>,
    round_trips: u32,
}

impl Session {
    /// `deadline` is for everything that is asked; without one [`DEFAULT_LIMIT`] holds.
    pub(super) fn open(channel: &Channel, metadata: &Metadata, deadline: Option<Instant>) -> Self {
        Self {
            opening: Opening {
                channel: channel.clone(),
                metadata: metadata.clone(),
                deadline: deadline.unwrap_or_else(|| Instant::now() + DEFAULT_LIMIT),
                allowance: Allowance::new(),
            },
            version: None,
            stream: None,
            round_trips: 0,
        }
    }

    /// Flights of questions so far.
    pub(super) fn round_trips(&self) -> u32 {
        self.round_trips
    }

    /// The version that answered; v1 until one has.
    fn version(&self) -> Version {
        self.version.unwrap_or(Version::V1)
    }

    /// What an answer rests on: the files given, where there are any, and the server.
    pub(super) fn source(&self, given: &Given) -> Source {
        if given.is_empty() {
            Source::reflection(self.version())
        } else {
            Source::FilesAndReflection(given.paths.clone(), self.version())
        }
    }

    /// Asks all `questions` at once; the replies stand in the same order.
    pub(super) async fn ask(&mut self, questions: &[Question]) -> Result<Vec<Reply>, NotDescribed> {
        let mut replies = Vec::with_capacity(questions.len());
        while replies.len() < questions.len() {
            self.round_trips += 1;
            if self.round_trips > MAX_ROUND_TRIPS {
                return Err(broken(format!(
                    "its descriptors take more than {MAX_ROUND_TRIPS} round trips"
                )));
            }
            let open = &questions[replies.len()..];
            let mut first = self.put(open).await?;
            let before = replies.len();
            while replies.len() < questions.len() {
                let event = match first.take() {
                    Some(event) => event,
                    None => match &mut self.stream {
                        Some(stream) => stream.next().await,
                        None => break,
                    },
                };
                let progressed = replies.len() > before;
                replies.extend(self.take(event, progressed)?);
            }
        }
        Ok(replies)
    }

    /// Sends questions on the open stream, on a new one, or on one of each version: then the event
    /// that decided for one is returned.
    async fn put(&mut self, questions: &[Question]) -> Result<Option<Event>, NotDescribed> {
        let Some(version) = self.version else {
            let (version, stream, event) = race(&self.opening, questions).await?;
            self.version = Some(version);
            self.stream = Some(stream);
            return Ok(Some(event));
        };
        let opening = &self.opening;
        let stream = self
            .stream
            .get_or_insert_with(|| Stream::open(opening, version));
        stream.ask(questions);
        Ok(None)
    }

    /// The reply in an event; none if the stream ended and what is open must be asked again.
    fn take(&mut self, event: Event, progressed: bool) -> Result<Option<Reply>, NotDescribed> {
        let answer = match event {
            Event::Answered(response) => {
                return Reply::decode(&response).map(Some).map_err(|error| {
                    broken(format!("an answer of the server cannot be read: {error}"))
                });
            }
            Event::Ended(Err(trouble)) => return Err(broken(trouble.to_string())),
            Event::Ended(Ok(answer)) => answer,
        };
        self.stream = None;
        if let Some(message) = not_found(&answer) {
            return Ok(Some(Reply::Error {
                code: StatusCode::NOT_FOUND.0 as i32,
                message: message.clone(),
            }));
        }
        if answer.outcome == Ended::Stopped && !self.opening.allowance.is_spent() {
            return Err(broken("it answers more often than it is asked".to_owned()));
        }
        if progressed && code(&answer) == Some(StatusCode::OK) {
            return Ok(None);
        }
        Err(refused(answer, self.version()))
    }
}

/// Asks both versions; the first usable event decides, and the other stream is dropped.
async fn race(
    opening: &Opening,
    questions: &[Question],
) -> Result<(Version, Stream, Event), NotDescribed> {
    let mut running: VecDeque<(Version, Stream)> = [Version::V1, Version::V1Alpha]
        .into_iter()
        .map(|version| (version, Stream::open(opening, version)))
        .collect();
    for (_, stream) in &running {
        stream.ask(questions);
    }
    let mut refusals = Vec::new();
    while !running.is_empty() {
        let (index, event) = std::future::poll_fn(|context| {
            for (index, (_, stream)) in running.iter_mut().enumerate() {
                if let Poll::Ready(event) = stream.poll_next(context) {
                    return Poll::Ready((index, event));
                }
            }
            Poll::Pending
        })
        .await;
        let Some((version, stream)) = running.remove(index) else {
            break;
        };
        match event {
            Event::Ended(Ok(answer)) if not_found(&answer).is_none() => {
                refusals.push((version, answer));
            }
            usable => return Ok((version, stream, usable)),
        }
    }
    refusals.sort_by_key(|(version, _)| *version);
    Err(no_version(refusals))
}

/// What both versions' refusals amount to: the weightiest one, or absence.
fn no_version(mut refusals: Vec<(Version, Box<Answer>)>) -> NotDescribed {
    let weight = |answer: &Answer| match code(answer) {
        Some(StatusCode::UNIMPLEMENTED) => 0,
        Some(StatusCode::OK) => 1,
        None => 2,
        Some(_) => 3,
    };
    let weightiest = refusals
        .iter()
        .enumerate()
        .rev()
        .max_by_key(|(_, (_, answer))| weight(answer))
        .map(|(index, (_, answer))| (index, weight(answer)));
    match weightiest {
        Some((index, 1..)) => {
            let (version, answer) = refusals.swap_remove(index);
            refused(answer, version)
        }
        _ => match <[_; 2]>::try_from(refusals) {
            Ok([(_, v1), (_, v1alpha)]) => NotDescribed::Absent { v1, v1alpha },
            Err(_) => broken("no version of it was asked".to_owned()),
        },
    }
}

/// A stream's end as an error.
fn refused(answer: Box<Answer>, version: Version) -> NotDescribed {
    let too_large = |fault: &WireFault| matches!(fault, WireFault::MessageTooLarge { .. });
    if answer.outcome == Ended::Stopped || answer.faults.iter().any(too_large) {
        return broken(format!("it sends more than {} MB", MAX_BYTES >> 20));
    }
    if code(&answer) == Some(StatusCode::OK) {
        return broken("it ended without an answer".to_owned());
    }
    NotDescribed::Refused { answer, version }
}

fn code(answer: &Answer) -> Option<StatusCode> {
    match &answer.outcome {
        Ended::Status { status, .. } => Some(status.code),
        Ended::NoStatus(_) | Ended::Stopped => None,
    }
}

/// The message of a server's own NOT_FOUND: tonic's servers end the stream so at a missing symbol.
fn not_found(answer: &Answer) -> Option<&PeerText> {
    match &answer.outcome {
        Ended::Status {
            status,
            answered_by: AnsweredBy::Server,
        } if status.code == StatusCode::NOT_FOUND => Some(&status.message),
        _ => None,
    }
}

/// `what` completes "the server's reflection is broken: …".
pub(super) fn broken(what: String) -> NotDescribed {
    NotDescribed::Broken { what }
}
