//! `token.endpoint-tls`.

use rustls::AlertDescription;

use crate::authenticate::http::Exchange;
use crate::authenticate::http::HttpOutcome;
use crate::connect::Failure;
use crate::connect::report::Ending;
use crate::verdict::Finding;
use crate::verdict::Layer;
use crate::verdict::Side;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::Certainty;
use crate::verdict::diagnoses::Diagnosis;
use crate::verdict::diagnoses::Proof;
use crate::verdict::diagnoses::Prove;
use crate::verdict::diagnoses::token::connection;
use crate::verdict::diagnoses::token::told_by;
use crate::verdict::reading::fetch::Failed;

pub(super) const ROW: Diagnosis = Diagnosis {
    id: "token.endpoint-tls",
    layer: Layer::Credential,
    certainty: Certainty::Proven,
    page: include_str!("endpoint_tls.md"),
    prove: Prove::Run(prove),
    ..Diagnosis::BLANK
};

fn prove(case: &Case<'_>) -> Option<Proof> {
    let failed = told_by(case, ROW.id)?;
    let host = failed.host();
    let has_no_name = |exchange: &Exchange| matches!(exchange.outcome, HttpOutcome::NoName);
    if failed.exchange().is_some_and(has_no_name) {
        return Some(Proof {
            side: Some(Side::Client),
            cause: format!(
                "{} could not be made: `{host}` can stand in no certificate",
                failed.request()
            ),
            evidence: Vec::new(),
            hint: "write the host as it stands in its certificate: a DNS name or an address"
                .to_owned(),
        });
    }
    if let Some(exchange) = failed.exchange()
        && matches!(exchange.outcome, HttpOutcome::Plaintext)
    {
        return Some(Proof {
            side: Some(Side::Client),
            cause: format!(
                "{} is plaintext: everybody on the way could read what is sent there, and the token",
                exchange.url
            ),
            evidence: vec![format!("{host} is not on loopback; nothing was sent")],
            hint: "write https, or say --allow-http-token-endpoint".to_owned(),
        });
    }
    let Some(finding) = connection::finding(case, &failed) else {
        return Some(unexplained(&failed));
    };
    let mut facts = finding.evidence.clone();
    facts.push(format!(
        "as {id} of a target: `grpcauth explain {id}`",
        id = finding.id
    ));
    Some(Proof {
        side: finding.side,
        cause: format!("{} could not be made: {}", failed.request(), why(&finding)),
        evidence: facts,
        hint: hint(&finding, host),
    })
}

/// The cause, as it is one here: what speaks no TLS need not speak gRPC either.
fn why(finding: &Finding) -> &str {
    match finding.id {
        "plain.server-is-http1" => "what listens there speaks HTTP without TLS",
        _ => &finding.cause,
    }
}

/// The fix, with the flags that are the token endpoint's.
fn hint(finding: &Finding, host: &str) -> String {
    match finding.id.split('.').next() {
        _ if finding.id == "plain.server-is-http1" => {
            "check scheme and port of the URL; http:// is taken on loopback, elsewhere with --allow-http-token-endpoint alone".to_owned()
        }
        Some("trust" | "chain") => format!(
            "name a file with the CA's certificate with --token-cacert FILE (--system-roots adds the system's); or ask the operator of {host} to send the whole chain"
        ),
        Some("name") => format!(
            "write the URL with a name that is in the certificate, or ask the operator of {host} for a certificate with that name"
        ),
        Some("mtls") => format!(
            "give the certificate that {host} asks for with --token-cert FILE --token-key FILE"
        ),
        Some("plain") => {
            "check scheme and port of the URL: what listens there does not speak TLS".to_owned()
        }
        _ => finding.hint.clone(),
    }
}

/// No family knows more: the words of TLS itself.
fn unexplained(failed: &Failed<'_>) -> Proof {
    let handshake = failed.handshake();
    let (host, port) = failed.address().unwrap_or((failed.host(), 443));
    let said = handshake.and_then(|handshake| match (&handshake.failure, &handshake.ending) {
        (Some(Failure::Tls(error)), _) | (None, Some(Ending::Tls(error))) => {
            Some(error.to_string())
        }
        _ => None,
    });
    let alert = handshake.and_then(|handshake| handshake.alert_received());
    let why = match alert {
        Some((AlertDescription::NoApplicationProtocol, _)) => {
            "what listens there does not speak HTTP/1.1"
        }
        _ => "the TLS handshake failed",
    };
    Proof {
        side: None,
        cause: format!("{} could not be made: {why}", failed.request()),
        evidence: said.into_iter().collect(),
        hint: format!("`grpcauth handshake {host}:{port}` shows more; then ask its operator"),
    }
}
