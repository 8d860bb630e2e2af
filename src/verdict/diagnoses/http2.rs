//! `http2`: the channel stands, and HTTP/2 over it does not, or broke off.

mod codes;
mod connection_lost;
mod goaway;
mod keepalive_timeout;
mod not_http2;
mod protocol_error;
mod reset;
mod rules;
mod too_many_pings;

use crate::invoke::Ended;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::http2::codes::Scope;
use crate::verdict::reading::metadata_size;
use crate::verdict::reading::opening::Opening;

pub(super) const ROWS: &[&Diagnosis] = &[
    &not_http2::ROW,
    &too_many_pings::ROW,
    &goaway::ROW,
    &reset::ROW,
    &protocol_error::ROW,
    &keepalive_timeout::ROW,
    &connection_lost::ROW,
];

/// What came in place of a status, if the server had spoken HTTP/2 before.
fn interruption<'a>(case: &'a Case<'_>) -> Option<&'a NoStatus> {
    let http2 = &case.connection.handshake.as_ref()?.http2;
    let spoken = http2.settings.is_some() || Opening::of(&http2.opening) == Opening::Http2;
    no_status(case).filter(|_| spoken)
}

fn no_status<'a>(case: &'a Case<'_>) -> Option<&'a NoStatus> {
    match &case.call.last_answer()?.outcome {
        Ended::NoStatus(no_status) => Some(no_status),
        _ => None,
    }
}

/// The facts about an error code that ended a call: what it means, and what of the request it may be about.
fn about_code(case: &Case<'_>, code: u32) -> Vec<String> {
    let mut facts = about_code_alone(&case.connection, code);
    if is_of_size(code) && metadata_size::sent(case) > 0 {
        facts.push(metadata_size::in_words(case));
    }
    facts
}

/// The same where no request was sent.
fn about_code_alone(connection: &ConnectionCase<'_>, code: u32) -> Vec<String> {
    let security = (code == codes::INADEQUATE_SECURITY).then(|| security(connection));
    codes::meaning(code).into_iter().chain(security).collect()
}

/// What to do about an error code, where the request or the connection makes more of it than the code alone.
fn remedy(case: &Case<'_>, code: u32, ended: Scope) -> String {
    let host = &case.connection.asked.host;
    let size = metadata_size::sent(case);
    if is_of_size(code) && size >= metadata_size::LARGE {
        return format!(
            "send less metadata: {size} bytes may be more than the server accepts; the operator of {host} knows the limit (Go grpc.MaxHeaderListSize, C core grpc.max_metadata_size, nginx large_client_header_buffers, Envoy max_request_headers_kb)"
        );
    }
    let hint = remedy_of(&case.connection, code, ended);
    match code == codes::PROTOCOL_ERROR && size > 0 {
        true => format!(
            "{hint}; on your side, try without the metadata of -H: a server may not accept a header"
        ),
        false => hint,
    }
}

/// The same of a connection alone.
fn remedy_of(connection: &ConnectionCase<'_>, code: u32, ended: Scope) -> String {
    if code == codes::INADEQUATE_SECURITY && connection.asked.plaintext {
        return "the server asks for TLS: call the port that speaks TLS, without --plaintext"
            .to_owned();
    }
    codes::hint(code, ended, &connection.asked.host)
}

/// Whether a peer ends a call with this code for the size of its headers.
fn is_of_size(code: u32) -> bool {
    matches!(code, codes::FRAME_SIZE_ERROR | codes::ENHANCE_YOUR_CALM)
}

/// What protects the connection.
fn security(connection: &ConnectionCase<'_>) -> String {
    let tls = connection.tls();
    let agreed = tls.and_then(|tls| Some((tls.version?, tls.cipher_suite.as_deref()?)));
    match agreed {
        Some((version, suite)) => format!("{version} with {suite} was agreed"),
        None => "the connection is plaintext".to_owned(),
    }
}

/// How far the call had come.
fn progress(after: Progress) -> String {
    match after {
        Progress::BeforeRequest => "it ended before the request was sent".to_owned(),
        Progress::BeforeHeaders => {
            "it ended after the request was sent, before any answer".to_owned()
        }
        Progress::AfterHeaders => "it ended after the response headers".to_owned(),
        Progress::AfterMessages(count) => format!("it ended after {count} response messages"),
        Progress::InsideMessage { received, expected } => {
            format!("it ended inside a message, after {received} of {expected} bytes")
        }
    }
}

#[cfg(test)]
mod tests;
