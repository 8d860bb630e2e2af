//! The answer that ended the run, and whether it says no to the caller.

use std::borrow::Cow;

use http::header::CONTENT_TYPE;
use serde_json::Value;

use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::details;
use crate::peer_text::PeerText;
use crate::status::AnsweredBy;
use crate::status::Status;
use crate::status::StatusCode;
use crate::verdict::reading::answerer::Answerer;

/// An answer that carries a status, whoever made it.
#[derive(Clone, Copy, Debug)]
pub struct Reply<'a> {
    pub answer: &'a Answer,
    pub status: &'a Status,
    pub answered_by: AnsweredBy,
}

/// How the caller was told no.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Denial {
    /// Who are you? UNAUTHENTICATED, HTTP 401, or words that say as much under another status.
    Unauthenticated,
    /// Not you. PERMISSION_DENIED, HTTP 403.
    Forbidden,
}

impl<'a> Reply<'a> {
    /// An answer, if it carries a status.
    pub fn of(answer: &'a Answer) -> Option<Self> {
        match &answer.outcome {
            Ended::Status {
                status,
                answered_by,
            } => Some(Self {
                answer,
                status,
                answered_by: *answered_by,
            }),
            Ended::NoStatus(_) | Ended::Stopped => None,
        }
    }

    /// Whether the gRPC server said it, and it is not OK.
    pub fn is_refusal_of_server(&self) -> bool {
        self.answered_by == AnsweredBy::Server && self.status.code != StatusCode::OK
    }

    /// Its HTTP status, if it is an HTTP answer that is not gRPC.
    pub fn status_over_http(&self) -> Option<u16> {
        let is_http = self.answered_by == AnsweredBy::Proxy;
        self.answer.http_status.filter(|_| is_http)
    }

    /// The values of a header or trailer, in wire order.
    pub fn values(&self, name: &str) -> Vec<PeerText> {
        [&self.answer.headers, &self.answer.trailers]
            .into_iter()
            .flat_map(|block| block.get_all(name))
            .map(|value| value.as_bytes().into())
            .collect()
    }

    /// The header or trailer, its values joined, for a line of evidence; `None` if it is not there.
    pub fn header_line(&self, name: &str) -> Option<String> {
        let values: Vec<String> = self.values(name).iter().map(ToString::to_string).collect();
        (!values.is_empty()).then(|| format!("{name}: {}", values.join(", ")))
    }

    /// The media type of an HTTP answer, without its parameters, in lower case.
    pub fn media_type(&self) -> Option<String> {
        let value = self.answer.headers.get(CONTENT_TYPE)?;
        let text = String::from_utf8_lossy(value.as_bytes());
        text.split(';')
            .next()
            .map(|text| text.trim().to_lowercase())
    }

    /// The beginning of an HTTP answer's body as text, for judging; empty if there is none.
    pub fn body(&self) -> Cow<'a, str> {
        let body = self.answer.body_excerpt.as_ref();
        body.map(PeerText::for_judging).unwrap_or_default()
    }

    /// The details of one type of `google.rpc`, as JSON.
    pub fn details(&self, name: &str) -> Vec<Value> {
        let wanted = format!("google.rpc.{name}");
        details::decode(&self.status.details, None)
            .into_iter()
            .filter(|detail| {
                detail["@type"]
                    .as_str()
                    .is_some_and(|kind| kind.ends_with(&wanted))
            })
            .collect()
    }

    /// What ErrorInfo's metadata names under a key that speaks of `what`.
    pub fn named(&self, what: &str) -> Option<PeerText> {
        self.details("ErrorInfo").iter().find_map(|info| {
            let (_, value) = info["metadata"]
                .as_object()?
                .iter()
                .find(|(key, _)| key.contains(what))?;
            value.as_str().map(PeerText::from)
        })
    }

    /// Who says it, for a sentence.
    pub fn speaker(&self) -> &'static str {
        Answerer::of(self.answer).map_or("the server", |answerer| answerer.subject())
    }

    /// What the peer says, quoted for a line of evidence; `None` if it says nothing.
    pub fn quoted(&self) -> Option<String> {
        if self.status_over_http().is_some() {
            return self.body_quoted();
        }
        let said = &self.status.message;
        // Our own words about an answer are not the peer's.
        let is_said = self.answered_by == AnsweredBy::Server && !said.is_empty();
        is_said.then(|| format!("{} says \"{said}\"", self.speaker()))
    }

    /// The first line of a text that came over HTTP.
    fn body_quoted(&self) -> Option<String> {
        const LONGEST: usize = 300;
        if self.media_type().is_some_and(|kind| kind.contains("html")) {
            return None;
        }
        let body = self.body();
        let line = body.lines().map(str::trim).find(|line| !line.is_empty())?;
        let text = self.answer.body_excerpt.as_ref()?;
        Some(format!(
            "the gateway says {}",
            text.quoted_slice(line, &body, LONGEST)
        ))
    }
}
