//! `sni.unrecognized`.

use rustls::AlertDescription;

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::reading::client_refusal::alert_name;
use crate::verdict::reading::names;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "sni.unrecognized",
    layer: Layer::Tls,
    certainty: Certainty::Proven,
    page: include_str!("unrecognized.md"),
    prove: Prove::Connection(prove),
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let (alert, _) = connection.handshake.as_ref()?.alert_received()?;
    if alert != AlertDescription::UnrecognisedName {
        return None;
    }
    let name = names::asked_name(connection);
    Some(Proof {
        side: None,
        cause: format!("the server knows no host by the name {name}"),
        evidence: vec![format!(
            "the server sent the TLS alert {}",
            alert_name(alert)
        )],
        hint: format!(
            "send the name that it is set up for with --servername NAME; or ask its operator to serve {name}"
        ),
    })
}
