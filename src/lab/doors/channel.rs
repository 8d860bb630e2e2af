//! The channel of a door: plaintext, or TLS with this certificate, these versions, these clients.

use std::sync::Arc;

use anyhow::Context as _;
use rustls::RootCertStore;
use rustls::ServerConfig;
use rustls::SupportedProtocolVersion;
use rustls::crypto::ring;
use rustls::server::WebPkiClientVerifier;

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
    /// The certificate shown.
    pub identity: fn(&Pki) -> &Identity,
    pub versions: &'static [&'static SupportedProtocolVersion],
    pub clients: Clients,
    pub alpn: &'static [u8],
}

/// Whether clients need a certificate.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Clients {
    Anybody,
    /// One of the lab's own: a path to its root, for client authentication, not expired.
    WithCertificate,
}

const BOTH_VERSIONS: &[&SupportedProtocolVersion] =
    &[&rustls::version::TLS13, &rustls::version::TLS12];

const TLS_1_2: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];

/// TLS 1.2 and 1.3, the good certificate, HTTP/2, any client.
pub const TLS: Tls = Tls {
    identity: |pki| &pki.server,
    versions: BOTH_VERSIONS,
    clients: Clients::Anybody,
    alpn: b"h2",
};

impl Tls {
    /// The same with another certificate.
    pub const fn showing(self, identity: fn(&Pki) -> &Identity) -> Self {
        Self { identity, ..self }
    }

    /// The same for clients with a certificate.
    pub const fn mutual(self) -> Self {
        Self {
            clients: Clients::WithCertificate,
            ..self
        }
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
            alpn: b"http/1.1",
            ..self
        }
    }

    /// As rustls wants it. Clients are judged by the lab's clock.
    ///
    /// # Errors
    /// Only if a certificate of the lab does not fit its key.
    pub fn config(&self, world: &World) -> anyhow::Result<Arc<ServerConfig>> {
        let provider = Arc::new(ring::default_provider());
        let builder = ServerConfig::builder_with_details(provider.clone(), Arc::new(world.clock))
            .with_protocol_versions(self.versions)?;
        let builder = match self.clients {
            Clients::Anybody => builder.with_no_client_auth(),
            Clients::WithCertificate => {
                let mut roots = RootCertStore::empty();
                roots.add(world.pki.root.clone())?;
                let verifier =
                    WebPkiClientVerifier::builder_with_provider(Arc::new(roots), provider)
                        .build()?;
                builder.with_client_cert_verifier(verifier)
            }
        };
        let (chain, key) = (self.identity)(&world.pki).presented();
        let mut config = builder
            .with_single_cert(chain, key)
            .context("a certificate of the lab does not fit its key")?;
        config.alpn_protocols = vec![self.alpn.to_vec()];
        Ok(Arc::new(config))
    }
}
