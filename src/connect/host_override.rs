//! Addresses that are used for a host and port instead of those that its name has.

use std::net::IpAddr;
use std::str::FromStr;

/// `HOST:PORT:ADDRESS[,ADDRESS…]`, as curl's `--resolve` has it; IPv6 addresses with or without brackets.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HostOverride {
    host: String,
    port: u16,
    addresses: Vec<IpAddr>,
}

/// What the overrides say of a host and port.
pub(crate) fn addresses(overrides: &[HostOverride], host: &str, port: u16) -> Vec<IpAddr> {
    overrides
        .iter()
        .filter(|own| own.host.eq_ignore_ascii_case(host) && own.port == port)
        .flat_map(|own| own.addresses.clone())
        .collect()
}

impl FromStr for HostOverride {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = || format!("`{text}` is not HOST:PORT:ADDRESS");
        let (host, rest) = text.split_once(':').ok_or_else(refuse)?;
        let (port, addresses) = rest.split_once(':').ok_or_else(refuse)?;
        let addresses = addresses
            .split(',')
            .map(|address| address.trim_matches(['[', ']']).parse())
            .collect::<Result<Vec<IpAddr>, _>>()
            .map_err(|_| refuse())?;
        if host.is_empty() {
            return Err(refuse());
        }
        Ok(Self {
            host: host.to_owned(),
            port: port.parse().map_err(|_| refuse())?,
            addresses,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn overrides_are_read() {
        let read: HostOverride = "api.test:443:127.0.0.1,[::1]".parse().unwrap();
        assert_eq!(
            addresses(std::slice::from_ref(&read), "API.test", 443).len(),
            2
        );
        assert_eq!(addresses(&[read], "api.test", 80), Vec::<IpAddr>::new());
        for text in [
            "api.test",
            "api.test:443",
            "api.test:x:1.1.1.1",
            ":1:1.1.1.1",
            "a:1:b",
        ] {
            assert!(text.parse::<HostOverride>().is_err(), "{text}");
        }
    }
}
