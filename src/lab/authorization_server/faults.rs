//! What a token endpoint or a login can do wrong, each under a name: `/fault/<name>/token`, `/fault/<name>/login`.
//!
//! To add a fault: a row in its family. The answers are written as bytes, not by a library, which would
//! not send most of them.

use http::StatusCode;
use serde_json::Map;
use serde_json::Value;
use serde_json::json;

use super::answer::Answer;
use super::answer::json_document;
use super::answer::text;
use super::answer_as;
use super::asked::Request;
use crate::lab::world::Peer;
use crate::lab::world::World;

mod bodies;
mod clocks;
mod errors;
mod framing;
mod members;
mod redirects;
mod refresh;
pub(crate) mod script;
mod statuses;
mod timing;
mod tokens;

use script::Script;

/// One way to misbehave.
struct Fault {
    name: &'static str,
    summary: &'static str,
    answer: fn(&Exchange) -> Script,
}

const fn fault(
    name: &'static str,
    summary: &'static str,
    answer: fn(&Exchange) -> Script,
) -> Fault {
    Fault {
        name,
        summary,
        answer,
    }
}

const FAMILIES: &[&[Fault]] = &[
    errors::FAULTS,
    statuses::FAULTS,
    redirects::FAULTS,
    timing::FAULTS,
    framing::FAULTS,
    bodies::FAULTS,
    members::FAULTS,
    tokens::FAULTS,
    refresh::FAULTS,
    clocks::FAULTS,
];

fn all() -> impl Iterator<Item = &'static Fault> {
    FAMILIES.iter().copied().flatten()
}

/// A request at a fault.
struct Exchange<'a> {
    world: &'a World,
    peer: &'a Peer,
    request: &'a Request,
    /// The endpoint behind the fault, as `/token`.
    endpoint: &'a str,
    /// How many requests came to this fault's endpoint before.
    earlier: u64,
}

/// Answers `/fault/<name>/<endpoint>`, and `/fault` with the names; every other path as ever.
pub(crate) fn answer(world: &World, peer: &Peer, request: &Request) -> Script {
    let path = request.uri().path();
    if !path.starts_with("/fault") {
        return super::answer(world, peer, request).into();
    }
    if path.trim_end_matches('/') == "/fault" {
        return json_document(&names()).into();
    }
    let named = path.strip_prefix("/fault/").and_then(|rest| {
        let (name, _) = rest.split_once('/')?;
        let fault = all().find(|fault| fault.name == name)?;
        Some((fault, &rest[name.len()..]))
    });
    let Some((fault, endpoint)) = named else {
        let words = "no such fault; /fault has their names, /fault/NAME/token is one\n";
        return text(StatusCode::NOT_FOUND, words).into();
    };
    (fault.answer)(&Exchange {
        world,
        peer,
        request,
        endpoint,
        earlier: world.statistics.count(path),
    })
}

fn names() -> Value {
    all()
        .map(|fault| json!({"name": fault.name, "summary": fault.summary}))
        .collect()
}

impl Exchange<'_> {
    /// What the endpoint would have answered.
    fn good(&self) -> Answer {
        answer_as(self.world, self.peer, self.request, self.endpoint)
    }

    /// The same with another document in it, if it was a success. A refusal stays as it is: who comes
    /// without credentials shall hear that.
    fn changed(&self, change: impl FnOnce(&mut Map<String, Value>)) -> Answer {
        self.rewritten(|mut members| {
            change(&mut members);
            Value::Object(members).to_string()
        })
    }

    /// The same with another body in its place.
    fn rewritten<B: Into<bytes::Bytes>>(
        &self,
        write: impl FnOnce(Map<String, Value>) -> B,
    ) -> Answer {
        let good = self.good();
        match serde_json::from_slice(good.body()) {
            Ok(members) if good.status() == StatusCode::OK => good.map(|_| write(members).into()),
            _ => good,
        }
    }

    /// The member that holds the token in an answer of this endpoint.
    fn token_member(&self) -> &'static str {
        if self.endpoint.starts_with("/login") {
            "token"
        } else {
            "access_token"
        }
    }

    /// Whether it asks for a refresh.
    fn is_refresh(&self) -> bool {
        let body = String::from_utf8_lossy(self.request.body());
        self.endpoint == "/login/refresh" || body.contains("grant_type=refresh_token")
    }
}

#[cfg(test)]
mod tests;
