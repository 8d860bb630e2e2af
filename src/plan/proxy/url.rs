//! A proxy as it is written: `http://user:password@host:port`, `host:port`.

use percent_encoding::percent_decode_str;

use crate::secret::Secret;
use crate::secret::places;
use crate::target::Address;
use crate::target::Target;

/// The port of a proxy that names none, as curl has it.
const PORT: u16 = 1080;

/// A proxy's URL, taken apart.
#[derive(Debug)]
pub(super) struct ProxyUrl {
    pub host: String,
    pub port: u16,
    pub user: Option<String>,
    pub password: Option<Secret>,
}

impl ProxyUrl {
    /// Reads a URL. The refusal repeats nothing that may be a secret.
    pub(super) fn parse(text: &str) -> Result<Self, String> {
        places::learn(text);
        let rest = match text.split_once("://") {
            Some((scheme, rest)) if scheme.eq_ignore_ascii_case("http") => rest,
            Some((scheme, _)) if scheme.eq_ignore_ascii_case("https") => {
                return Err("TLS to the proxy itself is not spoken; its plaintext port, http://, carries TLS to the server just as well".into());
            }
            Some((scheme, _)) if scheme.to_ascii_lowercase().starts_with("socks") => {
                return Err("SOCKS is not spoken, only HTTP CONNECT".into());
            }
            Some(_) => return Err("its scheme is not http".into()),
            None => text,
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
