//! Everything that connecting needs to know, settled before the first packet.

use std::net::IpAddr;
use std::path::PathBuf;
use std::time::Duration;

use http::HeaderValue;

use crate::connect::channel_credentials::ChannelCredentials;
use crate::secret::Secret;

/// Where to connect, and how.
#[derive(Clone, Debug)]
pub struct Endpoint {
    pub location: Location,
    /// Asked for a tunnel to the location.
    pub proxy: Option<Proxy>,
    pub channel: ChannelCredentials,
    /// The `:authority` of every request.
    pub authority: String,
    /// What goes over it would be readable on a network: it is connected to on loopback or not at all.
    pub only_loopback: bool,
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

/// A proxy, reached in plaintext.
#[derive(Clone, Debug)]
pub struct Proxy {
    pub location: Location,
    /// `http://host:port`, `socks5://…`, `socks5h://…`, as it may be shown: without user and password.
    pub shown: String,
    pub protocol: ProxyProtocol,
}

/// How a proxy is asked for a tunnel. Credentials go to the proxy, never into the tunnel.
#[derive(Clone, Debug)]
pub enum ProxyProtocol {
    HttpConnect {
        /// The value of `proxy-authorization`, marked sensitive.
        authorization: Option<HeaderValue>,
        user_agent: HeaderValue,
    },
    Socks5 {
        login: Option<SocksLogin>,
        resolved_by: ResolvedBy,
    },
}

/// User and password, each of at most 255 bytes.
#[derive(Clone, Debug)]
pub struct SocksLogin {
    pub user: String,
    pub password: Secret,
}

/// Who looks the target's name up.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum ResolvedBy {
    ThisMachine,
    Proxy,
}

impl Proxy {
    /// Whether it is given a user and a password.
    pub(crate) fn has_credentials(&self) -> bool {
        match &self.protocol {
            ProxyProtocol::HttpConnect { authorization, .. } => authorization.is_some(),
            ProxyProtocol::Socks5 { login, .. } => login.is_some(),
        }
    }
}

impl Endpoint {
    /// Keeps what goes over it from being read on a network: it is connected to in TLS, on loopback, or
    /// where plaintext is allowed. Whether it may be connected to at all, as far as that is known before.
    pub fn keep_secret(&mut self, allows_plaintext: bool) -> bool {
        self.only_loopback = self.channel.is_plaintext() && !allows_plaintext;
        !self.only_loopback || self.may_be_loopback()
    }

    /// Whether a connection may turn out to stay on this machine. A name may until it is resolved, and
    /// [`HandshakeReport::is_loopback`](crate::connect::HandshakeReport::is_loopback) has the last word.
    pub(super) fn may_be_loopback(&self) -> bool {
        self.proxy.is_none()
            && match &self.location {
                Location::Unix(_) => true,
                Location::Tcp {
                    host, overrides, ..
                } if overrides.is_empty() => {
                    let number = host.parse::<IpAddr>();
                    number.map_or(true, |address| address.to_canonical().is_loopback())
                }
                Location::Tcp { overrides, .. } => overrides
                    .iter()
                    .all(|address| address.to_canonical().is_loopback()),
            }
    }

    /// What is dialled: the proxy, where there is one.
    pub fn first_hop(&self) -> &Location {
        self.proxy
            .as_ref()
            .map_or(&self.location, |proxy| &proxy.location)
    }
}
