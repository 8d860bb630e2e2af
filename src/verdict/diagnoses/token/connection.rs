//! A connection to a token endpoint, judged as a connection to a target is.

use super::bad_response;
use super::discovery;
use super::endpoint_tls;
use super::endpoint_unreachable;
use super::refused;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::connect::Failure;
use crate::verdict::Finding;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::prove_connection;
use crate::verdict::reading::fetch::Failed;

/// The id of the row that tells why there was no answer.
pub(super) fn teller(failed: &Failed<'_>, exchange: &Exchange) -> &'static str {
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
pub(super) fn teller_of_call(failed: &Failed<'_>) -> &'static str {
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

/// What the rows of a connection say of this one. What they say of HTTP/2 holds for a login RPC alone.
pub(super) fn finding(case: &Case<'_>, failed: &Failed<'_>) -> Option<Finding> {
    let (anchors, crls) = failed.held_against()?;
    let handshake = failed.handshake()?.clone();
    let endpoint = case
        .connection
        .to_endpoint(failed.address()?, handshake, anchors, crls);
    let over_http1 = failed.exchange().is_some();
    let found = prove_connection(&ConnectionCase::new(&endpoint, None)).into_iter();
    let mut found = found.filter(|finding| {
        let family = finding.id.split('.').next();
        !(over_http1 && matches!(family, Some("alpn" | "http2")))
    });
    let mut first = found.next()?;
    if first.side == Some(Side::Server) && over_http1 {
        first.side = Some(Side::AuthorizationServer);
    }
    Some(first)
}
