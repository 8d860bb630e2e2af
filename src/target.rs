//! What to connect to: `host[:port]`, `[v6]:port`, `unix:PATH`, `dns:///host:port`, `https://host`.

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
    /// Host without brackets; `port` is `None` where the scheme's own is meant.
    Tcp {
        host: String,
        port: Option<u16>,
    },
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
        if let Some(bad) = text.chars().find(|c| c.is_control() || c.is_whitespace()) {
            return refuse(format!("the target has a {bad:?} in it; write host:port"));
        }
        if let Some(path) = text.strip_prefix("unix:") {
            // gRPC's naming: unix:relative, unix:/absolute, unix:///absolute.
            let path = path.strip_prefix("//").unwrap_or(path);
            if path.is_empty() {
                return refuse("`unix:` needs the path of a socket".into());
            }
            return Ok(Self {
                text: text.to_owned(),
                address: Address::Unix(path.into()),
                scheme: None,
            });
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
        let (host, port) = split_port(rest)?;
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

fn split_port(text: &str) -> Result<(&str, Option<u16>), NotATarget> {
    let (host, port) = if let Some(bracketed) = text.strip_prefix('[') {
        let Some((host, rest)) = bracketed.split_once(']') else {
            return Err(NotATarget(format!("{text:?} has a `[` without its `]`")));
        };
        if host.parse::<std::net::Ipv6Addr>().is_err() {
            return Err(NotATarget(format!("[{host}] is no IPv6 address")));
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
    } else if text.parse::<std::net::Ipv6Addr>().is_ok() {
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
        ] {
            let target = Target::parse(text).unwrap();
            assert_eq!((target.address, target.scheme), (address, scheme), "{text}");
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
            ("[zz]:1", "no IPv6"),
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
