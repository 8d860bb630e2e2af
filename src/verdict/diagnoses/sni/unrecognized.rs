//! `sni.unrecognized`.

use rustls::AlertDescription;

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Kind;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::nothing;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::alert_name;

pub const ROW: Diagnosis = Diagnosis {
    id: "sni.unrecognized",
    layer: Layer::Tls,
    kind: Kind::Specific,
    meaning: "The server has no certificate for the name in the hello (server name indication), and says so. \
        A dial by address sends no name at all.",
    established: "The alert unrecognized_name (RFC 6066 §3). Servers in Go send internal_error in its place, \
        which is `tls.handshake-failed`.",
    mend: &[
        (
            "client",
            "`--servername NAME` sends another name; dial by a name that the server is set up for.",
        ),
        (
            "server",
            "Add the name, or a default: `ssl_reject_handshake off;` in nginx, a filter chain without `server_names` in Envoy, \
             a default in Go's `GetCertificate`.",
        ),
    ],
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let (alert, _) = evidence.connection.handshake.as_ref()?.alert_received()?;
    if alert != AlertDescription::UnrecognisedName {
        return None;
    }
    let name = certificates::asked_name(evidence);
    Some(Proof {
        side: None,
        cause: format!("the server knows no host by the name {name}"),
        evidence: vec![format!(
            "the server sent the TLS alert {}",
            alert_name(alert)
        )],
        hint: format!(
            "send the name that it is set up for with --servername NAME; or ask whoever runs it to serve {name}"
        ),
    })
}
