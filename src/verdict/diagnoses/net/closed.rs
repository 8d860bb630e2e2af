//! `net.closed`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::reading::opening::Opening;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.closed",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("closed.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain", "mtls", "mtls.rejected"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if net::obstacle(connection)? != Obstacle::Closed {
        return None;
    }
    Some(Proof {
        side: None,
        cause: format!(
            "{} closed the connection without saying why",
            net::place(connection)
        ),
        evidence: net::progress(connection),
        hint: hint(connection),
    })
}

/// What to do, for what is known of the port.
pub(super) fn hint(connection: &ConnectionCase<'_>) -> String {
    let host = &connection.asked.host;
    if connection.asked.plaintext {
        return "look at the server's log; if the port speaks TLS, remove --plaintext".to_owned();
    }
    if net::asked_in_vain(connection) {
        return format!(
            "ask the operator of {host} what its log says at this time; it may require a client certificate after all: --cert FILE --key FILE"
        );
    }
    if let Some(given) = connection.certificate_sent() {
        return format!(
            "ask the operator of {host} what its log says at this time; some servers refuse a client certificate without an alert: check with `openssl verify -CAfile CA -purpose sslclient {}` that the CA which the server trusts for clients issued it",
            given.file.display()
        );
    }
    match shown_of_tls(connection) {
        Shown::Finished => format!(
            "the port speaks TLS, and the certificate was accepted: ask the operator of {host} what the log of the server, or of the proxy in front of it, says at this time (a crash, a limit of connections, no healthy backend)"
        ),
        Shown::Begun => format!(
            "the port speaks TLS, and the server ended the handshake after it had begun: ask the operator of {host} what the log of the server, or of the proxy in front of it, says at this time"
        ),
        Shown::Nothing => "look at the log of the server or of the proxy in front of it; on your side check port and --servername, and try --plaintext if the port may not speak TLS".to_owned(),
    }
}

/// What was seen of TLS before the connection ended.
enum Shown {
    Finished,
    /// Its first bytes are TLS, or its certificate was seen.
    Begun,
    Nothing,
}

fn shown_of_tls(connection: &ConnectionCase<'_>) -> Shown {
    let tls = connection.tls();
    let first_bytes = connection.handshake.as_ref();
    let first_bytes = first_bytes.map_or(&[][..], |handshake| &handshake.first_bytes);
    if tls.is_some_and(|tls| tls.completed) {
        Shown::Finished
    } else if tls.is_some_and(|tls| !tls.chain.is_empty())
        || matches!(Opening::of(first_bytes), Opening::Tls | Opening::TlsAlert)
    {
        Shown::Begun
    } else {
        Shown::Nothing
    }
}
