//! `gateway`: a proxy in front of the gRPC server says no over HTTP.

mod error;
mod forbidden;
mod redirect_to_login;
mod unauthenticated;

use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;

pub(super) const ROWS: &[&Diagnosis] = &[
    &redirect_to_login::ROW,
    &unauthenticated::ROW,
    &forbidden::ROW,
    &error::ROW,
];

/// How a gateway says no: each has a row of this family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Refusal {
    Unauthenticated,
    Forbidden,
    RedirectToLogin,
    Error,
}

/// The row of an HTTP answer; `None`: it is only not gRPC.
pub(super) fn refusal(reply: &Reply<'_>, status: u16) -> Option<Refusal> {
    match status {
        401 => Some(Refusal::Unauthenticated),
        403 => Some(Refusal::Forbidden),
        500..=599 => Some(Refusal::Error),
        300..=399 => redirect_to_login::target(reply).map(|_| Refusal::RedirectToLogin),
        200..=299 => redirect_to_login::page_target(reply).map(|_| Refusal::RedirectToLogin),
        _ => None,
    }
}

/// The answer, if it says no in this way.
fn answer<'a>(case: &'a Case<'_>, wanted: Refusal) -> Option<(Reply<'a>, u16)> {
    let (reply, status) = case.reply_over_http()?;
    (refusal(&reply, status) == Some(wanted)).then_some((reply, status))
}

/// What to call whatever answered: by its `server` header if there is one.
pub(super) fn name(reply: &Reply<'_>) -> String {
    match reply.values("server").first() {
        Some(name) if !name.for_judging().trim().is_empty() => format!("a gateway ({name})"),
        _ => "a gateway".to_owned(),
    }
}

/// What a gateway's words say is wrong with the credential, where no row of its own says it.
fn reason(case: &Case<'_>) -> Option<String> {
    let noun = case
        .sent()
        .first()
        .map_or("credential", |sent| caller::noun(sent));
    case.about()?.reason(noun)
}

#[cfg(test)]
mod tests;
