//! The hosts that a credential is bound to: it is sent to no others.
//!
//! A name is matched label by label, never by a part of it; `*.` in front stands for exactly one label, as
//! in certificates (RFC 9525 §6.3). A pattern without a port fits every port.

use std::fmt;
use std::net::IpAddr;
use std::path::PathBuf;
use std::str::FromStr;

use crate::connect::endpoint::Location;
use crate::target::Address;
use crate::target::Scheme;
use crate::target::Target;

/// Where a credential may go.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Hosts(Vec<Pattern>);

/// One pattern, with its text for reports.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Pattern {
    text: String,
    place: Place,
}

#[derive(Clone, Debug, PartialEq, Eq)]
enum Place {
    /// Lower case, without a dot at the end.
    Name(String, Option<u16>),
    /// Every name that has one label more in front.
    Below(String, Option<u16>),
    Address(IpAddr, Option<u16>),
    Unix(PathBuf),
}

impl Hosts {
    /// A target alone, with the port that it means.
    pub fn of_target(target: &Target, plaintext: bool) -> Self {
        let plain = plaintext || target.scheme == Some(Scheme::Http);
        let place = match &target.address {
            Address::Unix(path) => Place::Unix(path.clone()),
            Address::Tcp { host, port } => {
                let port = port.unwrap_or(if plain { 80 } else { 443 });
                Place::of_host(host, Some(port))
            }
        };
        Self(vec![Pattern {
            text: target.text.clone(),
            place,
        }])
    }

    /// Whether a credential may go there.
    pub fn admit(&self, location: &Location) -> bool {
        self.0.iter().any(|pattern| pattern.place.fits(location))
    }

    pub fn is_empty(&self) -> bool {
        self.0.is_empty()
    }

    /// The patterns as they were written.
    pub fn texts(&self) -> Vec<String> {
        self.0.iter().map(|pattern| pattern.text.clone()).collect()
    }
}

impl FromIterator<Pattern> for Hosts {
    fn from_iter<I: IntoIterator<Item = Pattern>>(patterns: I) -> Self {
        Self(patterns.into_iter().collect())
    }
}

/// Patterns with commas or spaces between them.
impl FromStr for Hosts {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        text.split([',', ' '])
            .filter(|pattern| !pattern.is_empty())
            .map(str::parse)
            .collect()
    }
}

impl fmt::Display for Hosts {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&self.texts().join(", "))
    }
}

impl FromStr for Pattern {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        let refuse = |why: &str| {
            let shown = crate::text::escape(text);
            Err(format!("`{shown}` is not a host pattern: {why}"))
        };
        let (below, rest) = match text.strip_prefix("*.") {
            Some(rest) => (true, rest),
            None => (false, text),
        };
        if rest.contains('*') {
            return refuse(
                "`*.` stands in front alone, for one label; write the names out otherwise",
            );
        }
        if rest.contains("://") || rest.starts_with("dns:") {
            return refuse("write host, host:port, *.domain or unix:PATH");
        }
        let target = match Target::parse(rest) {
            Ok(target) => target,
            Err(error) => return refuse(&error.to_string()),
        };
        let place = match (below, target.address) {
            (false, Address::Unix(path)) => Place::Unix(path),
            (false, Address::Tcp { host, port }) => Place::of_host(&host, port),
            (true, Address::Tcp { host, port }) => match Place::of_host(&host, port) {
                Place::Name(domain, port) if !ends_in_a_number(&domain) => {
                    Place::Below(domain, port)
                }
                _ => return refuse("`*.` stands before a domain, not before an address"),
            },
            (true, Address::Unix(_)) => return refuse("a socket has no labels"),
        };
        Ok(Self {
            text: text.to_owned(),
            place,
        })
    }
}

impl Place {
    fn of_host(host: &str, port: Option<u16>) -> Self {
        match host.parse::<IpAddr>() {
            Ok(address) => Self::Address(address.to_canonical(), port),
            Err(_) => Self::Name(normal(host), port),
        }
    }

    fn fits(&self, location: &Location) -> bool {
        let (host, port) = match location {
            Location::Unix(path) => return matches!(self, Self::Unix(own) if own == path),
            Location::Tcp { host, port, .. } => (host, *port),
        };
        let at = |own: Option<u16>| own.is_none_or(|own| own == port);
        match (self, Self::of_host(host, None)) {
            (Self::Address(own, own_port), Self::Address(address, _)) => {
                *own == address && at(*own_port)
            }
            (Self::Name(own, own_port), Self::Name(name, _)) => *own == name && at(*own_port),
            (Self::Below(domain, own_port), Self::Name(name, _)) => {
                let fits = name
                    .split_once('.')
                    .is_some_and(|(label, rest)| !label.is_empty() && rest == domain);
                fits && at(*own_port)
            }
            _ => false,
        }
    }
}

/// Names are compared without case, and the root's dot says nothing (RFC 4343, RFC 1034 §3.1).
fn normal(host: &str) -> String {
    host.strip_suffix('.').unwrap_or(host).to_ascii_lowercase()
}

/// Resolvers take such a name for an IPv4 address in one of its odd spellings.
fn ends_in_a_number(domain: &str) -> bool {
    let last = domain.rsplit('.').next().unwrap_or_default();
    last.starts_with(|first: char| first.is_ascii_digit())
}

#[cfg(test)]
mod tests {
    use super::*;

    fn location(text: &str) -> Location {
        match Target::parse(text).unwrap().address {
            Address::Unix(path) => Location::Unix(path),
            Address::Tcp { host, port } => Location::Tcp {
                host,
                port: port.unwrap_or(443),
                overrides: Vec::new(),
            },
        }
    }

    #[test]
    fn a_credential_goes_where_it_may() {
        for (pattern, target) in [
            ("api.example.com", "api.example.com"),
            ("api.example.com", "api.example.com:8443"),
            ("api.example.com:443", "api.example.com"),
            ("API.example.com.", "api.EXAMPLE.com"),
            ("api.example.com", "api.example.com."),
            ("*.svc.example.com", "a.svc.example.com:50051"),
            ("*.example.com:443", "a.example.com"),
            ("127.0.0.1:1", "127.0.0.1:1"),
            ("[::1]:1", "[0:0::1]:1"),
            ("[::1]", "[::1]:2"),
            ("127.0.0.1", "[::ffff:127.0.0.1]:1"),
            ("unix:/run/a.sock", "unix:///run/a.sock"),
            ("a.test, b.test", "b.test:1"),
        ] {
            let hosts: Hosts = pattern.parse().unwrap();
            assert!(hosts.admit(&location(target)), "{pattern} {target}");
        }
    }

    #[test]
    fn and_nowhere_else() {
        for (pattern, target) in [
            ("*.example.com", "evil-example.com"),
            ("*.example.com", "example.com"),
            ("*.example.com", "a.b.example.com"),
            ("*.example.com", ".example.com"),
            ("*.example.com", "a.example.com.evil.test"),
            ("example.com", "evil-example.com"),
            ("example.com", "a.example.com"),
            ("example.com", "example.com.evil.test"),
            ("example.com", "example.co"),
            ("api.example.com:443", "api.example.com:8443"),
            ("*.example.com:443", "a.example.com:444"),
            ("127.0.0.1", "127.0.0.2"),
            ("127.0.0.1", "127.1"),
            ("127.0.0.1", "localhost"),
            ("localhost", "127.0.0.1"),
            ("*.example.com", "10.0.0.1"),
            ("[::1]", "[::2]"),
            ("unix:/run/a.sock", "unix:/run/b.sock"),
            ("unix:/run/a.sock", "localhost"),
            ("localhost", "unix:/run/a.sock"),
            ("", "example.com"),
        ] {
            let hosts: Hosts = pattern.parse().unwrap();
            assert!(!hosts.admit(&location(target)), "{pattern} {target}");
        }
    }

    #[test]
    fn what_is_no_pattern_is_refused() {
        for text in [
            "*",
            "*.",
            "*example.com",
            "a.*.example.com",
            "*.*.com",
            "https://a.test",
            "a.test/x",
            "*.10.0.0.1",
            "*.0.0.1",
            "*.[::1]",
            "::1",
            "a:b:c",
            "a.test:0",
            "*.unix:/a",
            "user@a.test",
        ] {
            assert!(text.parse::<Pattern>().is_err(), "{text}");
        }
    }

    #[test]
    fn a_target_alone_has_its_port() {
        for (target, plaintext, port) in [
            ("a.test", false, 443),
            ("a.test", true, 80),
            ("http://a.test", false, 80),
            ("a.test:8443", true, 8443),
        ] {
            let hosts = Hosts::of_target(&Target::parse(target).unwrap(), plaintext);
            for (to, admitted) in [(port, true), (port + 1, false)] {
                let to = location(&format!("a.test:{to}"));
                assert_eq!(hosts.admit(&to), admitted, "{target} {to:?}");
            }
        }
    }
}
