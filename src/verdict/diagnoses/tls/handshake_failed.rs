//! `tls.handshake-failed`.

use std::net::IpAddr;

use rustls::AlertDescription;
use rustls::Error;

use crate::evidence::Evidence;
use crate::verdict::Layer;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::crypto;
use crate::verdict::diagnoses::name;
use crate::verdict::diagnoses::nothing;
use crate::verdict::diagnoses::pin;
use crate::verdict::diagnoses::plain;
use crate::verdict::diagnoses::tls;
use crate::verdict::reading::certificates;
use crate::verdict::reading::client_refusal::ClientRefusal;
use crate::verdict::reading::client_refusal::alert_name;

pub const ROW: Diagnosis = Diagnosis {
    id: "tls.handshake-failed",
    layer: Layer::Tls,
    certainty: Certainty::General,
    page: include_str!("handshake_failed.md"),
    prove,
    needs: nothing,
};

fn prove(evidence: &Evidence) -> Option<Proof> {
    let error = tls::error(evidence)?;
    if is_explained(evidence, error) {
        return None;
    }
    let (cause, shown, hint) = match error {
        Error::AlertReceived(alert) => (
            format!(
                "the server ended the TLS handshake with the alert {}",
                alert_name(*alert)
            ),
            None,
            of_alert(evidence, *alert),
        ),
        Error::InvalidCertificate(_) => (
            "the server could not prove that the key of its certificate is its own".to_owned(),
            Some(format!(
                "the verifier says of its signature in the handshake: {error}"
            )),
            format!(
                "ask whoever runs {} whether its private key belongs to its certificate",
                evidence.connection.asked.host
            ),
        ),
        error => (
            "the TLS handshake failed".to_owned(),
            Some(format!("the TLS library says: {error}")),
            format!(
                "ask whoever runs {} what its log says of this handshake",
                evidence.connection.asked.host
            ),
        ),
    };
    let certificate =
        (!evidence.connection.chain().is_empty()).then(|| certificates::presented(evidence, 0));
    Some(Proof {
        side: None,
        cause,
        evidence: shown
            .into_iter()
            .chain(Some(phase(evidence).to_owned()))
            .chain(tls::agreed(evidence))
            .chain(Some(name_sent(evidence)))
            .chain(certificate)
            .collect(),
        hint,
    })
}

/// Other rows that account for the same error.
fn is_explained(evidence: &Evidence, error: &Error) -> bool {
    let refused_by_us = matches!(error, Error::InvalidCertificate(_))
        && ((!evidence.connection.asked.insecure
            && !evidence.connection.chain_findings().is_empty())
            || pin::is_mismatch(evidence)
            || name::is_another_workload(evidence)
            || crypto::explains_handshake_signature(evidence));
    let elsewhere = matches!(
        error,
        Error::AlertReceived(
            AlertDescription::NoApplicationProtocol | AlertDescription::UnrecognisedName
        ) | Error::PeerMisbehaved(_)
    );
    refused_by_us
        || elsewhere
        || plain::is_proven(evidence)
        || ClientRefusal::of(evidence).is_some()
}

fn phase(evidence: &Evidence) -> &'static str {
    let tls = evidence.connection.tls();
    match tls.map(|tls| (tls.completed, tls.chain.is_empty())) {
        Some((true, _)) => "it came after our side of the handshake was done",
        Some((false, false)) => "it came after the server's certificate had been seen",
        _ => "it came before any certificate had been seen",
    }
}

/// RFC 6066 §3: an address is never sent as a server name.
fn name_sent(evidence: &Evidence) -> String {
    let name = certificates::asked_name(evidence);
    match name.parse::<IpAddr>() {
        Ok(_) => format!("no server name was sent, for {name} is an address"),
        Err(_) => format!("server name sent: {name}"),
    }
}

fn of_alert(evidence: &Evidence, alert: AlertDescription) -> String {
    let host = &evidence.connection.asked.host;
    let name = certificates::asked_name(evidence);
    match alert {
        AlertDescription::HandshakeFailure | AlertDescription::InsufficientSecurity => format!(
            "ask whoever runs {host} which cipher suites, groups and certificate keys it allows (`testssl.sh` lists them): none of them is shared with this client"
        ),
        AlertDescription::InternalError => format!(
            "ask whoever runs {host} what its log says: it may have no certificate for {name} (then --servername helps), or it met an error of its own"
        ),
        AlertDescription::AccessDenied => {
            format!("ask whoever runs {host} who may connect: it says that access is denied")
        }
        _ => format!("ask whoever runs {host} what its log says of this handshake"),
    }
}
