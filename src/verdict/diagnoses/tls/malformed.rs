//! `tls.malformed`.

use rustls::Error;
use rustls::PeerMisbehaved;

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::tls;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "tls.malformed",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("malformed.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain", "proxy.no-tunnel", "tls.chain-too-large"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let what = match tls::error(connection)? {
        Error::PeerMisbehaved(PeerMisbehaved::SelectedUnofferedApplicationProtocol) => return None,
        Error::InvalidMessage(message) => format!("a message could not be read: {message:?}"),
        Error::PeerMisbehaved(how) => format!("a rule was broken: {how:?}"),
        Error::InappropriateMessage { got_type, .. } => {
            format!("a message came at the wrong time: {got_type:?}")
        }
        Error::InappropriateHandshakeMessage { got_type, .. } => {
            format!("a handshake message came at the wrong time: {got_type:?}")
        }
        Error::PeerSentOversizedRecord => "a record is longer than any may be".to_owned(),
        Error::DecryptError => "a record could not be decrypted".to_owned(),
        Error::NoCertificatesPresented => "the server's list of certificates is empty".to_owned(),
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: "the server broke the rules of TLS in the handshake".to_owned(),
        evidence: std::iter::once(what)
            .chain(tls::agreed(connection))
            .collect(),
        hint: format!(
            "ask the operator of {} which TLS stack it has and whether something between inspects TLS; `openssl s_client -connect {}:{} -msg` shows the messages",
            connection.asked.host, connection.asked.host, connection.asked.port
        ),
    })
}
