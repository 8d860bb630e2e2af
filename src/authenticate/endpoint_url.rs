//! The URL of an HTTP endpoint on the way to a token: a token URL, an issuer, a login page.

use std::fmt;

use http::Uri;
use thiserror::Error;

use crate::secret::places;
use crate::target::Scheme;

/// An absolute http or https URL without user, password or fragment.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct EndpointUrl {
    scheme: Scheme,
    host: String,
    port: u16,
    /// Host and port as they were written: `Host`, and part of what is shown.
    authority: String,
    path: String,
    query: Option<String>,
}

/// Why a text is no such URL. The text is not repeated where it may hold a password.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("{0}")]
pub struct NotAUrl(&'static str);

impl EndpointUrl {
    /// Reads a URL as it is written.
    pub fn parse(text: &str) -> Result<Self, NotAUrl> {
        places::learn(text);
        if text.contains('#') {
            return Err(NotAUrl("it has a fragment (#…), which is never sent"));
        }
        let uri: Uri = text
            .parse()
            .map_err(|_| NotAUrl("it is no URL; write https://host/path"))?;
        let scheme = match uri.scheme_str() {
            Some("https") => Scheme::Https,
            Some("http") => Scheme::Http,
            Some(_) => return Err(NotAUrl("its scheme is neither https nor http")),
            None => return Err(NotAUrl("it has no scheme; write https://host/path")),
        };
        let authority = uri
            .authority()
            .ok_or(NotAUrl("it has no host; write https://host/path"))?;
        if authority.as_str().contains('@') {
            return Err(NotAUrl(
                "it has a user or password in it; they have flags of their own",
            ));
        }
        let host = authority.host().trim_matches(['[', ']']);
        if host.is_empty() {
            return Err(NotAUrl("it has no host; write https://host/path"));
        }
        Ok(Self {
            scheme,
            host: host.to_owned(),
            port: authority.port_u16().unwrap_or(match scheme {
                Scheme::Https => 443,
                Scheme::Http => 80,
            }),
            authority: authority.as_str().to_owned(),
            path: uri.path().to_owned(),
            query: uri.query().map(str::to_owned),
        })
    }

    pub fn is_https(&self) -> bool {
        self.scheme == Scheme::Https
    }

    pub fn host(&self) -> &str {
        &self.host
    }

    pub fn port(&self) -> u16 {
        self.port
    }

    /// The value of `Host`.
    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// The path alone; `/` at least.
    pub fn path(&self) -> &str {
        &self.path
    }

    /// The request target (RFC 9112 §3.2.1).
    pub fn path_and_query(&self) -> String {
        match &self.query {
            None => self.path.clone(),
            Some(query) => format!("{}?{query}", self.path),
        }
    }

    /// Scheme, host and port: what a connection can be used again for.
    pub fn origin(&self) -> String {
        format!("{}://{}:{}", self.scheme_word(), self.host, self.port)
    }

    /// The same place with another path and no query.
    #[must_use]
    pub fn with_path(&self, path: &str) -> Self {
        Self {
            path: path.to_owned(),
            query: None,
            ..self.clone()
        }
    }

    fn scheme_word(&self) -> &'static str {
        match self.scheme {
            Scheme::Https => "https",
            Scheme::Http => "http",
        }
    }
}

/// As it may be shown: a query may carry a secret and is left out.
impl fmt::Display for EndpointUrl {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        write!(
            f,
            "{}://{}{}",
            self.scheme_word(),
            self.authority,
            self.path
        )?;
        f.write_str(if self.query.is_some() { "?…" } else { "" })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn urls_are_read_and_shown() {
        for (text, host, port, target, shown) in [
            ("https://id.test", "id.test", 443, "/", "https://id.test/"),
            (
                "http://127.0.0.1:9000/token",
                "127.0.0.1",
                9000,
                "/token",
                "http://127.0.0.1:9000/token",
            ),
            (
                "https://[::1]:8443/a?code=s3cret",
                "::1",
                8443,
                "/a?code=s3cret",
                "https://[::1]:8443/a?…",
            ),
        ] {
            let url = EndpointUrl::parse(text).unwrap();
            assert_eq!((url.host(), url.port()), (host, port), "{text}");
            assert_eq!(url.path_and_query(), target);
            assert_eq!(url.to_string(), shown);
        }
    }

    #[test]
    fn what_is_no_endpoint_is_refused_without_repeating_it() {
        for text in [
            "",
            "id.test/token",
            "ftp://id.test/",
            "https://",
            "https:///token",
            "https://user:hunter2@id.test/",
            "https://id.test/#token",
            "https://id.test/a b",
        ] {
            let refusal = EndpointUrl::parse(text).unwrap_err().to_string();
            assert!(!refusal.contains("hunter2"), "{text}: {refusal}");
        }
    }
}
