//! `tls.chain-too-large`.

use rustls::Error;
use rustls::InvalidMessage;

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::tls;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "tls.chain-too-large",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("chain_too_large.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    if !is_too_large(connection) {
        return None;
    }
    Some(Proof {
        side: Some(Side::Server),
        cause: "the server's chain of certificates is larger than the 64 KiB that are taken"
            .to_owned(),
        evidence: tls::agreed(connection).into_iter().collect(),
        hint: format!(
            "ask the operator of {} to send only its own certificate and its intermediates (a whole CA bundle may be in the chain file)",
            connection.asked.host
        ),
    })
}

/// Whether a message longer than any that is taken followed the server's hello. Without a hello before
/// it, a length means nothing.
fn is_too_large(connection: &ConnectionCase<'_>) -> bool {
    const SERVER_HELLO: u8 = 2; // RFC 8446 §4; the record's header before it has five octets
    let first = connection
        .handshake
        .as_ref()
        .and_then(|handshake| handshake.first_bytes.get(5));
    first == Some(&SERVER_HELLO)
        && matches!(
            tls::error(connection),
            Some(Error::InvalidMessage(
                InvalidMessage::HandshakePayloadTooLarge
                    | InvalidMessage::CertificatePayloadTooLarge
            ))
        )
}
