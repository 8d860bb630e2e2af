//! `insecure`: plaintext. The peer is not verified and nothing is hidden from the network.

use std::net::IpAddr;
use std::net::Ipv4Addr;
use std::sync::LazyLock;

use rustls::pki_types::ServerName;

/// What stands for a name where none is verified; never sent.
pub(super) fn no_server_name() -> &'static ServerName<'static> {
    static NOBODY: LazyLock<ServerName<'static>> =
        LazyLock::new(|| ServerName::IpAddress(IpAddr::V4(Ipv4Addr::UNSPECIFIED).into()));
    &NOBODY
}
