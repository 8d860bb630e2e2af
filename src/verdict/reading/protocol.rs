//! What a port speaks in place of what it was dialled with.

use crate::connect::Failure;
use crate::connect::Phase;
use crate::evidence::ConnectionEvidence;
use crate::verdict::reading::http_meaning::bodies;
use crate::verdict::reading::opening::Opening;
use crate::verdict::reading::opening::shown;

/// Another protocol than that which was dialled: plaintext where TLS was, or TLS where plaintext was.
#[derive(Clone, Debug)]
pub struct Instead {
    pub speaks: Opening,
    /// The fact that shows it.
    pub shown: String,
}

impl Instead {
    /// What the evidence shows, if that is another protocol.
    pub fn of(connection: &ConnectionEvidence) -> Option<Self> {
        of_tls(connection).or_else(|| of_plaintext(connection))
    }
}

fn of_tls(connection: &ConnectionEvidence) -> Option<Instead> {
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
                    shown(answer)
                ),
            })
        }
        speaks => Some(Instead {
            speaks,
            shown: format!("its first bytes, to a TLS hello: {}", shown(first_bytes)),
        }),
    }
}

fn of_plaintext(connection: &ConnectionEvidence) -> Option<Instead> {
    let first_bytes = unanswered_plaintext(connection)?;
    let shown = match Opening::of(first_bytes) {
        Opening::TlsAlert => {
            format!(
                "it answers plaintext with a TLS alert: {}",
                shown(first_bytes)
            )
        }
        Opening::Tls => format!("it answers plaintext with TLS: {}", shown(first_bytes)),
        Opening::Http1 if bodies::is_plain_on_tls(&String::from_utf8_lossy(first_bytes)) => {
            "it answers that plaintext was sent to a TLS port".to_owned()
        }
        opening @ (Opening::Silence | Opening::Http1)
            if connection.follow_ups.answers_tls == Some(true) =>
        {
            let to_plaintext = match opening {
                Opening::Silence => "not a byte came back to plaintext".to_owned(),
                _ => format!("to plaintext it says {}", shown(first_bytes)),
            };
            format!("{to_plaintext}; a TLS hello on the same port is answered with TLS")
        }
        _ => return None,
    };
    Some(Instead {
        speaks: Opening::Tls,
        shown,
    })
}

/// The TLS handshake ended before the server's certificate was seen, for no reason that TLS gives.
fn failed_in_tls(connection: &ConnectionEvidence) -> bool {
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

/// The first bytes of a peer that was dialled in plaintext and did not speak HTTP/2.
fn unanswered_plaintext(connection: &ConnectionEvidence) -> Option<&[u8]> {
    let handshake = connection.handshake.as_ref()?;
    let connected = handshake.address.is_some();
    let unanswered = handshake.plaintext && connected && handshake.http2.settings.is_none();
    unanswered.then_some(&handshake.first_bytes)
}

/// Whether the server's silence may be that of one which waits for, or hangs up on all but, plaintext.
pub(crate) fn wants_plaintext_hello(connection: &ConnectionEvidence) -> bool {
    let handshake = connection.handshake.as_ref();
    let silent = handshake.is_some_and(|handshake| handshake.first_bytes.is_empty());
    silent && failed_in_tls(connection) && connection.follow_ups.plaintext_answer.is_none()
}

/// Whether what came back to plaintext may be that of a port which speaks TLS.
pub(crate) fn wants_tls_hello(connection: &ConnectionEvidence) -> bool {
    let is_open = |bytes: &[u8]| match Opening::of(bytes) {
        Opening::Silence => true,
        Opening::Http1 => !bodies::is_plain_on_tls(&String::from_utf8_lossy(bytes)),
        _ => false,
    };
    let open = unanswered_plaintext(connection).is_some_and(is_open);
    open && connection.follow_ups.answers_tls.is_none()
}
