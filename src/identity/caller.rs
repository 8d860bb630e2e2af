//! Who is calling, as it is written: by flags, in a profile, in a suite. Nothing is read yet.

use std::str::FromStr;

use http::HeaderName;
use http::HeaderValue;

use crate::identity::channel::TlsSpec;
use crate::identity::written::Given;
use crate::identity::written::WrittenCredential;
use crate::secret::SecretSource;
use crate::text::choice::Choice;

/// Who is calling, and what goes along. What is `None`, empty or false is not said.
#[derive(Clone, Debug, Default)]
pub struct CallerSpec {
    /// The kind of credential that is meant.
    pub kind: Option<String>,
    /// Parameters whose kind they imply, or shape a credential of the base.
    pub parameters: Vec<Given>,
    /// Credentials of which all is said.
    pub credentials: Vec<WrittenCredential>,
    pub metadata: MetadataSpec,
    /// Of the endpoints that give tokens, where it is not the target's: trust anchors and a client certificate.
    pub token_tls: TlsSpec,
    pub allow_http_token_endpoint: bool,
    pub token_cache: Option<CacheMode>,
    pub retry: Option<RetryAuth>,
    pub allow_plaintext: bool,
    pub no_auth_on_reflection: bool,
}

/// Metadata that goes along with the RPCs, as it is typed: an entry, or `@FILE`.
#[derive(Clone, Debug, Default)]
pub struct MetadataSpec {
    pub headers: Vec<String>,
    pub header_from: Vec<HeaderFrom>,
    pub rpc_headers: Vec<String>,
    pub reflect_headers: Vec<String>,
    /// For every RPC, where nothing else is said under the key.
    pub defaults: Vec<(HeaderName, HeaderValue)>,
}

impl CallerSpec {
    /// This, and where it says nothing, `base`. The parameters of this are put over the credentials of `base` when they
    /// are read.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        Self {
            credentials: match self.credentials.is_empty() {
                true => base.credentials.clone(),
                false => self.credentials,
            },
            metadata: self.metadata.over(&base.metadata),
            token_tls: self.token_tls.over(&base.token_tls),
            allow_http_token_endpoint: self.allow_http_token_endpoint
                || base.allow_http_token_endpoint,
            token_cache: self.token_cache.or(base.token_cache),
            retry: self.retry.or(base.retry),
            allow_plaintext: self.allow_plaintext || base.allow_plaintext,
            no_auth_on_reflection: self.no_auth_on_reflection || base.no_auth_on_reflection,
            ..self
        }
    }
}

impl MetadataSpec {
    /// This, and the defaults of `base`.
    fn over(mut self, base: &Self) -> Self {
        self.defaults.extend_from_slice(&base.defaults);
        self
    }
}

/// When a refused call is made once more.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum RetryAuth {
    #[default]
    Auto,
    Never,
    Always,
}

impl Choice for RetryAuth {
    const WORDS: &'static [(&'static str, Self, &'static str)] = &[
        ("auto", Self::Auto, ""),
        ("never", Self::Never, ""),
        ("always", Self::Always, ""),
    ];
}

/// Where fetched tokens are kept.
#[derive(Clone, Copy, Debug, Default, PartialEq, Eq)]
pub enum CacheMode {
    /// On disk where losing a token costs a login, else in memory.
    #[default]
    Auto,
    Memory,
    Disk,
    None,
}

impl Choice for CacheMode {
    const WORDS: &'static [(&'static str, Self, &'static str)] = &[
        (
            "auto",
            Self::Auto,
            "On disk for grants with a refresh token or a human in them, else in memory",
        ),
        ("memory", Self::Memory, "As long as the process lives"),
        ("disk", Self::Disk, "From one run to the next"),
        (
            "none",
            Self::None,
            "Not at all: every credential is fetched",
        ),
    ];
}

/// `KEY=SRC`. The key is checked with the rest of the metadata.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct HeaderFrom {
    pub key: String,
    pub source: SecretSource,
}

impl FromStr for HeaderFrom {
    type Err = String;

    fn from_str(text: &str) -> Result<Self, String> {
        // The text may hold the secret itself: it is not repeated.
        let (key, source) = text
            .split_once('=')
            .filter(|(key, _)| !key.is_empty())
            .ok_or("it is written KEY=SRC, such as x-tenant-key=env:KEY")?;
        Ok(Self {
            key: key.to_owned(),
            source: source.parse().map_err(|error| format!("{error}"))?,
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn headers_from_a_source() {
        for (text, key, source) in [
            ("x-key=env:K", "x-key", "env:K"),
            ("x-key=file:/a=b", "x-key", "file:/a=b"),
            ("X-Key=stdin", "X-Key", "stdin"),
        ] {
            let read: HeaderFrom = text.parse().unwrap();
            assert_eq!(
                (read.key.as_str(), read.source.to_string().as_str()),
                (key, source)
            );
        }
        for text in ["x-key", "=env:K", "x-key=hunter2", "x-key: hunter2"] {
            let refusal = text.parse::<HeaderFrom>().unwrap_err();
            assert!(!refusal.contains("hunter2"), "{refusal}");
        }
    }
}
