//! grpc-health-probe's command line, translated before clap reads it: `-addr=:5000 -service=shop -tls`.
//!
//! Two dashes are grpcauth's alone, and so is `-v`. An address given by `-addr` is reached as the probe reaches it:
//! in plaintext unless `-tls` is on, with a second to connect and a second for the RPC.

mod durations;

use std::ffi::OsStr;
use std::ffi::OsString;
use std::time::Duration;

use crate::cli;
use crate::cli::grpcurl::Refused;
use crate::cli::grpcurl::switch;
use crate::cli::grpcurl::takes_value;

/// The probe's own default for both timeouts.
const TIMEOUT: Duration = Duration::from_secs(1);

/// What a flag of the probe's becomes.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum Meaning {
    Address,
    Service,
    ConnectTimeout,
    RpcTimeout,
    Tls,
    Value(&'static str),
    /// A value that only TLS has a use for.
    TlsValue(&'static str),
    /// Words of grpcauth's, if it is on.
    Switch(&'static [&'static str]),
    /// The same, and only TLS has a use for it.
    TlsSwitch(&'static [&'static str]),
    /// No counterpart: what to do instead.
    Nothing(&'static str),
}

const FLAGS: &[(&str, Meaning)] = &[
    ("addr", Meaning::Address),
    (
        "alts",
        Meaning::Nothing("ALTS works only within Google Cloud; connect by TLS, or without it"),
    ),
    ("connect-timeout", Meaning::ConnectTimeout),
    ("gzip", Meaning::Switch(&["--compress", "gzip"])),
    ("help", Meaning::Switch(&["--help"])),
    ("rpc-header", Meaning::Value("--rpc-header")),
    ("rpc-timeout", Meaning::RpcTimeout),
    ("service", Meaning::Service),
    (
        "spiffe",
        Meaning::Nothing(
            "have the certificates written to files (spiffe-helper) and name them with --cert, --key and --cacert; \
             --server-spiffe-id verifies the server",
        ),
    ),
    ("tls", Meaning::Tls),
    ("tls-ca-cert", Meaning::TlsValue("--cacert")),
    ("tls-client-cert", Meaning::TlsValue("--cert")),
    ("tls-client-key", Meaning::TlsValue("--key")),
    ("tls-no-verify", Meaning::TlsSwitch(&["--insecure"])),
    ("tls-server-name", Meaning::TlsValue("--servername")),
    ("user-agent", Meaning::Value("--user-agent")),
    ("version", Meaning::Switch(&["--version"])),
];

impl Meaning {
    fn takes_value(self) -> bool {
        matches!(
            self,
            Self::Address
                | Self::Service
                | Self::ConnectTimeout
                | Self::RpcTimeout
                | Self::Value(_)
                | Self::TlsValue(_)
        )
    }
}

/// The command line in grpcauth's own terms; another command than `health` passes as it is.
///
/// # Errors
/// A flag without a counterpart, or a value that the probe does not accept either.
pub(crate) fn translate(arguments: Vec<OsString>) -> Result<Vec<OsString>, Refused> {
    if arguments.get(1).is_none_or(|word| word != "health") {
        return Ok(arguments);
    }
    let definition = cli::alone("health").expect("health is among the commands defined alone");
    let mut words = arguments.into_iter();
    let mut line = Line {
        words: words.by_ref().take(2).collect(),
        ..Line::default()
    };
    while let Some(word) = words.next() {
        let text = word.to_str().unwrap_or_default();
        if text == "--" {
            line.rest = std::iter::once(word).chain(words).collect();
            break;
        }
        if let Some((name, meaning, value)) = find(text) {
            let value = value.map(OsString::from);
            let value = value.or_else(|| meaning.takes_value().then(|| words.next()).flatten());
            line.flag(name, meaning, value)?;
            continue;
        }
        let takes_value = text.starts_with('-')
            && !text.contains('=')
            && takes_value(&definition, text).unwrap_or(false);
        line.words.push(word);
        line.words
            .extend(takes_value.then(|| words.next()).flatten());
    }
    line.finish()
}

/// The probe's flag behind one dash, and the value after its `=`.
fn find(word: &str) -> Option<(&'static str, Meaning, Option<&str>)> {
    let bare = word.strip_prefix('-')?;
    let (name, value) = match bare.split_once('=') {
        Some((name, value)) => (name, Some(value)),
        None => (bare, None),
    };
    let (name, meaning) = FLAGS.iter().find(|(known, _)| *known == name)?;
    Some((name, *meaning, value))
}

/// The line as far as it is translated.
#[derive(Debug, Default)]
struct Line {
    words: Vec<OsString>,
    /// `--` and what follows.
    rest: Vec<OsString>,
    address: Option<OsString>,
    service: Option<OsString>,
    connect_timeout: Option<Duration>,
    rpc_timeout: Option<Duration>,
    tls: bool,
    /// A flag that only TLS has a use for.
    needs_tls: Option<&'static str>,
}

impl Line {
    fn flag(
        &mut self,
        name: &'static str,
        meaning: Meaning,
        value: Option<OsString>,
    ) -> Result<(), Refused> {
        if meaning.takes_value() && value.is_none() {
            return Err(Refused {
                what: format!("-{name} needs a value"),
                hint: format!("write -{name}=VALUE"),
            });
        }
        let typed = format!("-{name}");
        let is_on = || switch(&typed, value.as_ref());
        match meaning {
            Meaning::Address => self.address = value,
            Meaning::Service => self.service = value.filter(|name| !name.is_empty()),
            Meaning::ConnectTimeout => self.connect_timeout = Some(durations::read(name, value)?),
            Meaning::RpcTimeout => self.rpc_timeout = Some(durations::read(name, value)?),
            Meaning::Tls => self.tls = is_on()?,
            Meaning::Value(flag) => self.push(flag, value),
            Meaning::TlsValue(flag) => {
                self.needs_tls = Some(name);
                self.push(flag, value);
            }
            Meaning::Switch(flags) if is_on()? => self.push_all(flags),
            Meaning::TlsSwitch(flags) if is_on()? => {
                self.needs_tls = Some(name);
                self.push_all(flags);
            }
            Meaning::Nothing(hint) if is_on()? => {
                return Err(Refused {
                    what: format!("grpc-health-probe's -{name} has no counterpart here"),
                    hint: hint.to_owned(),
                });
            }
            Meaning::Switch(_) | Meaning::TlsSwitch(_) | Meaning::Nothing(_) => {}
        }
        Ok(())
    }

    fn push(&mut self, flag: &str, value: Option<OsString>) {
        self.words.push(flag.into());
        self.words.extend(value);
    }

    fn push_all(&mut self, flags: &[&str]) {
        self.words.extend(flags.iter().map(OsString::from));
    }

    fn finish(mut self) -> Result<Vec<OsString>, Refused> {
        if let Some(address) = self.address.take() {
            if let Some(flag) = self.needs_tls.filter(|_| !self.tls) {
                return Err(Refused {
                    what: format!("-{flag} is given without -tls"),
                    hint: format!("add -tls, or remove -{flag}"),
                });
            }
            if !self.tls {
                self.push("--plaintext", None);
            }
            self.connect_timeout.get_or_insert(TIMEOUT);
            self.rpc_timeout.get_or_insert(TIMEOUT);
            // Before every other word that is not a flag.
            self.words.insert(2, host_of_go(&address));
        }
        if let Some(connect) = self.connect_timeout {
            self.push("--connect-timeout", Some(durations::in_seconds(connect)));
        }
        if let Some(rpc) = self.rpc_timeout {
            let whole = rpc + self.connect_timeout.unwrap_or(TIMEOUT);
            self.push("--max-time", Some(durations::in_seconds(whole)));
        }
        self.words.extend(self.service);
        self.words.append(&mut self.rest);
        Ok(self.words)
    }
}

/// Go dials `:5000` on this host.
fn host_of_go(address: &OsStr) -> OsString {
    match address.to_str() {
        Some(text) if text.starts_with(':') => format!("localhost{text}").into(),
        _ => address.to_owned(),
    }
}

#[cfg(test)]
mod tests;
