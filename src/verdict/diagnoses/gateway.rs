//! `gateway`: a proxy in front of the gRPC server says no over HTTP.

mod error;
mod forbidden;
mod redirect_to_login;
mod unauthenticated;

use crate::status::StatusCode;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;
use crate::verdict::reading::caller;
use crate::verdict::reading::http_meaning;
use crate::verdict::reading::http_meaning::json_error::Dialect;
use crate::verdict::reading::http_meaning::json_error::JsonError;

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
    if let Some(error) = JsonError::of(reply, status) {
        match error.code {
            StatusCode::UNAUTHENTICATED => return Some(Refusal::Unauthenticated),
            StatusCode::PERMISSION_DENIED => return Some(Refusal::Forbidden),
            // The server's own status, not that of a gateway.
            _ if error.dialect == Dialect::Connect => return None,
            _ => {}
        }
    }
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

/// What to call whatever answered: a Connect server speaks for itself.
pub(super) fn name(reply: &Reply<'_>, status: u16) -> String {
    match is_of_connect(reply, status) {
        true => "the server, in the Connect protocol,".to_owned(),
        false => http_meaning::gateway(reply),
    }
}

/// That the server behind a gateway did not answer; nothing of a Connect server.
fn unasked(reply: &Reply<'_>, status: u16) -> &'static str {
    match is_of_connect(reply, status) {
        true => "",
        false => "; the gRPC server was not asked",
    }
}

/// Who is meant, where a gateway's own status proves it.
fn side(reply: &Reply<'_>, status: u16) -> Option<Side> {
    (!is_of_connect(reply, status)).then_some(Side::Proxy)
}

fn is_of_connect(reply: &Reply<'_>, status: u16) -> bool {
    JsonError::of(reply, status).is_some_and(|error| error.dialect == Dialect::Connect)
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
