//! `token`: a credential that could not be obtained; or not as it was asked for.

mod bad_response;
mod busy;
mod clock_skew;
mod connection;
mod discovery;
mod endpoint_redirect;
mod endpoint_tls;
mod endpoint_unreachable;
mod invalid_client;
mod invalid_grant;
mod invalid_scope;
mod late;
mod login_rpc;
mod not_in_response;
mod program;
mod refresh_refused;
mod refused;
mod scope_narrowed;
mod signing;
mod unauthorized_client;
mod unsupported_grant;
mod unusable;

use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::token_fault::RpcFault;
use crate::authenticate::token_fault::TokenFault;
use crate::connect::Failure;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::fetch;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROWS: &[&Diagnosis] = &[
    &signing::ROW,
    &program::ROW,
    &login_rpc::ROW,
    &endpoint_unreachable::ROW,
    &endpoint_tls::ROW,
    &endpoint_redirect::ROW,
    &discovery::ROW,
    &bad_response::ROW,
    &invalid_client::ROW,
    &unauthorized_client::ROW,
    &unsupported_grant::ROW,
    &invalid_grant::ROW,
    &invalid_scope::ROW,
    &not_in_response::ROW,
    &unusable::ROW,
    &busy::ROW,
    &late::ROW,
    &refused::ROW,
    &refresh_refused::ROW,
    &scope_narrowed::ROW,
    &clock_skew::ROW,
];

/// The first failure that the row of this id tells of.
fn told_by<'a>(case: &'a Case<'_>, id: &str) -> Option<Failed<'a>> {
    fetch::failed(&case.caller).find(|failed| teller(failed) == id)
}

/// The id of the one row that tells of a failure.
fn teller(failed: &Failed<'_>) -> &'static str {
    match failed.fault {
        TokenFault::NoAnswer => failed.exchange().map_or(refused::ROW.id, |exchange| {
            teller_of_exchange(failed, exchange)
        }),
        TokenFault::Redirect => endpoint_redirect::ROW.id,
        TokenFault::Discovery { .. } => discovery::ROW.id,
        // What is wrong with the metadata's place is not wrong with the token request.
        TokenFault::Error { .. } | TokenFault::Status(_) | TokenFault::Unreadable { .. }
            if failed.in_discovery() =>
        {
            discovery::ROW.id
        }
        TokenFault::Error { code, .. } if failed.is_oauth() => of_code(&code.for_judging()),
        TokenFault::Unreadable { .. } => bad_response::ROW.id,
        TokenFault::NotInAnswer { .. } => not_in_response::ROW.id,
        TokenFault::Unusable { .. } => unusable::ROW.id,
        TokenFault::Signing { .. } => signing::ROW.id,
        TokenFault::Rpc(fault) => match **fault {
            RpcFault::NoConnection => teller_of_call(failed),
            RpcFault::NotInAnswer { .. } => not_in_response::ROW.id,
            RpcFault::Plaintext | RpcFault::NotCallable { .. } | RpcFault::Refused(_) => {
                login_rpc::ROW.id
            }
        },
        TokenFault::Program(_) | TokenFault::Printed(_) => program::ROW.id,
        TokenFault::Error { .. } | TokenFault::Status(_) => refused::ROW.id,
    }
}

/// The id of the row that tells why there was no answer.
fn teller_of_exchange(failed: &Failed<'_>, exchange: &Exchange) -> &'static str {
    let alert = exchange
        .handshake
        .as_ref()
        .and_then(|handshake| handshake.alert_received());
    match &exchange.outcome {
        HttpOutcome::NoName => endpoint_tls::ROW.id,
        HttpOutcome::CutOff if alert.is_some() => endpoint_tls::ROW.id,
        HttpOutcome::NoConnection => match failure(exchange) {
            Some(Failure::Tls(_)) => endpoint_tls::ROW.id,
            _ => endpoint_unreachable::ROW.id,
        },
        HttpOutcome::Late => endpoint_unreachable::ROW.id,
        HttpOutcome::Plaintext if failed.is_named_by_metadata() => discovery::ROW.id,
        HttpOutcome::Plaintext => endpoint_tls::ROW.id,
        HttpOutcome::CutOff
        | HttpOutcome::NotHttp
        | HttpOutcome::Encoded(_)
        | HttpOutcome::TooLarge => bad_response::ROW.id,
        HttpOutcome::Answered(_) => refused::ROW.id,
    }
}

/// The same of a login RPC.
fn teller_of_call(failed: &Failed<'_>) -> &'static str {
    match failed
        .handshake()
        .and_then(|handshake| handshake.failure.as_ref())
    {
        Some(Failure::Tls(_) | Failure::Alpn { .. }) => endpoint_tls::ROW.id,
        _ => endpoint_unreachable::ROW.id,
    }
}

fn failure(exchange: &Exchange) -> Option<&Failure> {
    exchange.handshake.as_ref()?.failure.as_ref()
}

/// The row of an error's code (RFC 6749 §5.2, RFC 8707 §2).
fn of_code(code: &str) -> &'static str {
    match code {
        "invalid_client" => invalid_client::ROW.id,
        "invalid_grant" => invalid_grant::ROW.id,
        "invalid_scope" => invalid_scope::ROW.id,
        "unauthorized_client" => unauthorized_client::ROW.id,
        "unsupported_grant_type" => unsupported_grant::ROW.id,
        _ => refused::ROW.id,
    }
}

/// `the token request to https://id.test/token failed: invalid_client (HTTP 401)`.
fn failed_with(failed: &Failed<'_>) -> String {
    format!(
        "{} failed: {}{}",
        failed.request(),
        failed.code(),
        failed.in_brackets()
    )
}

#[cfg(test)]
mod tests;
