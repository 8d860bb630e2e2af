//! `tls`: the server proves who it is, the client does not.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::SupportedProtocolVersion;
use rustls::client::Resumption;
use rustls::pki_types::ServerName;
use rustls::pki_types::UnixTime;
use rustls::sign::CertifiedKey;
use rustls::time_provider::TimeProvider;

use crate::connect::record::Record;
use crate::connect::report::Failure;
use crate::connect::tls::client_certificate::RecordingResolver;
use crate::connect::tls::verifier::RecordingVerifier;
use crate::connect::tls::version_name;
use crate::x509::Crls;
use crate::x509::Pin;
use crate::x509::SpiffeId;
use crate::x509::TrustAnchors;

/// Server-authenticated TLS.
#[derive(Clone, Debug)]
pub struct Tls {
    pub anchors: Arc<TrustAnchors>,
    /// What the certificates' issuers have taken back.
    pub crls: Arc<Crls>,
    /// Verified, and sent as SNI unless it is an address (RFC 6066 §3).
    pub server_name: ServerName<'static>,
    /// Verified in place of the name, which is then sent alone.
    pub workload: Option<SpiffeId>,
    /// One of these must fit the server's certificate; empty: any will do.
    pub pins: Arc<[Pin]>,
    /// Offered versions, newest first.
    pub versions: &'static [&'static SupportedProtocolVersion],
    /// Verify, record the verdict, and continue even if it fails.
    pub insecure: bool,
    /// Write the session's secrets to the file that SSLKEYLOGFILE names.
    pub log_keys: bool,
    /// The one application protocol that is offered (RFC 7301).
    pub alpn: &'static [u8],
    /// The clock that certificates are judged by.
    pub now: UnixTime,
}

/// The plan's clock, for rustls.
#[derive(Debug)]
struct PlannedTime(UnixTime);

impl TimeProvider for PlannedTime {
    fn current_time(&self) -> Option<UnixTime> {
        Some(self.0)
    }
}

impl Tls {
    pub(super) fn client_config(
        &self,
        identity: Option<Arc<CertifiedKey>>,
        record: &Record,
    ) -> Result<ClientConfig, Failure> {
        let provider = Arc::new(rustls::crypto::ring::default_provider());
        record.noted().tls.offered = self
            .versions
            .iter()
            .filter_map(|version| version_name(version.version))
            .collect();
        let verifier = RecordingVerifier {
            anchors: Arc::clone(&self.anchors),
            crls: Arc::clone(&self.crls),
            workload: self.workload.clone(),
            pins: Arc::clone(&self.pins),
            provider: Arc::clone(&provider),
            insecure: self.insecure,
            record: record.clone(),
        };
        let resolver = RecordingResolver {
            identity,
            record: record.clone(),
        };
        let mut config =
            ClientConfig::builder_with_details(provider, Arc::new(PlannedTime(self.now)))
                .with_protocol_versions(self.versions)
                .map_err(Failure::Tls)?
                .dangerous()
                .with_custom_certificate_verifier(Arc::new(verifier))
                .with_client_cert_resolver(Arc::new(resolver));
        config.alpn_protocols = vec![self.alpn.to_vec()];
        // A resumed session shows no certificate: one connection is one whole handshake.
        config.resumption = Resumption::disabled();
        if self.log_keys {
            config.key_log = Arc::new(rustls::KeyLogFile::new());
        }
        Ok(config)
    }
}
