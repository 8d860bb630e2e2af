//! The channel of a door: plaintext, or TLS with this certificate, these versions, these clients.

use std::sync::Arc;

use rustls::ServerConfig;
use rustls::SupportedProtocolVersion;
use rustls::crypto::ring;
use rustls::sign::SingleCertAndKey;

use super::client_certificates;
use super::client_certificates::Clients;
use crate::lab::pki::Identity;
use crate::lab::pki::Pki;
use crate::lab::world::World;

/// How a door's bytes are protected.
#[derive(Clone, Copy)]
pub enum Channel {
    Plaintext,
    Tls(Tls),
}

/// A server's side of TLS.
#[derive(Clone, Copy)]
pub struct Tls {
    /// Makes the certificate shown.
    pub identity: fn(&Pki) -> Result<Arc<Identity>, rcgen::Error>,
    pub versions: &'static [&'static SupportedProtocolVersion],
    pub clients: Clients,
    pub alpn: &'static [&'static [u8]],
}

const BOTH_VERSIONS: &[&SupportedProtocolVersion] =
    &[&rustls::version::TLS13, &rustls::version::TLS12];

const TLS_1_2: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

/// TLS 1.2 and 1.3, the good certificate, HTTP/2, any client.
pub(crate) const TLS: Tls = Tls {
    identity: |pki| Ok(Arc::clone(&pki.server)),
    versions: BOTH_VERSIONS,
    clients: Clients::Anybody,
    alpn: &[b"h2"],
};

impl Tls {
    /// The same with another certificate.
    pub const fn showing(self, identity: fn(&Pki) -> Result<Arc<Identity>, rcgen::Error>) -> Self {
        Self { identity, ..self }
    }

    /// The same for clients with a certificate.
    pub const fn mutual(self) -> Self {
        self.for_clients(Clients::WithCertificate)
    }

    /// The same for these clients.
    pub const fn for_clients(self, clients: Clients) -> Self {
        Self { clients, ..self }
    }

    /// The same without TLS 1.3.
    pub const fn only_1_2(self) -> Self {
        Self {
            versions: TLS_1_2,
            ..self
        }
    }

    /// The same for HTTP/1.1.
    pub const fn http1(self) -> Self {
        Self {
            alpn: &[b"http/1.1"],
            ..self
        }
    }

    /// The same without an answer to the client's list of application protocols.
    pub const fn without_alpn(self) -> Self {
        Self { alpn: &[], ..self }
    }

    /// As rustls wants it, showing `identity`. Clients are judged by the lab's clock.
    ///
    /// # Errors
    /// Only if a key of the lab does not sign.
    pub fn config(&self, identity: &Identity, world: &World) -> anyhow::Result<Arc<ServerConfig>> {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_details(provider, Arc::new(world.clock))
            .with_protocol_versions(self.versions)?;
        let builder = match client_certificates::verifier(self.clients, &world.pki)? {
            None => builder.with_no_client_auth(),
            Some(verifier) => builder.with_client_cert_verifier(verifier),
        };
        let shown = SingleCertAndKey::from(identity.certified()?);
        let mut config = builder.with_cert_resolver(Arc::new(shown));
        config.alpn_protocols = self.alpn.iter().map(|name| name.to_vec()).collect();
        Ok(Arc::new(config))
    }
}
