//! A connection to a token endpoint, judged as a connection to a target is.

use std::sync::Arc;

use super::bad_response;
use super::discovery;
use super::endpoint_tls;
use super::endpoint_unreachable;
use super::refused;
use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::connect::Failure;
use crate::connect::Phase;
use crate::evidence::Aim;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Evidence;
use crate::evidence::Trust;
use crate::verdict::Finding;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::prove_all;
use crate::verdict::reading::fetch::Failed;
use crate::x509::AnchorOrigin;

/// The id of the row that tells why there was no answer.
pub(super) fn teller(exchange: &Exchange) -> &'static str {
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
        HttpOutcome::Plaintext => discovery::ROW.id,
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

/// What the other families say of this connection, as if it had been the target's. What they say of HTTP/2 holds
/// for a login RPC alone.
pub(super) fn finding(case: &Case<'_>, failed: &Failed<'_>) -> Option<Finding> {
    let over_http1 = failed.exchange().is_some();
    let found = prove_all(&Case::new(&as_target(case, failed)?)).into_iter();
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

fn as_target(case: &Case<'_>, failed: &Failed<'_>) -> Option<Evidence> {
    let mut handshake = failed.handshake()?.clone();
    let (host, port) = failed.address()?;
    let (anchors, crls) = failed.held_against()?;
    if failed.exchange().is_some() && handshake.reached == Phase::Done {
        // HTTP/1.1 has no SETTINGS: an answer is what the connection waited for.
        handshake.reached = Phase::Http2;
    }
    let asked = Asked {
        aim: Aim::Handshake,
        ..Asked::default()
    };
    let to = AskedConnection {
        target: format!("{host}:{port}"),
        host: host.to_owned(),
        port,
        authority: host.to_owned(),
        plaintext: handshake.plaintext,
        unix_socket: port == 0,
        connect_timeout: case.connection.asked.connect_timeout,
        warn_days: case.connection.asked.warn_days,
        ..AskedConnection::default()
    };
    let mut seen = Evidence::new(case.clock, asked, to);
    let mut files = Vec::new();
    let mut system = false;
    for anchor in anchors.anchors() {
        match &anchor.origin {
            AnchorOrigin::System => system = true,
            AnchorOrigin::File { path, .. } if !files.contains(path) => files.push(path.clone()),
            AnchorOrigin::File { .. } => {}
        }
    }
    seen.connection_mut().trust = Some(Trust {
        anchors: Arc::clone(anchors),
        files,
        system,
        crls: Arc::clone(crls),
    });
    seen.connection_mut().proxy_credentials = case.connection.proxy_credentials;
    seen.connection_mut().handshake = Some(handshake);
    Some(seen)
}
