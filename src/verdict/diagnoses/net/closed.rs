//! `net.closed`.

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "net.closed",
    layer: Layer::Network,
    certainty: Certainty::Proven,
    page: include_str!("closed.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain"],
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

/// Both fixes, for the protocol that was spoken.
pub(super) fn hint(connection: &ConnectionCase<'_>) -> String {
    match connection.asked.plaintext {
        true => "look at the server's log; if the port speaks TLS, leave --plaintext away".to_owned(),
        false if net::asked_in_vain(connection) => "ask whoever runs the server what its log says; it may want a client certificate after all: --cert FILE --key FILE".to_owned(),
        false => "look at the log of the server or of the proxy before it; on your side check port and --servername, and try --plaintext if the port may not speak TLS".to_owned(),
    }
}
