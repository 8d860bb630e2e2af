//! What to connect to: `host[:port]`, `[v6]:port`, `[v6%zone]:port`, `unix:PATH`, `unix-abstract:NAME`, `dns:///host:port`,
//! `https://host`.

use std::path::PathBuf;

use thiserror::Error;

use crate::secret::places;

/// The address of a server, as it was written.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Target {
    /// The text as typed, for reports.
    pub text: String,
    pub address: Address,
    /// What a URL's scheme says of the channel; without a scheme the flags decide.
    pub scheme: Option<Scheme>,
}

#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Address {
    /// Host without brackets, an IPv6 address with its zone (`fe80::1%eth0`); `port` is `None` where the scheme's own is meant.
    Tcp { host: String, port: Option<u16> },
    /// The path of a socket; an abstract one's begins with a NUL.
    Unix(PathBuf),
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Scheme {
    Http,
    Https,
}

/// Why a text is no target: what is wrong, and what to write instead.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotATarget(String);

impl Target {
    /// Reads a target. Nothing is resolved.
    pub fn parse(text: &str) -> Result<Self, NotATarget> {
        places::learn(text);
        let refuse = |why: String| Err(NotATarget(why));
        if text.is_empty() {
            return refuse("the target is empty; write host:port".into());
        }
        if let Some(socket) = unix(text) {
            return socket.map(|path| Self {
                text: text.to_owned(),
                address: Address::Unix(path),
                scheme: None,
            });
        }
        if let Some(bad) = text.chars().find(|c| c.is_control() || c.is_whitespace()) {
            return refuse(format!("the target has a {bad:?} in it; write host:port"));
        }
        if let Some((scheme, instead)) = FOREIGN.iter().find(|(scheme, _)| {
            text.strip_prefix(scheme)
                .is_some_and(|rest| rest.starts_with(':'))
        }) {
            return refuse(format!("`{scheme}:` is not supported; {instead}"));
        }
        let (scheme, rest) = match text.split_once("://") {
            Some(("https", rest)) => (Some(Scheme::Https), rest),
            Some(("http", rest)) => (Some(Scheme::Http), rest),
            Some(("dns", rest)) => match rest.split_once('/') {
                Some(("", name)) => (None, name),
                _ => {
                    return refuse(
                        "a dns target names no DNS server here; write dns:///host:port".into(),
                    );
                }
            },
            Some((other, _)) => {
                return refuse(format!(
                    "`{other}://` is not a scheme for a target; write host:port, unix:PATH, dns:///host:port, https://host or http://host"
                ));
            }
            None => (None, text.strip_prefix("dns:").unwrap_or(text)),
        };
        let rest = rest.strip_suffix('/').unwrap_or(rest);
        if rest.contains('@') {
            return refuse(
                "a target carries no user or password; use --user and --password".into(),
            );
        }
        if let Some(path) = rest.find('/') {
            return refuse(format!(
                "a target has no path; the method is its own argument: {} METHOD",
                &rest[..path]
            ));
        }
        // A URL's percent sign is written %25 (RFC 6874 §2).
        let decoded = match text.contains("://") {
            true => rest.replacen("%25", "%", 1),
            false => rest.to_owned(),
        };
        let (host, port) = split_port(&decoded)?;
        if host.is_empty() {
            return refuse(format!("{text:?} has no host; write host:port"));
        }
        Ok(Self {
            text: text.to_owned(),
            address: Address::Tcp {
                host: host.to_owned(),
                port,
            },
            scheme,
        })
    }
}

/// Schemes of gRPC's naming that lead where this program does not go, and what to do instead.
const FOREIGN: [(&str, &str); 3] = [
    (
        "vsock",
        "forward it to a port or a unix socket: socat TCP-LISTEN:50051,bind=127.0.0.1,fork VSOCK-CONNECT:CID:PORT",
    ),
    (
        "xds",
        "write the address that the control plane gives: host:port",
    ),
    ("passthrough", "write host:port"),
];

/// The path of a socket, by gRPC's naming: `unix:relative`, `unix:/absolute`, `unix:///absolute`, and
/// `unix-abstract:name`, whose path begins with a NUL. `None`: the text is of another kind.
fn unix(text: &str) -> Option<Result<PathBuf, NotATarget>> {
    let refuse = |why: String| Some(Err(NotATarget(why)));
    let (path, is_abstract) = match text.strip_prefix("unix-abstract:") {
        Some(name) => (name, true),
        None => (text.strip_prefix("unix:")?, false),
    };
    let path = match is_abstract {
        true => path,
        false => path.strip_prefix("//").unwrap_or(path),
    };
    if path.is_empty() {
        return match is_abstract {
            true => refuse("`unix-abstract:` needs the name of a socket".into()),
            false => refuse("`unix:` needs the path of a socket".into()),
        };
    }
    if let Some(bad) = path.chars().find(|c| c.is_control()) {
        return refuse(format!("the socket's path has a {bad:?} in it"));
    }
    if !is_abstract {
        return Some(Ok(path.into()));
    }
    match cfg!(target_os = "linux") {
        true => Some(Ok(format!("\0{path}").into())),
        false => refuse("only Linux has abstract sockets; write unix:PATH".into()),
    }
}

/// A host without its IPv6 zone, which means something on this machine only: no certificate and no peer knows it.
pub(crate) fn without_zone(host: &str) -> &str {
    host.split_once('%').map_or(host, |(address, _)| address)
}

/// An IPv6 address, with a zone or without: `fe80::1%eth0`.
fn is_ipv6(text: &str) -> bool {
    let (address, zone) = match text.split_once('%') {
        Some((address, zone)) => (address, Some(zone)),
        None => (text, None),
    };
    let is_zone = |zone: &str| {
        let mut characters = zone.chars();
        !zone.is_empty() && characters.all(|c| c.is_ascii_alphanumeric() || "._~-".contains(c))
    };
    address.parse::<std::net::Ipv6Addr>().is_ok() && zone.is_none_or(is_zone)
}

fn split_port(text: &str) -> Result<(&str, Option<u16>), NotATarget> {
    let (host, port) = if let Some(bracketed) = text.strip_prefix('[') {
        let Some((host, rest)) = bracketed.split_once(']') else {
            return Err(NotATarget(format!("{text:?} has a `[` without its `]`")));
        };
        if !is_ipv6(host) {
            return Err(NotATarget(format!("[{host}] is not an IPv6 address")));
        }
        match rest.strip_prefix(':') {
            Some(port) => (host, Some(port)),
            None if rest.is_empty() => (host, None),
            None => {
                return Err(NotATarget(format!(
                    "after [{host}] comes :port, not {rest:?}"
                )));
            }
        }
    } else if is_ipv6(text) {
        // Not told apart from host:port by its last group: ask.
        return Err(NotATarget(format!(
            "write an IPv6 address in brackets: [{text}]:443"
        )));
    } else {
        match text.rsplit_once(':') {
            Some((host, port)) => (host, Some(port)),
            None => (text, None),
        }
    };
    if host.contains(':') && !text.starts_with('[') {
        return Err(NotATarget(format!(
            "{text:?} has more than one colon; write host:port, or an IPv6 address in brackets"
        )));
    }
    match port {
        None => Ok((host, None)),
        Some(digits) => match digits.parse::<u16>() {
            Ok(port) if port != 0 => Ok((host, Some(port))),
            _ => Err(NotATarget(format!(
                "{digits:?} is not a valid port; ports are 1 to 65535"
            ))),
        },
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tcp(host: &str, port: Option<u16>) -> Address {
        Address::Tcp {
            host: host.into(),
            port,
        }
    }

    #[test]
    fn targets_are_read() {
        for (text, address, scheme) in [
            ("api.example.com", tcp("api.example.com", None), None),
            (
                "api.example.com:8443",
                tcp("api.example.com", Some(8443)),
                None,
            ),
            ("[::1]:50051", tcp("::1", Some(50051)), None),
            ("[::1]", tcp("::1", None), None),
            ("dns:///api:1", tcp("api", Some(1)), None),
            ("dns:api:1", tcp("api", Some(1)), None),
            ("https://api/", tcp("api", None), Some(Scheme::Https)),
            (
                "http://127.0.0.1:80",
                tcp("127.0.0.1", Some(80)),
                Some(Scheme::Http),
            ),
            (
                "unix:/run/a.sock",
                Address::Unix("/run/a.sock".into()),
                None,
            ),
            (
                "unix:///run/a.sock",
                Address::Unix("/run/a.sock".into()),
                None,
            ),
            ("unix:a.sock", Address::Unix("a.sock".into()), None),
            (
                "unix:/run/my app/a b.sock",
                Address::Unix("/run/my app/a b.sock".into()),
                None,
            ),
            ("[fe80::1%eth0]:1", tcp("fe80::1%eth0", Some(1)), None),
            ("[fe80::1%2]", tcp("fe80::1%2", None), None),
            (
                "dns:///[fe80::1%25eth0]:1",
                tcp("fe80::1%eth0", Some(1)),
                None,
            ),
            (
                "https://[fe80::1%25eth0]:1",
                tcp("fe80::1%eth0", Some(1)),
                Some(Scheme::Https),
            ),
            (
                "http://[fe80::1%eth0]",
                tcp("fe80::1%eth0", None),
                Some(Scheme::Http),
            ),
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.address, target.scheme), (address, scheme), "{text}");
        }
    }

    #[test]
    #[cfg(target_os = "linux")]
    fn an_abstract_socket_has_a_name_of_its_own() {
        for name in ["grpc", "//x", "a b"] {
            let target = Target::parse(&format!("unix-abstract:{name}")).unwrap();
            assert_eq!(target.address, Address::Unix(format!("\0{name}").into()));
        }
    }

    #[test]
    fn what_is_no_target_is_refused_with_the_cure() {
        for (text, fix) in [
            ("", "host:port"),
            ("host:", "not a valid port"),
            ("host:0", "1 to 65535"),
            ("host:99999", "1 to 65535"),
            ("host:http", "1 to 65535"),
            (":443", "no host"),
            ("::1", "[::1]:443"),
            ("[::1", "without its"),
            ("[zz]:1", "not an IPv6"),
            ("[fe80::1%]:1", "not an IPv6"),
            ("[fe80::1%a b]:1", "' '"),
            ("[fe80::1%a%b]:1", "not an IPv6"),
            ("[127.0.0.1%eth0]:1", "not an IPv6"),
            ("fe80::1%eth0", "[fe80::1%eth0]:443"),
            ("unix:a\0b", "'\\0'"),
            ("unix-abstract:", "name of a socket"),
            ("vsock:3:1024", "VSOCK-CONNECT"),
            ("xds:///shop", "control plane"),
            ("a:b:1", "more than one colon"),
            ("ftp://host", "not a scheme"),
            ("https://host/svc", "no path"),
            ("user:pw@host:1", "no user"),
            ("host name:1", "' '"),
            ("unix:", "path"),
            ("dns://8.8.8.8/host", "dns:///"),
        ] {
            let refusal = Target::parse(text).unwrap_err().to_string();
            assert!(refusal.contains(fix), "{text:?}: {refusal}");
        }
    }
}
