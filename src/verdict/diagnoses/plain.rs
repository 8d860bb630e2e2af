//! `plain`: one side speaks TLS and the other does not.

mod not_tls;
mod server_is_grpc;
mod server_is_http1;
mod server_is_ssh;
mod server_wants_tls;

use crate::connect::Failure;
use crate::connect::Phase;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::opening::Shown;

pub const ROWS: &[&Diagnosis] = &[
    &server_is_grpc::ROW,
    &server_is_http1::ROW,
    &server_is_ssh::ROW,
    &not_tls::ROW,
    &server_wants_tls::ROW,
];

/// Whether a row of this family holds.
pub(super) fn is_proven(connection: &ConnectionCase<'_>) -> bool {
    ROWS.iter().any(|row| row.proof_of(connection).is_some())
}

/// What a port that was dialled with TLS speaks instead, and the fact that shows it.
struct Instead {
    speaks: Opening,
    shown: String,
}

fn instead_of_tls(connection: &ConnectionCase<'_>) -> Option<Instead> {
    if !failed_in_tls(connection) {
        return None;
    }
    let first_bytes = &connection.handshake.as_ref()?.first_bytes;
    match Opening::of(first_bytes) {
        Opening::Tls | Opening::TlsAlert => None,
        Opening::Silence => {
            let answer = connection.follow_ups.plaintext_answer.as_ref()?;
            let speaks = Opening::of(answer);
            let is_told = matches!(speaks, Opening::Http2 | Opening::Http1 | Opening::Ssh);
            is_told.then(|| Instead {
                speaks,
                shown: format!(
                    "a TLS hello is not answered at all; an HTTP/2 preface in plaintext on the same port is: {}",
                    Shown(answer)
                ),
            })
        }
        speaks => Some(Instead {
            speaks,
            shown: format!("its first bytes, to a TLS hello: {}", Shown(first_bytes)),
        }),
    }
}

/// The TLS handshake ended before the server's certificate was seen, for no reason that TLS gives.
fn failed_in_tls(connection: &ConnectionCase<'_>) -> bool {
    let Some(handshake) = &connection.handshake else {
        return false;
    };
    let saw_certificate = connection.tls().is_some_and(|tls| !tls.chain.is_empty());
    let by_its_failure = matches!(
        handshake.failure,
        Some(
            Failure::Tls(_)
                | Failure::Closed {
                    phase: Phase::Tls,
                    ..
                }
                | Failure::Deadline {
                    phase: Phase::Tls,
                    ..
                }
        )
    );
    !handshake.plaintext && by_its_failure && !saw_certificate
}

/// Whether the server's silence may be that of one which waits for, or hangs up on all but, plaintext.
pub(super) fn wants_plaintext_hello(connection: &ConnectionCase<'_>) -> bool {
    let silent = connection
        .handshake
        .as_ref()
        .is_some_and(|handshake| handshake.first_bytes.is_empty());
    silent && failed_in_tls(connection) && connection.follow_ups.plaintext_answer.is_none()
}

#[cfg(test)]
mod tests;
