//! `tls`: the handshake failed for a reason of TLS itself.

mod chain_too_large;
mod handshake_failed;
mod malformed;
mod version;

use rustls::Error;

use crate::connect::Failure;
use crate::connect::report::Ending;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;

pub(super) const ROWS: &[&Diagnosis] = &[
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
