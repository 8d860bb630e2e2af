//! Which client certificates a door takes.

use std::sync::Arc;

use rustls::CertificateError;
use rustls::DigitallySignedStruct;
use rustls::DistinguishedName;
use rustls::Error;
use rustls::RootCertStore;
use rustls::SignatureScheme;
use rustls::client::danger::HandshakeSignatureValid;
use rustls::crypto::CryptoProvider;
use rustls::crypto::WebPkiSupportedAlgorithms;
use rustls::crypto::ring;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::UnixTime;
use rustls::server::WebPkiClientVerifier;
use rustls::server::danger::ClientCertVerified;
use rustls::server::danger::ClientCertVerifier;

use crate::lab::pki::Pki;

/// Whether clients need a certificate: one of the lab's own, with a path to its root, for client
/// authentication, not expired.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clients {
    Anybody,
    WithCertificate,
    /// The request does not name the CAs that are taken, as gRPC in Python and C++ does not.
    WithCertificateOfUnnamedCa,
    /// The key is on P-256.
    WithP256,
    /// None is taken, as if every one had been revoked.
    WithNoneThatIsGood,
}

/// Signatures of keys on P-256 alone.
const P256: WebPkiSupportedAlgorithms = WebPkiSupportedAlgorithms {
    all: &[webpki::ring::ECDSA_P256_SHA256],
    mapping: &[(
        SignatureScheme::ECDSA_NISTP256_SHA256,
        &[webpki::ring::ECDSA_P256_SHA256],
    )],
};

/// What judges a client's certificate; `None` asks for none.
///
/// # Errors
/// Only if the lab's root is no trust anchor.
pub(super) fn verifier(
    clients: Clients,
    pki: &Pki,
) -> anyhow::Result<Option<Arc<dyn ClientCertVerifier>>> {
    let mut provider = ring::default_provider();
    if clients == Clients::WithP256 {
        provider.signature_verification_algorithms = P256;
    }
    let builder = builder(pki, provider)?;
    Ok(Some(match clients {
        Clients::Anybody => return Ok(None),
        Clients::WithCertificate | Clients::WithP256 => builder.build()?,
        Clients::WithCertificateOfUnnamedCa => builder.clear_root_hint_subjects().build()?,
        Clients::WithNoneThatIsGood => Arc::new(Revoked(builder.build()?)),
    }))
}

fn builder(
    pki: &Pki,
    provider: CryptoProvider,
) -> anyhow::Result<rustls::server::ClientCertVerifierBuilder> {
    let mut roots = RootCertStore::empty();
    roots.add(pki.root.der().clone())?;
    Ok(WebPkiClientVerifier::builder_with_provider(
        Arc::new(roots),
        Arc::new(provider),
    ))
}

/// Finds that every certificate was revoked.
#[derive(Debug)]
struct Revoked(Arc<dyn ClientCertVerifier>);

impl ClientCertVerifier for Revoked {
    fn root_hint_subjects(&self) -> &[DistinguishedName] {
        self.0.root_hint_subjects()
    }

    fn verify_client_cert(
        &self,
        end_entity: &CertificateDer<'_>,
        intermediates: &[CertificateDer<'_>],
        now: UnixTime,
    ) -> Result<ClientCertVerified, Error> {
        self.0.verify_client_cert(end_entity, intermediates, now)?;
        Err(Error::InvalidCertificate(CertificateError::Revoked))
    }

    fn verify_tls12_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0
            .verify_tls12_signature(message, certificate, signature)
    }

    fn verify_tls13_signature(
        &self,
        message: &[u8],
        certificate: &CertificateDer<'_>,
        signature: &DigitallySignedStruct,
    ) -> Result<HandshakeSignatureValid, Error> {
        self.0
            .verify_tls13_signature(message, certificate, signature)
    }

    fn supported_verify_schemes(&self) -> Vec<SignatureScheme> {
        self.0.supported_verify_schemes()
    }
}
