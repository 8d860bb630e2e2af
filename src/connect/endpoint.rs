//! Everything that connecting needs to know, settled before the first packet.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;

use crate::connect::channel_credentials::ChannelCredentials;

/// Where to connect, and how.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub location: Location,
    /// Asked for a tunnel to the location.
    pub proxy: Option<Proxy>,
    pub channel: ChannelCredentials,
    /// The `:authority` of every request.
    pub authority: String,
    /// After so much silence of a peer that owes an answer it is asked whether it is there; `None`: never.
    pub keepalive: Option<Duration>,
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

/// An HTTP proxy, reached in plaintext.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub location: Location,
    /// `http://host:port`, as it may be shown: without user and password.
    pub shown: String,
    /// The value of `proxy-authorization`, marked sensitive. It goes to the proxy, never into the tunnel.
    pub authorization: Option<HeaderValue>,
    pub user_agent: HeaderValue,
}

impl Endpoint {
    /// What is dialled: the proxy, where there is one.
    pub fn first_hop(&self) -> &Location {
        self.proxy
            .as_ref()
            .map_or(&self.location, |proxy| &proxy.location)
    }
}

impl Location {
    /// `host:port`, as a proxy is asked for it; `--resolve` holds there too. A unix socket is never proxied.
    pub(super) fn tunnelled_as(&self) -> Option<String> {
        match self {
            Self::Unix(_) => None,
            Self::Tcp {
                host,
                port,
                overrides,
            } => {
                let host = match overrides.first() {
                    Some(address) => address.to_string(),
                    None => host.clone(),
                };
                Some(match host.contains(':') {
                    true => format!("[{host}]:{port}"),
                    false => format!("{host}:{port}"),
                })
            }
        }
    }
}
