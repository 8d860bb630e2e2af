//! Shared by the tests of this family.

mod absent;
mod claims;
mod corpus;
mod fetched;
mod forms;
mod times;

use rustls::pki_types::CertificateDer;
use serde_json::Value;
use serde_json::json;

use crate::connect::report::CertificateRequest;
use crate::connect::report::TlsReport;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::evidence::answers::NOON;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::token;
use crate::evidence::answers::with_headers;
use crate::invoke::Answer;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::prove_all;

fn ids(evidence: &Evidence) -> Vec<&'static str> {
    prove_all(&Case::new(evidence))
        .into_iter()
        .map(|finding| finding.id)
        .collect()
}

/// A JWT that is good at noon, with these claims beside its times.
fn good(more: Value) -> String {
    let mut claims = json!({"iss": "https://id.test", "exp": NOON + 600});
    claims
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    token(&claims)
}

/// A call with a good token, answered so.
fn refused(answer: Answer) -> Evidence {
    bearer(called(answer), &good(json!({})))
}

fn challenge(answer: Answer, value: &str) -> Answer {
    with_headers(answer, &[("www-authenticate", value)])
}

fn with_certificate(mut evidence: Evidence, der: &'static [u8]) -> Evidence {
    evidence.connection_mut().client_certificate = Some(ClientCertificate {
        chain: vec![CertificateDer::from(der)],
        file: "me.pem".into(),
    });
    if let Some(handshake) = &mut evidence.connection_mut().handshake {
        handshake.tls = Some(TlsReport {
            certificate_request: Some(CertificateRequest {
                sent: true,
                ..CertificateRequest::default()
            }),
            ..TlsReport::default()
        });
    }
    evidence
}
