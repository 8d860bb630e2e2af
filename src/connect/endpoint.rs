//! Everything that connecting needs to know, settled before the first packet.

use std::net::IpAddr;
use std::path::PathBuf;

use crate::connect::channel_credentials::ChannelCredentials;

/// Where to connect, and how.
#[derive(Debug)]
pub struct Endpoint {
    pub location: Location,
    pub channel: ChannelCredentials,
    /// The `:authority` of every request.
    pub authority: String,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Location {
    /// `overrides` come from `--resolve`; where there are any, no name is looked up.
    Tcp {
        host: String,
        port: u16,
        overrides: Vec<IpAddr>,
    },
    Unix(PathBuf),
}
