//! Which proxy, if any, a target is reached through: `--proxy`, else HTTPS_PROXY or ALL_PROXY unless NO_PROXY
//! says otherwise. The rules are Go's, which grpcurl's users have: the environment never proxies loopback.

mod bypass;
mod url;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use http::HeaderValue;

use crate::connect::endpoint::Location;
use crate::connect::endpoint::Proxy;
use crate::connect::endpoint::ProxyProtocol;
use crate::connect::endpoint::ResolvedBy;
use crate::connect::endpoint::SocksLogin;
use crate::connect::host_override;
use crate::connect::proxy::socks5;
use crate::identity::channel::ChannelSpec;
use crate::plan::Planned;
use crate::plan::proxy::bypass::Bypass;
use crate::plan::proxy::url::ProxyUrl;
use crate::plan::proxy::url::Scheme;
use crate::plan::secrets;
use crate::plan::usage;
use crate::plan::user_agent;
use crate::secret::Secret;
use crate::secret::SecretSource;

/// In the order in which they are looked at, as Go does it.
const VARIABLES: [&str; 4] = ["HTTPS_PROXY", "https_proxy", "ALL_PROXY", "all_proxy"];

/// A variable of the environment; `None`: unset, or not text.
pub(crate) type Environment<'a> = &'a dyn Fn(&str) -> Option<String>;

/// The proxy for `origin`.
pub(crate) fn plan(
    spec: &ChannelSpec,
    origin: &Location,
    environment: Environment<'_>,
    notices: &mut Vec<String>,
) -> Planned<Option<Proxy>> {
    let url = match &spec.proxy.url {
        Some(given) => by_flag(given, origin)?,
        None => match origin {
            Location::Tcp { host, port, .. } if !is_local(origin) => by_environment(environment)?
                .filter(|found| !Bypass::new(&found.exceptions).covers(host, *port))
                .map(|found| found.url),
            _ => None,
        },
    };
    let Some(url) = url else {
        return match &spec.proxy.user {
            Some(_) if spec.proxy.url.is_none() => Err(usage(
                "--proxy-user is given, and no proxy is used",
                "name one with --proxy http://HOST:PORT",
            )),
            _ => Ok(None),
        };
    };
    built(spec, url, notices).map(Some)
}

/// The proxies of other places than the target: of the endpoints on the way to a token.
#[derive(Debug, Default)]
pub(crate) struct Chooser {
    proxy: Option<Proxy>,
    /// Places that are reached directly; `None`: the proxy is used whatever NO_PROXY says.
    exceptions: Option<String>,
}

impl Chooser {
    /// The proxy that `location` is reached through.
    pub(crate) fn proxy(&self, location: &Location) -> Option<Proxy> {
        let Location::Tcp { host, port, .. } = location else {
            return None;
        };
        let directly = self
            .exceptions
            .as_ref()
            .is_some_and(|exceptions| Bypass::new(exceptions).covers(host, *port));
        self.proxy.clone().filter(|_| !directly)
    }
}

/// Plans [`Chooser`] by the rules of [`plan`]. `planned`: the target's own proxy, where `--proxy` names it.
pub(crate) fn chooser(
    spec: &ChannelSpec,
    planned: Option<&Proxy>,
    environment: Environment<'_>,
    notices: &mut Vec<String>,
) -> Planned<Chooser> {
    let (url, exceptions) = match (&spec.proxy.url, planned) {
        (Some(_), Some(proxy)) => {
            return Ok(Chooser {
                proxy: Some(proxy.clone()),
                ..Chooser::default()
            });
        }
        (Some(given), None) if given.is_empty() => return Ok(Chooser::default()),
        (Some(given), None) => (flag(given)?, None),
        (None, _) => match by_environment(environment)? {
            None => return Ok(Chooser::default()),
            Some(found) => (found.url, Some(found.exceptions)),
        },
    };
    Ok(Chooser {
        proxy: Some(built(spec, url, notices)?),
        exceptions,
    })
}

fn built(spec: &ChannelSpec, url: ProxyUrl, notices: &mut Vec<String>) -> Planned<Proxy> {
    let (user, password) = match &spec.proxy.user {
        Some(user) => {
            let ask = SecretSource::Prompt;
            let source = spec.proxy.password.as_ref().unwrap_or(&ask);
            let password = secrets::read("proxy-password", source, notices)?;
            (Some(user.clone()), Some(password))
        }
        None => (url.user, url.password),
    };
    let protocol = match url.scheme {
        Scheme::Http => ProxyProtocol::HttpConnect {
            authorization: user
                .map(|user| basic(&user, password.as_ref()))
                .transpose()?,
            user_agent: user_agent::of(spec)?,
        },
        Scheme::Socks5 | Scheme::Socks5h => ProxyProtocol::Socks5 {
            login: user.map(|user| login(user, password)).transpose()?,
            resolved_by: match url.scheme {
                Scheme::Socks5 => ResolvedBy::ThisMachine,
                _ => ResolvedBy::Proxy,
            },
        },
    };
    Ok(Proxy {
        shown: format!("{}://{}", url.scheme.word(), shown(&url.host, url.port)),
        location: Location::Tcp {
            overrides: host_override::addresses(&spec.resolve, &url.host, url.port),
            host: url.host,
            port: url.port,
        },
        protocol,
    })
}

/// A place that only this machine can name.
fn is_local(origin: &Location) -> bool {
    match origin {
        Location::Unix(_) => true,
        Location::Tcp { host, .. } => host.contains('%'),
    }
}

/// `--proxy` is used whatever NO_PROXY says; `--proxy=` uses none.
fn by_flag(given: &str, origin: &Location) -> Planned<Option<ProxyUrl>> {
    if given.is_empty() {
        return Ok(None);
    }
    if is_local(origin) {
        return Err(usage(
            "a unix socket, or an address with a zone, is not reached through a proxy",
            "remove --proxy",
        ));
    }
    flag(given).map(Some)
}

fn flag(given: &str) -> Planned<ProxyUrl> {
    let url = read("--proxy", given)?;
    if url.password.is_some() {
        return Err(usage(
            "--proxy has a password in it, which every user of this machine can read on the command line",
            "give it by reference: --proxy-user NAME --proxy-password env:NAME",
        ));
    }
    Ok(url)
}

/// A proxy of the environment's, with what NO_PROXY says.
struct Found {
    url: ProxyUrl,
    exceptions: String,
}

fn by_environment(environment: Environment<'_>) -> Planned<Option<Found>> {
    let set = |name: &&str| {
        let value = environment(name).filter(|value| !value.trim().is_empty())?;
        Some((name.to_string(), value))
    };
    let Some((variable, value)) = VARIABLES.iter().find_map(set) else {
        return Ok(None);
    };
    let exceptions = ["NO_PROXY", "no_proxy"].iter().find_map(set);
    Ok(Some(Found {
        url: read(&variable, value.trim())?,
        exceptions: exceptions.map_or(String::new(), |(_, value)| value),
    }))
}

fn read(source: &str, text: &str) -> Planned<ProxyUrl> {
    // The text may hold a password: it is not repeated.
    ProxyUrl::parse(text).map_err(|why| {
        usage(
            format!("{source} is not a usable proxy: {why}"),
            "write http://HOST:PORT, socks5://HOST:PORT or socks5h://HOST:PORT; an empty --proxy= uses none",
        )
    })
}

/// RFC 1929 §2: a byte says how long each is.
fn login(user: String, password: Option<Secret>) -> Planned<SocksLogin> {
    let password = password.unwrap_or_else(|| Secret::new(String::new()));
    if user.is_empty() || user.len().max(password.expose().len()) > socks5::LONGEST {
        return Err(usage(
            format!(
                "the proxy's user or password is empty or longer than {} bytes, which SOCKS5 cannot carry",
                socks5::LONGEST
            ),
            "check --proxy-user and --proxy-password",
        ));
    }
    Ok(SocksLogin { user, password })
}

/// RFC 7617 §2.
fn basic(user: &str, password: Option<&Secret>) -> Planned<HeaderValue> {
    if user.contains(':') {
        return Err(usage(
            "the proxy's user has a colon in it, which Basic authentication cannot carry",
            "check --proxy-user",
        ));
    }
    let pair = format!("{user}:{}", password.map_or("", Secret::expose));
    let mut value = HeaderValue::from_str(&format!("Basic {}", STANDARD.encode(pair)))
        .expect("base64 is visible ASCII");
    value.set_sensitive(true);
    Ok(value)
}

fn shown(host: &str, port: u16) -> String {
    match host.contains(':') {
        true => format!("[{host}]:{port}"),
        false => format!("{host}:{port}"),
    }
}

#[cfg(test)]
mod tests;
