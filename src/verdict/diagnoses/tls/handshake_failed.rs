//! `tls.handshake-failed`.

use std::net::IpAddr;

use rustls::AlertDescription;
use rustls::Error;

use crate::verdict::Layer;
use crate::verdict::case::ConnectionCase;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::tls;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::alert_name;
use crate::verdict::reading::names;
use crate::verdict::reading::signature;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "tls.handshake-failed",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("handshake_failed.md"),
    prove: Prove::Connection(prove),
    yields_to: &["plain", "proxy.no-tunnel"],
    ..Diagnosis::BLANK
};

fn prove(connection: &ConnectionCase<'_>) -> Option<Proof> {
    let error = tls::error(connection)?;
    if is_explained(connection, error) {
        return None;
    }
    let (cause, shown, hint) = match error {
        Error::AlertReceived(alert) => (
            format!(
                "the server ended the TLS handshake with the alert {}",
                alert_name(*alert)
            ),
            None,
            of_alert(connection, *alert),
        ),
        Error::InvalidCertificate(_) => (
            "the server could not prove that the key of its certificate is its own".to_owned(),
            Some(format!(
                "the verifier says of its signature in the handshake: {error}"
            )),
            format!(
                "ask the operator of {} whether its private key belongs to its certificate",
                connection.asked.host
            ),
        ),
        error => (
            "the TLS handshake failed".to_owned(),
            Some(format!("the TLS library says: {error}")),
            format!(
                "ask the operator of {} what its log says of this handshake",
                connection.asked.host
            ),
        ),
    };
    let certificate =
        (!connection.chain().is_empty()).then(|| certificates::presented(connection, 0));
    Some(Proof {
        side: None,
        cause,
        evidence: shown
            .into_iter()
            .chain(Some(phase(connection).to_owned()))
            .chain(tls::agreed(connection))
            .chain(Some(name_sent(connection)))
            .chain(certificate)
            .collect(),
        hint,
    })
}

/// Other rows that account for the same error.
fn is_explained(connection: &ConnectionCase<'_>, error: &Error) -> bool {
    let refused_by_us = matches!(error, Error::InvalidCertificate(_))
        && ((!connection.asked.insecure && !connection.chain_findings().is_empty())
            || connection.misses_its_pins()
            || connection.is_another_workload()
            || signature::is_explained(connection));
    let elsewhere = matches!(
        error,
        Error::AlertReceived(
            AlertDescription::NoApplicationProtocol | AlertDescription::UnrecognisedName
        ) | Error::PeerMisbehaved(_)
    );
    refused_by_us || elsewhere || connection.client_refusal().is_some()
}

fn phase(connection: &ConnectionCase<'_>) -> &'static str {
    let tls = connection.tls();
    match tls.map(|tls| (tls.completed, tls.chain.is_empty())) {
        Some((true, _)) => "it came after our side of the handshake was done",
        Some((false, false)) => "it came after the server's certificate had been seen",
        _ => "it came before any certificate had been seen",
    }
}

/// RFC 6066 §3: an address is never sent as a server name.
fn name_sent(connection: &ConnectionCase<'_>) -> String {
    let name = names::asked_name(connection);
    match name.parse::<IpAddr>() {
        Ok(_) => format!("no server name was sent, for {name} is an address"),
        Err(_) => format!("server name sent: {name}"),
    }
}

fn of_alert(connection: &ConnectionCase<'_>, alert: AlertDescription) -> String {
    let host = &connection.asked.host;
    let name = names::asked_name(connection);
    match alert {
        AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => format!(
            "ask the operator of {host} which cipher suites, groups and certificate keys it allows (`testssl.sh` lists them): none of them is shared with this client"
        ),
        AlertDescription::InternalError => format!(
            "ask the operator of {host} what its log says: it may have no certificate for {name} (then --servername helps), or it met an error of its own"
        ),
        AlertDescription::AccessDenied => {
            format!("ask the operator of {host} who may connect: it says that access is denied")
        }
        _ => format!("ask the operator of {host} what its log says of this handshake"),
    }
}
