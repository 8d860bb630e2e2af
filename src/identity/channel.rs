//! How a server is reached, as it is written: by flags, in a profile, in a suite. Nothing is read yet.

use std::path::PathBuf;
use std::time::Duration;

use crate::connect::host_override::HostOverride;
use crate::connect::tls::versions::TlsVersion;
use crate::secret::SecretSource;
use crate::target::Scheme;
use crate::target::Target;
use crate::x509::Pin;
use crate::x509::SpiffeId;

/// How a server is reached. What is `None`, empty or false is not said.
#[derive(Clone, Debug, Default)]
pub struct ChannelSpec {
    /// As it was typed.
    pub target: Option<String>,
    pub plaintext: bool,
    pub authority: Option<String>,
    pub resolve: Vec<HostOverride>,
    /// For resolving, dialling and TLS.
    pub connect_timeout: Option<Duration>,
    /// For everything.
    pub max_time: Option<Duration>,
    pub keepalive_time: Option<Duration>,
    pub proxy: ProxySpec,
    pub user_agent: Option<String>,
    pub tls: TlsSpec,
    /// Within how many days of its end a certificate is warned of.
    pub warn_days: Option<u16>,
}

/// A proxy, and who asks it.
#[derive(Clone, Debug, Default)]
pub struct ProxySpec {
    /// Empty: none is used, whatever the environment says.
    pub url: Option<String>,
    pub user: Option<String>,
    pub password: Option<SecretSource>,
}

/// Whom to trust, and what to present.
#[derive(Clone, Debug, Default)]
pub struct TlsSpec {
    pub ca: Vec<PathBuf>,
    pub system_roots: Option<bool>,
    pub crl: Vec<PathBuf>,
    pub client: Option<ClientFiles>,
    pub server_name: Option<String>,
    pub server_spiffe_id: Option<SpiffeId>,
    pub pins: Vec<Pin>,
    pub insecure: Option<bool>,
    pub min_version: Option<TlsVersion>,
    pub max_version: Option<TlsVersion>,
}

/// A client certificate, and what belongs to it.
#[derive(Clone, Debug)]
pub struct ClientFiles {
    pub cert: PathBuf,
    pub key: Option<PathBuf>,
    pub key_pass: Option<SecretSource>,
}

impl ChannelSpec {
    /// This, and where it says nothing, `base`. Plaintext and TLS exclude each other: `base` yields to what this has of
    /// either.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        let target = self.target.or_else(|| base.target.clone());
        let scheme = target
            .as_deref()
            .and_then(|target| Target::parse(target).ok()?.scheme);
        let is_plain = self.plaintext || scheme == Some(Scheme::Http);
        let is_secure = self.tls.is_given() || scheme == Some(Scheme::Https);
        Self {
            target,
            plaintext: self.plaintext || (base.plaintext && !is_secure),
            tls: match base.plaintext || is_plain {
                true => self.tls,
                false => self.tls.over(&base.tls),
            },
            authority: self.authority.or_else(|| base.authority.clone()),
            resolve: or(self.resolve, &base.resolve),
            connect_timeout: self.connect_timeout.or(base.connect_timeout),
            max_time: self.max_time.or(base.max_time),
            keepalive_time: self.keepalive_time.or(base.keepalive_time),
            proxy: self.proxy.over(&base.proxy),
            user_agent: self.user_agent.or_else(|| base.user_agent.clone()),
            warn_days: self.warn_days.or(base.warn_days),
        }
    }
}

impl ProxySpec {
    /// User and password are the proxy's own: another proxy does not get them.
    fn over(self, base: &Self) -> Self {
        match (&self.url, &self.user) {
            (Some(_), _) => self,
            (None, None) => base.clone(),
            (None, Some(_)) => Self {
                url: base.url.clone(),
                ..self
            },
        }
    }
}

impl TlsSpec {
    /// As it is written in a file: the keys of a table `tls`.
    pub const KEYS: &[&str] = &[
        "ca",
        "system_roots",
        "crl",
        "cert",
        "key",
        "key_pass",
        "server_name",
        "server_spiffe_id",
        "pins",
        "insecure",
        "min_version",
        "max_version",
    ];

    /// Whether it says something that has no meaning without TLS.
    pub fn is_given(&self) -> bool {
        !self.ca.is_empty()
            || self.system_roots()
            || self.client.is_some()
            || self.server_name.is_some()
            || !self.pins.is_empty()
            || !self.crl.is_empty()
            || self.server_spiffe_id.is_some()
            || self.insecure()
    }

    pub fn system_roots(&self) -> bool {
        self.system_roots == Some(true)
    }

    pub fn insecure(&self) -> bool {
        self.insecure == Some(true)
    }

    /// This, and where it says nothing, `base`. A certificate, its key and its passphrase belong together.
    #[must_use]
    pub fn over(self, base: &Self) -> Self {
        Self {
            ca: or(self.ca, &base.ca),
            system_roots: self.system_roots.or(base.system_roots),
            crl: or(self.crl, &base.crl),
            client: self.client.or_else(|| base.client.clone()),
            server_name: self.server_name.or_else(|| base.server_name.clone()),
            server_spiffe_id: self
                .server_spiffe_id
                .or_else(|| base.server_spiffe_id.clone()),
            pins: or(self.pins, &base.pins),
            insecure: self.insecure.or(base.insecure),
            min_version: self.min_version.or(base.min_version),
            max_version: self.max_version.or(base.max_version),
        }
    }
}

/// A list, or where it is empty, `base`.
fn or<T: Clone>(own: Vec<T>, base: &[T]) -> Vec<T> {
    match own.is_empty() {
        true => base.to_vec(),
        false => own,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn tls(ca: &str, client: &str, server_name: &str) -> TlsSpec {
        TlsSpec {
            ca: vec![ca.into()],
            client: Some(ClientFiles {
                cert: client.into(),
                key: None,
                key_pass: None,
            }),
            server_name: Some(server_name.into()),
            ..TlsSpec::default()
        }
    }

    fn profile() -> ChannelSpec {
        let mut spec = ChannelSpec {
            tls: tls("own-ca.pem", "own.pem", "own.test"),
            ..ChannelSpec::default()
        };
        let client = spec.tls.client.as_mut().unwrap();
        client.key = Some("own.key".into());
        client.key_pass = Some(SecretSource::Prompt);
        spec
    }

    fn to(target: &str) -> ChannelSpec {
        ChannelSpec {
            target: Some(target.into()),
            ..ChannelSpec::default()
        }
    }

    #[test]
    fn what_is_said_comes_before_the_base() {
        let alone = to("a.test").over(&profile()).tls;
        assert_eq!(alone.ca, [PathBuf::from("own-ca.pem")]);
        assert_eq!(alone.server_name.as_deref(), Some("own.test"));
        assert!(alone.client.unwrap().key_pass.is_some());

        let given = ChannelSpec {
            tls: tls("ca.pem", "c.pem", "a"),
            ..to("a.test")
        };
        let over = given.over(&profile()).tls;
        assert_eq!(over.ca, [PathBuf::from("ca.pem")]);
        assert_eq!(over.server_name.as_deref(), Some("a"));
        // The key of another certificate would be no use, and its passphrase none of its business.
        let client = over.client.unwrap();
        assert!(client.key.is_none() && client.key_pass.is_none());
    }

    #[test]
    fn plaintext_and_tls_exclude_each_other() {
        let plain = ChannelSpec {
            plaintext: true,
            ..ChannelSpec::default()
        };
        let none = TlsSpec::default;
        for (base, target, plaintext, given, expected) in [
            (&plain, "a.test", false, none(), (true, false)),
            (
                &plain,
                "a.test",
                false,
                tls("ca.pem", "c", "a"),
                (false, true),
            ),
            (&plain, "https://a.test", false, none(), (false, false)),
            (&profile(), "a.test", false, none(), (false, true)),
            (&profile(), "a.test", true, none(), (true, false)),
            (&profile(), "http://a.test", false, none(), (false, false)),
        ] {
            let spec = ChannelSpec {
                plaintext,
                tls: given,
                ..to(target)
            };
            let merged = spec.over(base);
            let is = (merged.plaintext, merged.tls.is_given());
            assert_eq!(is, expected, "{target} {plaintext}");
        }
    }

    #[test]
    fn a_proxys_password_is_for_that_proxy() {
        let proxy = |url: Option<&str>, user: Option<&str>, password| ProxySpec {
            url: url.map(str::to_owned),
            user: user.map(str::to_owned),
            password,
        };
        let base = proxy(Some("http://own:1"), Some("me"), Some(SecretSource::Prompt));
        for (url, user, expected, password) in [
            (None, None, "http://own:1", true),
            (Some("http://other:1"), None, "http://other:1", false),
            (None, Some("you"), "http://own:1", false),
        ] {
            let merged = proxy(url, user, None).over(&base);
            assert_eq!(merged.url.as_deref(), Some(expected));
            assert_eq!(merged.password.is_some(), password);
        }
    }
}
