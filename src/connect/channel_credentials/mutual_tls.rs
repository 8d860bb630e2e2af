//! `mutual_tls`: both sides prove who they are.

use std::sync::Arc;

use rustls::ClientConfig;
use rustls::sign::CertifiedKey;

use crate::connect::channel_credentials::tls::Tls;
use crate::connect::record::Record;
use crate::connect::report::Failure;

/// TLS with a client certificate, which is sent when the server asks for one.
#[derive(Clone, Debug)]
pub struct MutualTls {
    pub tls: Tls,
    pub identity: Arc<CertifiedKey>,
}

impl MutualTls {
    pub(super) fn client_config(&self, record: &Record) -> Result<ClientConfig, Failure> {
        self.tls
            .client_config(Some(Arc::clone(&self.identity)), record)
    }
}
