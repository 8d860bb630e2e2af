//! `net.closed`.

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::net;
use crate::verdict::diagnoses::net::Obstacle;
use crate::verdict::diagnoses::nothing;

pub const ROW: Diagnosis = Diagnosis {
    id: "net.closed",
    layer: Layer::Network,
    kind: Kind::Specific,
    meaning: "The server closed the connection before TLS and HTTP/2 stood, without a reason being \
        said.",
    established: "End of file during the TLS handshake or before the server's SETTINGS, where neither \
        a refused client certificate nor another protocol on the port explains it.",
    mend: &[
        (
            "server",
            "Its log says why it hung up. Common: TLS is not set up on this port, an allow list of addresses, \
             a proxy before it without a healthy backend, or one that routes by the name in the hello (SNI).",
        ),
        (
            "client",
            "Check the port and the name (--servername), and whether the port speaks TLS at all (--plaintext if not).",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    if net::obstacle(evidence)? != Obstacle::Closed {
        return None;
    }
    Some(Proof {
        side: None,
        cause: format!(
            "{} closed the connection without saying why",
            net::place(evidence)
        ),
        evidence: net::progress(evidence),
        hint: hint(evidence),
    })
}

/// Both cures, for the protocol that was spoken.
pub(super) fn hint(evidence: &Evidence) -> String {
    match evidence.connection.asked.plaintext {
        true => "look at the server's log; if the port speaks TLS, leave --plaintext away".to_owned(),
        false if net::asked_in_vain(evidence) => "ask whoever runs the server what its log says; it may want a client certificate after all: --cert FILE --key FILE".to_owned(),
        false => "look at the log of the server or of the proxy before it; on your side check port and --servername, and try --plaintext if the port may not speak TLS".to_owned(),
    }
}
