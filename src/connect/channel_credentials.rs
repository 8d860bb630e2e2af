//! Channel credentials: what secures the connection as a whole. One file a kind.

mod insecure;
mod mutual_tls;
mod tls;

use rustls::ClientConfig;
use rustls::pki_types::ServerName;

pub(crate) use mutual_tls::MutualTls;
pub(crate) use tls::Tls;

use crate::connect::record::Record;
use crate::connect::report::Failure;

/// How a channel is secured.
#[derive(Clone, Debug)]
pub enum ChannelCredentials {
    /// Plaintext.
    Insecure,
    Tls(Tls),
    MutualTls(MutualTls),
}

impl ChannelCredentials {
    pub fn is_plaintext(&self) -> bool {
        matches!(self, Self::Insecure)
    }

    /// The TLS half, where there is one.
    pub fn tls(&self) -> Option<&Tls> {
        match self {
            Self::Insecure => None,
            Self::Tls(tls) => Some(tls),
            Self::MutualTls(mutual) => Some(&mutual.tls),
        }
    }

    /// The name that is verified and sent as SNI.
    pub fn server_name(&self) -> &ServerName<'static> {
        match self.tls() {
            Some(tls) => &tls.server_name,
            None => insecure::no_server_name(),
        }
    }

    /// rustls' configuration, recording into `record`; `None` over plaintext.
    pub fn client_config(&self, record: &Record) -> Result<Option<ClientConfig>, Failure> {
        match self {
            Self::Insecure => Ok(None),
            Self::Tls(tls) => tls.client_config(None, record).map(Some),
            Self::MutualTls(mutual) => mutual.client_config(record).map(Some),
        }
    }
}
