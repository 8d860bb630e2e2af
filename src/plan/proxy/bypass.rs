//! NO_PROXY: which hosts are reached directly.

use std::net::IpAddr;

/// The rules of a NO_PROXY variable, as Go reads them.
#[derive(Debug)]
pub(super) struct Bypass<'a>(Vec<Rule<'a>>);

#[derive(Debug)]
enum Rule<'a> {
    Everything,
    /// An address, or with `bits` a network.
    Network {
        address: IpAddr,
        bits: u32,
        port: Option<u16>,
    },
    /// `suffix` in lower case, without its first dot; with `itself` the domain too, not its subdomains alone.
    Domain {
        suffix: String,
        itself: bool,
        port: Option<&'a str>,
    },
}

impl<'a> Bypass<'a> {
    /// Reads rules separated by commas; what cannot be one never matches.
    pub(super) fn new(text: &'a str) -> Self {
        let rules = text.split(',').map(str::trim);
        Self(rules.filter(|rule| !rule.is_empty()).map(rule).collect())
    }

    /// Whether `host` is reached directly. localhost and loopback addresses always are.
    pub(super) fn covers(&self, host: &str, port: u16) -> bool {
        let name = host.trim_end_matches('.').to_ascii_lowercase();
        let address = name
            .parse::<IpAddr>()
            .ok()
            .map(|address| address.to_canonical());
        name == "localhost"
            || address.is_some_and(|address| address.is_loopback())
            || self.0.iter().any(|rule| rule.covers(&name, address, port))
    }
}

fn rule(text: &str) -> Rule<'_> {
    if text == "*" {
        return Rule::Everything;
    }
    if let Some(network) = network(text) {
        return network;
    }
    let (name, port) = match text.rsplit_once(':') {
        Some((name, port)) => (name, Some(port)),
        None => (text, None),
    };
    if let Ok(address) = name.trim_matches(['[', ']']).parse::<IpAddr>() {
        return of_address(address, port.and_then(|port| port.parse().ok()));
    }
    let name = name.strip_prefix('*').unwrap_or(name);
    let bare = name.strip_prefix('.');
    Rule::Domain {
        suffix: bare.unwrap_or(name).to_ascii_lowercase(),
        itself: bare.is_none(),
        port,
    }
}

fn of_address(address: IpAddr, port: Option<u16>) -> Rule<'static> {
    let address = address.to_canonical();
    Rule::Network {
        address,
        bits: if address.is_ipv4() { 32 } else { 128 },
        port,
    }
}

/// `10.0.0.0/8`, `fd00::/8`, or an address without a port.
fn network(text: &str) -> Option<Rule<'static>> {
    let Some((address, bits)) = text.split_once('/') else {
        let address = text.trim_matches(['[', ']']).parse().ok()?;
        return Some(of_address(address, None));
    };
    let address: IpAddr = address.parse().ok()?;
    let longest = if address.is_ipv4() { 32 } else { 128 };
    let bits = bits.parse().ok().filter(|bits| *bits <= longest)?;
    Some(Rule::Network {
        address,
        bits,
        port: None,
    })
}

impl Rule<'_> {
    fn covers(&self, name: &str, host: Option<IpAddr>, at: u16) -> bool {
        match self {
            Self::Everything => true,
            Self::Network {
                address,
                bits,
                port,
            } => {
                host.is_some_and(|host| shares(*address, host, *bits))
                    && port.is_none_or(|port| port == at)
            }
            Self::Domain {
                suffix,
                itself,
                port,
            } => {
                let below = name
                    .strip_suffix(suffix.as_str())
                    .is_some_and(|rest| rest.ends_with('.') || (rest.is_empty() && *itself));
                !suffix.is_empty() && below && port.is_none_or(|port| port.parse() == Ok(at))
            }
        }
    }
}

/// Whether two addresses have their first `bits` in common.
fn shares(one: IpAddr, other: IpAddr, bits: u32) -> bool {
    let (one, other, unused) = match (one, other) {
        (IpAddr::V4(one), IpAddr::V4(other)) => {
            (one.to_bits().into(), other.to_bits().into(), 32 - bits)
        }
        (IpAddr::V6(one), IpAddr::V6(other)) => (one.to_bits(), other.to_bits(), 128 - bits),
        _ => return false,
    };
    let differing: u128 = one ^ other;
    differing.checked_shr(unused).unwrap_or(0) == 0
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rules_are_gos() {
        for (rules, host, covered) in [
            ("", "api.test", false),
            ("", "localhost", true),
            ("", "127.8.8.8", true),
            ("", "::1", true),
            ("", "a.localhost", false),
            ("*", "api.test", true),
            ("api.test", "api.test", true),
            ("api.test", "API.test.", true),
            ("api.test", "v1.api.test", true),
            ("api.test", "myapi.test", false),
            (".api.test", "v1.api.test", true),
            (".api.test", "api.test", false),
            ("*.api.test", "v1.api.test", true),
            ("*.api.test", "api.test", false),
            ("other, api.test ,", "api.test", true),
            ("api.test:443", "api.test", true),
            ("api.test:8443", "api.test", false),
            ("api.test:x", "api.test", false),
            ("10.0.0.0/8", "10.1.2.3", true),
            ("10.0.0.0/8", "11.1.2.3", false),
            ("10.0.0.0/8", "ten.test", false),
            ("0.0.0.0/0", "192.0.2.1", true),
            ("0.0.0.0/0", "2001:db8::1", false),
            ("10.0.0.0/99", "10.0.0.1", false),
            ("192.0.2.1", "192.0.2.1", true),
            ("192.0.2.1", "192.0.2.10", false),
            ("192.0.2.1:443", "192.0.2.1", true),
            ("192.0.2.1:1", "192.0.2.1", false),
            ("2001:db8::/32", "2001:db8::7", true),
            ("2001:db8::7", "2001:db8::7", true),
            ("[2001:db8::7]:443", "2001:db8::7", true),
            ("[2001:db8::7]:1", "2001:db8::7", false),
            (".", "api.test", false),
            ("*.", "api.test", false),
            (",,:,/,::/,[", "api.test", false),
        ] {
            assert_eq!(
                Bypass::new(rules).covers(host, 443),
                covered,
                "{rules:?} {host}"
            );
        }
    }
}
