//! `proxy`: the proxy, HTTP or SOCKS5, opened no tunnel. The server behind it was never reached.

mod auth_required;
mod connect_refused;
mod no_tunnel;
mod socks;
mod target_unreachable;

use crate::connect::Failure;
use crate::connect::proxy::Refusal;
use crate::peer_text::PeerText;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
    &auth_required::ROW,
    &target_unreachable::ROW,
    &connect_refused::ROW,
    &no_tunnel::ROW,
];

/// The proxy, as it may be shown, and what it did.
fn refusal<'a>(connection: &'a ConnectionCase<'_>) -> Option<(&'a str, &'a Refusal)> {
    let handshake = connection.handshake.as_ref()?;
    match (&handshake.proxy, &handshake.failure) {
        (Some(proxy), Some(Failure::Proxy(refusal))) => Some((proxy, refusal)),
        _ => None,
    }
}

/// `403 Forbidden`, as the proxy said it.
fn answer(status: u16, reason: &PeerText) -> String {
    match reason.is_empty() {
        true => status.to_string(),
        false => format!("{status} {reason}"),
    }
}

/// The tunnel that was asked for.
fn origin(connection: &ConnectionCase<'_>) -> String {
    let asked = &connection.asked;
    match asked.host.contains(':') {
        true => format!("[{}]:{}", asked.host, asked.port),
        false => format!("{}:{}", asked.host, asked.port),
    }
}

#[cfg(test)]
mod tests;
