//! The recording verifier: webpki judges, the record keeps the chain and the verdict.

use std::sync::Arc;

use rustls::CertificateError;
use rustls::DigitallySignedStruct;
use rustls::Error;
use rustls::OtherError;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::client::danger::ServerCertVerified;
use rustls::client::danger::ServerCertVerifier;
use rustls::crypto::CryptoProvider;
use rustls::crypto::verify_tls12_signature;
use rustls::crypto::verify_tls13_signature;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::ServerName;
use rustls::pki_types::UnixTime;

use crate::clock;
use crate::connect::record::Record;
use crate::x509::Crls;
use crate::x509::Judged;
use crate::x509::Pin;
use crate::x509::SpiffeId;
use crate::x509::TrustAnchors;
use crate::x509::judge;

/// Verifies as rustls' own verifier does (path, then name) and writes down what it saw.
#[derive(Debug)]
pub(crate) struct RecordingVerifier {
    pub anchors: Arc<TrustAnchors>,
    pub crls: Arc<Crls>,
    /// Asked for in place of the server's name.
    pub workload: Option<SpiffeId>,
    pub pins: Arc<[Pin]>,
    pub provider: Arc<CryptoProvider>,
    /// `--insecure`: the verdict is recorded, and the handshake goes on. A pin is not waived: whoever gives
    /// one means it (as in curl).
    pub insecure: bool,
    pub record: Record,
}

impl ServerCertVerifier for RecordingVerifier {
    fn verify_server_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        server_name: &ServerName<'_>,
        ocsp_response: &[u8],
        now: UnixTime,
    ) -> Result<ServerCertVerified, Error> {
        let chain: Vec<CertificateDer<'static>> = std::iter::once(end_entity)
            .chain(intermediates)
            .map(|certificate| certificate.clone().into_owned())
            .collect();
        let name = self.workload.is_none().then_some(server_name);
        let mut judged = judge(
            &chain,
            &self.anchors,
            clock::date_time(now),
            name,
            self.crls.checked(),
        );
        if let Some(workload) = &self.workload {
            judged = judged.with_workload(end_entity, workload);
        }
        let refusal = refusal(&judged).filter(|_| !self.insecure);
        let pinned = (!self.pins.is_empty())
            .then(|| self.pins.iter().any(|pin| pin.fits(end_entity.as_ref())));
        let mut noted = self.record.noted();
        noted.tls.chain = chain;
        noted.tls.judged = Some(judged);
        noted.tls.pinned = pinned;
        if !ocsp_response.is_empty() {
            noted.tls.ocsp_staple = Some(ocsp_response.to_vec());
        }
        match (refusal, pinned) {
            (Some(error), _) => Err(error),
            (None, Some(false)) => Err(Error::InvalidCertificate(
                CertificateError::ApplicationVerificationFailure,
            )),
            (None, _) => Ok(ServerCertVerified::assertion()),
        }
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls12_signature(message, certificate, signed, algorithms)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signed: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        let algorithms = &self.provider.signature_verification_algorithms;
        verify_tls13_signature(message, certificate, signed, algorithms)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.provider
            .signature_verification_algorithms
            .supported_schemes()
    }
}

/// webpki's refusal as rustls names it: rustls chooses the alert for the server by it.
fn refusal(judged: &Judged) -> Option<Error> {
    let error = match (&judged.path, &judged.name) {
        (Err(error), _) | (Ok(_), Some(Err(error))) => error,
        (Ok(_), _) if judged.workload == Some(false) => {
            return Some(Error::InvalidCertificate(CertificateError::NotValidForName));
        }
        (Ok(_), _) => return None,
    };
    Some(Error::InvalidCertificate(match error {
        webpki::Error::BadDer | webpki::Error::BadDerTime => CertificateError::BadEncoding,
        webpki::Error::CertExpired { .. } => CertificateError::Expired,
        webpki::Error::CertNotValidYet { .. } => CertificateError::NotValidYet,
        webpki::Error::CertNotValidForName(_) => CertificateError::NotValidForName,
        webpki::Error::CertRevoked => CertificateError::Revoked,
        webpki::Error::UnknownIssuer => CertificateError::UnknownIssuer,
        webpki::Error::InvalidSignatureForPublicKey => CertificateError::BadSignature,
        other => CertificateError::Other(OtherError(Arc::new(other.clone()))),
    }))
}
