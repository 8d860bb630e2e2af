//! `tls`: the handshake failed for a reason of TLS itself.

mod chain_too_large;
mod handshake_failed;
mod malformed;
mod version;

use rustls::Error;
use rustls::InvalidMessage;

use crate::connect::Failure;
use crate::connect::report::Ending;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;

pub const ROWS: &[&Diagnosis] = &[
    &version::ROW,
    &chain_too_large::ROW,
    &malformed::ROW,
    &handshake_failed::ROW,
];

/// rustls' own error: of the handshake, or of the first read after it.
fn error<'a>(connection: &'a ConnectionCase<'_>) -> Option<&'a Error> {
    let handshake = connection.handshake.as_ref()?;
    match (&handshake.failure, &handshake.ending) {
        (Some(Failure::Tls(error)), _) => Some(error),
        (None, Some(Ending::Tls(error))) if handshake.ended_before_settings() => Some(error),
        _ => None,
    }
}

/// Whether a message longer than any that is taken followed the server's hello. Without a hello before
/// it, a length means nothing.
fn is_chain_too_large(connection: &ConnectionCase<'_>) -> bool {
    const SERVER_HELLO: u8 = 2; // RFC 8446 §4; the record's header before it has five octets
    let first = connection
        .handshake
        .as_ref()
        .and_then(|handshake| handshake.first_bytes.get(5));
    first == Some(&SERVER_HELLO)
        && matches!(
            error(connection),
            Some(Error::InvalidMessage(
                InvalidMessage::HandshakePayloadTooLarge
                    | InvalidMessage::CertificatePayloadTooLarge
            ))
        )
}

/// What had been agreed when it ended, for an evidence line.
fn agreed(connection: &ConnectionCase<'_>) -> Option<String> {
    let tls = connection.tls()?;
    let offered = format!("versions offered: {}", tls.offered.join(", "));
    Some(match tls.version {
        Some(version) => format!("{offered}; agreed: {version}"),
        None => offered,
    })
}

#[cfg(test)]
mod tests;
