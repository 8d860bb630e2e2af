//! Bounded extra connections that settle a question the first one left open.

use std::sync::Arc;
use std::time::Duration;

use rustls::client::Resumption;
use tokio::time::Instant;

use crate::connect::below_tls::BelowTls;
use crate::connect::channel_credentials::ChannelCredentials;
use crate::connect::channel_credentials::Tls;
use crate::connect::dial;
use crate::connect::endpoint::Endpoint;
use crate::connect::record::Record;
use crate::connect::resolve;
use crate::connect::tls;
use crate::x509::TrustAnchors;

/// The time that one follow-up may take.
const PATIENCE: Duration = Duration::from_secs(2);

/// TLS handshake and alert records (RFC 8446 §5.1).
const TLS_RECORDS: [u8; 2] = [0x16, 0x15];

/// Whether a TLS ClientHello on the endpoint's port is answered with TLS, be it by an alert.
/// Nothing is verified and nothing but the hello is sent.
pub async fn answers_tls_hello(endpoint: &Endpoint, unverified: Tls) -> bool {
    tokio::time::timeout(PATIENCE, async {
        let record = Record::default();
        let addresses = resolve::resolve(endpoint).await.ok()?;
        let deadline = Instant::now() + PATIENCE;
        let dialled = dial::dial(addresses, deadline, &mut Vec::new())
            .await
            .ok()?;
        let stream = BelowTls::new(dialled.io, record.clone());
        let server_name = unverified.server_name.clone();
        let mut config = ChannelCredentials::Tls(unverified)
            .client_config(&record)
            .ok()??;
        config.resumption = Resumption::disabled();
        // The answer's first record decides, whatever comes of the handshake.
        let _ = tls::handshake(config, &server_name, stream, &record).await;
        let first = record.noted().first_bytes.clone();
        Some(first.len() >= 2 && TLS_RECORDS.contains(&first[0]) && first[1] == 3)
    })
    .await
    .ok()
    .flatten()
    .unwrap_or(false)
}

/// Channel credentials that trust nobody and go on all the same, for a hello that sends nothing.
pub fn unverified(
    server_name: rustls::pki_types::ServerName<'static>,
    now: rustls::pki_types::UnixTime,
) -> Tls {
    Tls {
        anchors: Arc::new(TrustAnchors::default()),
        server_name,
        versions: rustls::ALL_VERSIONS,
        insecure: true,
        log_keys: false,
        now,
    }
}
