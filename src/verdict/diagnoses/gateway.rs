//! `gateway`: a proxy in front of the gRPC server says no over HTTP.

mod error;
mod forbidden;
mod redirect_to_login;
mod unauthenticated;

use crate::text::shorten;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::Reply;

pub const ROWS: &[&Diagnosis] = &[
    &redirect_to_login::ROW,
    &unauthenticated::ROW,
    &forbidden::ROW,
    &error::ROW,
];

/// The headers that tell who answered, and what is wanted.
const TELLING: &[&str] = &[
    "server",
    "via",
    "www-authenticate",
    "location",
    "retry-after",
];

/// The longest first line of a body that is shown.
const LONGEST: usize = 120;

/// How a gateway says no: each has a row of this family.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Refusal {
    Unauthenticated,
    Forbidden,
    RedirectToLogin,
    Error,
}

/// The row of an HTTP answer; `None`: it is only not gRPC.
pub fn refusal(reply: &Reply<'_>, status: u16) -> Option<Refusal> {
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

/// One line each: status and content type, who answered, what it wants, how its body begins.
pub fn facts(reply: &Reply<'_>, status: u16) -> Vec<String> {
    let kind = reply.media_type().unwrap_or("no content type".to_owned());
    let mut facts = vec![format!(
        "the answer is HTTP {status}, {kind}, without grpc-status"
    )];
    facts.extend(TELLING.iter().filter_map(|name| reply.header_line(name)));
    let body = reply.body();
    match title(&body) {
        Some(title) => facts.push(format!("its page is called: {}", shorten(title, LONGEST))),
        None => facts.extend(
            body.lines()
                .map(str::trim)
                .find(|line| !line.is_empty())
                .map(|line| format!("its body begins: {}", shorten(line, LONGEST))),
        ),
    }
    facts
}

/// The title of an HTML page.
fn title(body: &str) -> Option<&str> {
    let lower = body.to_ascii_lowercase();
    let from = lower.find("<title>")? + "<title>".len();
    let to = from + lower[from..].find('<')?;
    Some(body[from..to].trim()).filter(|title| !title.is_empty())
}

/// What to call whatever answered: by its `server` header if there is one.
pub fn name(reply: &Reply<'_>) -> String {
    match reply.values("server").first() {
        Some(name) if !name.trim().is_empty() => format!("a gateway ({})", name.trim()),
        _ => "a gateway".to_owned(),
    }
}

#[cfg(test)]
mod tests;
