//! The recording resolver: whether a client certificate was asked for, by whom, and what was sent.

use std::sync::Arc;

use rustls::SignatureScheme;
use rustls::client::ResolvesClientCert;
use rustls::sign::CertifiedKey;

use crate::connect::record::Record;
use crate::connect::report::CertificateRequest;

/// How much of the acceptable issuers' names is kept: a server may list thousands.
const KEPT_ISSUERS: usize = 256;

/// Sends the certificate given, if any, whoever the server lists: Go clients withhold one whose
/// issuer is not listed, and the server's answer then misleads.
#[derive(Debug)]
pub(crate) struct RecordingResolver {
    pub identity: Option<Arc<CertifiedKey>>,
    pub record: Record,
}

impl ResolvesClientCert for RecordingResolver {
    fn resolve(
        &self,
        acceptable_issuers: &[&[u8]],
        schemes: &[SignatureScheme],
    ) -> Option<Arc<CertifiedKey>> {
        // rustls leaves the certificate out when no scheme fits the key.
        let usable = self
            .identity
            .as_ref()
            .filter(|identity| identity.key.choose_scheme(schemes).is_some());
        self.record.noted().tls.certificate_request = Some(CertificateRequest {
            acceptable_issuers: acceptable_issuers
                .iter()
                .take(KEPT_ISSUERS)
                .map(|name| name.to_vec())
                .collect(),
            issuers_listed: acceptable_issuers.len(),
            signature_schemes: schemes.to_vec(),
            sent: usable.is_some(),
        });
        usable.cloned()
    }

    fn has_certs(&self) -> bool {
        // Asked only when there is something to send; the request is to be noted either way.
        true
    }
}
