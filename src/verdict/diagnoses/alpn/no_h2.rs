//! `alpn.no-h2`.

use rustls::AlertDescription;
use rustls::Error;
use rustls::PeerMisbehaved;

use crate::connect::Failure;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::client_refusal::alert_name;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "alpn.no-h2",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("no_h2.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let shown = match connection.handshake.as_ref()?.failure.as_ref()? {
        Failure::Tls(Error::AlertReceived(alert @ AlertDescription::NoApplicationProtocol)) => {
            format!("the server sent the TLS alert {}", alert_name(*alert))
        }
        Failure::Tls(Error::PeerMisbehaved(
            PeerMisbehaved::SelectedUnofferedApplicationProtocol,
        )) => "the server chose a protocol that was not offered".to_owned(),
        Failure::Alpn {
            chosen: Some(chosen),
        } => format!("the server chose {}", String::from_utf8_lossy(chosen)),
        _ => return None,
    };
    Some(Proof {
        side: Some(Side::Server),
        cause: format!(
            "port {} speaks TLS, but not HTTP/2, which gRPC needs",
            connection.asked.port
        ),
        evidence: vec!["offered by ALPN: h2".to_owned(), shown],
        hint: format!(
            "check that this is the gRPC port; if it is, ask the operator of {} to offer h2 by ALPN (nginx: `http2 on;`, Envoy: `alpn_protocols: [h2]`)",
            connection.asked.host
        ),
    })
}
