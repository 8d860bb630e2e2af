//! A proxy as it is written: `http://user:password@host:port`, `socks5h://host:port`, `host:port`.

use percent_encoding::percent_decode_str;

use crate::secret::Secret;
use crate::secret::places;
use crate::target::Address;
use crate::target::Target;

/// The port of a proxy that names none, as curl has it.
const PORT: u16 = 1080;

/// What is spoken with a proxy, as its URL's scheme has it; curl's words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scheme {
    Http,
    /// The target's name is resolved here.
    Socks5,
    /// The target's name is resolved by the proxy.
    Socks5h,
}

impl Scheme {
    pub(super) fn word(self) -> &'static str {
        match self {
            Self::Http => "http",
            Self::Socks5 => "socks5",
            Self::Socks5h => "socks5h",
        }
    }

    fn parse(text: &str) -> Result<Self, String> {
        match text.to_ascii_lowercase().as_str() {
            "http" => Ok(Self::Http),
            "socks5" => Ok(Self::Socks5),
            "socks5h" => Ok(Self::Socks5h),
            "https" => Err("TLS to the proxy itself is not supported; its plaintext port, http://, carries TLS to the server just as well".into()),
            "socks" | "socks4" | "socks4a" => Err("of SOCKS only version 5 is supported: socks5h:// has the proxy resolve the target's name, socks5:// resolves it here".into()),
            _ => Err("its scheme is not http, socks5 or socks5h".into()),
        }
    }
}

/// A proxy's URL, taken apart.
#[derive(Debug)]
pub(super) struct ProxyUrl {
    pub scheme: Scheme,
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<Secret>,
}

impl ProxyUrl {
    /// Reads a URL. The refusal repeats nothing that may be a secret.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        places::learn(text);
        let (scheme, rest) = match text.split_once("://") {
            Some((scheme, rest)) => (Scheme::parse(scheme)?, rest),
            None => (Scheme::Http, text),
        };
        let (user_info, place) = match rest.rsplit_once('@') {
            Some((user_info, place)) => (Some(user_info), place),
            None => (None, rest),
        };
        let place = place.split(['/', '?', '#']).next().unwrap_or_default();
        let target = Target::parse(place).map_err(|error| error.to_string())?;
        let Address::Tcp { host, port } = target.address else {
            return Err("it is a unix socket".into());
        };
        let (user, password) =
            match user_info.map(|text| text.split_once(':').unwrap_or((text, ""))) {
                None | Some(("", "")) => (None, None),
                Some((user, password)) => (
                    Some(decoded(user)?),
                    Some(decoded(password)?).filter(|password| !password.is_empty()),
                ),
            };
        Ok(Self {
            scheme,
            host,
            port: port.unwrap_or(PORT),
            user,
            password: password.map(Secret::new),
        })
    }
}

fn decoded(text: &str) -> Result<String, String> {
    percent_decode_str(text)
        .decode_utf8()
        .map(|text| text.into_owned())
        .map_err(|_| "its user or password is not UTF-8 after percent-decoding".into())
}
