//! `tls.version`.

use rustls::AlertDescription;
use rustls::Error;
use rustls::PeerIncompatible;

use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::tls;
use crate::verdict::reading::client_refusal::alert_name;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "tls.version",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("version.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let shown = match tls::error(connection)? {
        Error::AlertReceived(alert @ AlertDescription::ProtocolVersion) => {
            format!("the server sent the TLS alert {}", alert_name(*alert))
        }
        Error::PeerIncompatible(PeerIncompatible::ServerDoesNotSupportTls12Or13) => {
            "the server chose a version below TLS 1.2".to_owned()
        }
        Error::PeerIncompatible(
            PeerIncompatible::ServerTlsVersionIsDisabledByOurConfig
            | PeerIncompatible::Tls12NotOffered
            | PeerIncompatible::Tls12NotOfferedOrEnabled,
        ) => "the server chose a version that was not offered".to_owned(),
        _ => return None,
    };
    let both = connection.tls().is_some_and(|tls| tls.offered.len() > 1);
    Some(Proof {
        side: Some(match both {
            true => Side::Server,
            false => Side::Client,
        }),
        cause: "client and server share no TLS version".to_owned(),
        evidence: std::iter::once(shown)
            .chain(tls::agreed(connection))
            .collect(),
        hint: match both {
            true => format!(
                "ask the operator of {} to allow TLS 1.2 or 1.3",
                connection.asked.host
            ),
            false => "take --tls-min and --tls-max away, so that both TLS 1.2 and 1.3 are offered"
                .to_owned(),
        },
    })
}
