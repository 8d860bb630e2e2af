//! Shared by the tests of this family.

mod answers;
mod connections;
mod outcomes;
mod programs_and_rpcs;

use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::fetching::TokenRequest;
use crate::authenticate::http::Head;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::TokenFault;
use crate::evidence::Evidence;
use crate::evidence::answers::connected;
use crate::evidence::fetches::*;
use ::time::Duration;

/// A connection that stood, and a credential that could not be obtained.
fn in_vain(kind: &'static str, fault: TokenFault, record: FetchRecord) -> Evidence {
    let mut evidence = connected();
    evidence
        .caller_mut()
        .unobtained
        .push(unobtained(kind, fault, record));
    evidence
}

/// One request for a token, answered so.
fn asked(outcome: HttpOutcome) -> FetchRecord {
    oauth(vec![exchange(&connected(), Purpose::Token, outcome)])
}

/// The same of a login, which knows nothing of OAuth.
fn login(outcome: HttpOutcome) -> FetchRecord {
    FetchRecord {
        request: TokenRequest::default(),
        ..asked(outcome)
    }
}

fn discovering(outcome: HttpOutcome) -> FetchRecord {
    oauth(vec![exchange(&connected(), Purpose::Discovery, outcome)])
}

fn keys(keys: &[&str]) -> Content {
    Content::Keys(keys.iter().map(|key| (*key).into()).collect())
}

/// An answer whose `Date` is so many seconds ahead of the local clock.
fn dated(ahead: i64) -> HttpOutcome {
    HttpOutcome::Answered(Box::new(Head {
        date: Some(connected().clock + Duration::seconds(ahead)),
        ..head(200)
    }))
}
