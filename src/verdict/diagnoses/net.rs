//! `net`: no connection, or one that was lost before TLS and HTTP/2 stood.

mod closed;
mod connect_timeout;
mod handshake_stalled;
mod name_not_found;
mod name_temporary;
mod no_connection;
mod refused;
mod reset;
mod unreachable;

use std::io::ErrorKind;

use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::report::Ending;
use crate::connect::report::ResolveFailure;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::deadline;
use crate::verdict::reading::sent_certificate;

pub(super) const ROWS: &[&Diagnosis] = &[
    &name_not_found::ROW,
    &name_temporary::ROW,
    &refused::ROW,
    &unreachable::ROW,
    &connect_timeout::ROW,
    &handshake_stalled::ROW,
    &reset::ROW,
    &closed::ROW,
    &no_connection::ROW,
];

/// What kept us from a connection.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Obstacle {
    Resolve(ResolveFailure),
    /// The resolver did not answer in time.
    ResolverSilent,
    Refused,
    Unreachable,
    ConnectTimeout,
    Stalled,
    Reset,
    Closed,
    Other,
}

/// Of several addresses, the one that answered says most: a refusal comes from the machine itself.
fn obstacle(connection: &ConnectionCase<'_>) -> Option<Obstacle> {
    let handshake = connection.handshake.as_ref()?;
    // The server's word on the client certificate has a family of its own.
    let is_refusal = connection
        .client_refusal()
        .is_some_and(|refusal| refusal.is_told());
    match &handshake.failure {
        Some(Failure::Resolve { kind, .. }) => Some(Obstacle::Resolve(*kind)),
        Some(Failure::Connect) => Some(refusal_of_all(connection)),
        Some(Failure::Deadline { phase, .. }) => Some(match phase {
            Phase::Resolve => Obstacle::ResolverSilent,
            Phase::Connect => Obstacle::ConnectTimeout,
            // The proxy's own family, and the deadline's.
            Phase::Proxy | Phase::Http2 => return None,
            _ => Obstacle::Stalled,
        })
        .filter(|_| !is_refusal && !deadline::was_short(connection)),
        Some(Failure::Closed { reset, .. }) => ended(*reset).filter(|_| !is_refusal),
        // Writing HTTP/2's preface failed: the peer was gone.
        Some(Failure::Http2 { .. }) => ended(true).filter(|_| !is_refusal),
        Some(Failure::NotLoopback | Failure::Tls(_) | Failure::Alpn { .. } | Failure::Proxy(_)) => {
            None
        }
        None if handshake.ended_before_settings() && handshake.http2.opening.is_empty() => {
            match handshake.ending {
                Some(Ending::Closed { reset }) => ended(reset).filter(|_| !is_refusal),
                _ => None,
            }
        }
        None => None,
    }
}

fn ended(reset: bool) -> Option<Obstacle> {
    Some(match reset {
        true => Obstacle::Reset,
        false => Obstacle::Closed,
    })
}

fn refusal_of_all(connection: &ConnectionCase<'_>) -> Obstacle {
    let kinds: Vec<ErrorKind> = failures(connection).collect();
    let has = |wanted: &[ErrorKind]| kinds.iter().any(|kind| wanted.contains(kind));
    if has(&[ErrorKind::ConnectionRefused]) {
        Obstacle::Refused
    } else if has(&[ErrorKind::ConnectionReset]) {
        Obstacle::Reset
    } else if has(&[ErrorKind::TimedOut]) {
        Obstacle::ConnectTimeout
    } else if has(&[
        ErrorKind::HostUnreachable,
        ErrorKind::NetworkUnreachable,
        ErrorKind::AddrNotAvailable,
    ]) {
        Obstacle::Unreachable
    } else {
        Obstacle::Other
    }
}

fn failures(connection: &ConnectionCase<'_>) -> impl Iterator<Item = ErrorKind> {
    let tried = connection
        .handshake
        .iter()
        .flat_map(|report| &report.addresses);
    tried.filter_map(|tried| tried.failure.as_ref().map(|failure| failure.kind))
}

/// Every address that was tried and the result of each.
fn addresses(connection: &ConnectionCase<'_>) -> Vec<String> {
    let tried = connection
        .handshake
        .iter()
        .flat_map(|report| &report.addresses);
    tried
        .map(|tried| match (&tried.failure, tried.connected) {
            (Some(failure), _) => format!("{}: {}", tried.address, failure.text),
            (None, true) => format!("{}: connected", tried.address),
            (None, false) => format!("{}: no answer", tried.address),
        })
        .collect()
}

/// How far the connection had come when it ended.
fn progress(connection: &ConnectionCase<'_>) -> Vec<String> {
    let Some(handshake) = &connection.handshake else {
        return Vec::new();
    };
    let phase = match (&handshake.tls, handshake.reached) {
        (_, Phase::Resolve | Phase::Connect) => "before the connection stood",
        (Some(tls), Phase::Tls) if !tls.completed => "during the TLS handshake",
        (Some(_), _) => "after the TLS handshake, before the server's HTTP/2 SETTINGS",
        (None, _) => "before the server's HTTP/2 SETTINGS",
    };
    let mut lines = vec![format!(
        "it ended {phase}; {} bytes had been received",
        handshake.bytes_received
    )];
    lines.extend(finished(handshake));
    if asked_in_vain(connection) {
        lines.push(
            "the server had asked for a client certificate; none was sent, and it finished the handshake without one".to_owned(),
        );
    }
    lines.extend(sent_certificate::facts(connection));
    lines.extend(sent_certificate::doubts(connection));
    if let Some(address) = &handshake.address {
        lines.push(format!("address: {address}"));
    }
    if let Some(failure) = &handshake.write_failure {
        lines.push(format!("writing failed: {}", failure.text));
    }
    lines
}

/// Which side had finished the TLS handshake.
fn finished(handshake: &HandshakeReport) -> Option<String> {
    let tls = handshake.tls.as_ref()?;
    let said = match (tls.completed, handshake.peer_completed()) {
        (false, _) => "the TLS handshake was not finished",
        (true, true) => "both sides had finished the TLS handshake",
        (true, false) => {
            "the client had finished the TLS handshake; nothing shows that the server had"
        }
    };
    Some(said.to_owned())
}

/// Whether the server asked for a client certificate that nobody gave: no sign that it misses one.
fn asked_in_vain(connection: &ConnectionCase<'_>) -> bool {
    let request = connection
        .tls()
        .and_then(|tls| tls.certificate_request.as_ref());
    let handshake = connection.handshake.as_ref();
    request.is_some_and(|request| !request.sent)
        && handshake.is_some_and(HandshakeReport::peer_completed)
}

/// The proxy, where it was not even reached: what is wrong is wrong with it, and not with the target.
fn unreached_proxy<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a str> {
    let handshake = connection.handshake.as_ref()?;
    let before_the_tunnel = handshake.reached <= Phase::Connect;
    handshake.proxy.as_deref().filter(|_| before_the_tunnel)
}

/// Host and port, or the socket's path, as the user knows it.
fn place(connection: &ConnectionCase<'_>) -> String {
    if let Some(proxy) = unreached_proxy(connection) {
        return format!("the proxy {proxy}");
    }
    let address = connection
        .handshake
        .as_ref()
        .and_then(|handshake| handshake.addresses.first());
    match (connection.asked.unix_socket, address) {
        (true, Some(tried)) => tried.address.to_string(),
        _ if connection.asked.host.contains(':') => {
            format!("[{}]:{}", connection.asked.host, connection.asked.port)
        }
        _ => format!("{}:{}", connection.asked.host, connection.asked.port),
    }
}

#[cfg(test)]
mod tests;
