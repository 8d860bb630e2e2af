//! The TLS versions that are offered.

use rustls::SupportedProtocolVersion;

use crate::text::choice::Choice;

static TLS12: &[&SupportedProtocolVersion] = &[&rustls::version::TLS12];
static TLS13: &[&SupportedProtocolVersion] = &[&rustls::version::TLS13];

/// A TLS version.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum TlsVersion {
    Tls12,
    Tls13,
}

impl Choice for TlsVersion {
    const WORDS: &'static [(&'static str, Self, &'static str)] =
        &[("1.2", Self::Tls12, ""), ("1.3", Self::Tls13, "")];
}

/// The versions from `lowest` to `highest`, as rustls has them; `None`: there is none.
pub(crate) fn range(
    lowest: Option<TlsVersion>,
    highest: Option<TlsVersion>,
) -> Option<&'static [&'static SupportedProtocolVersion]> {
    let lowest = lowest.unwrap_or(TlsVersion::Tls12);
    match (lowest, highest.unwrap_or(TlsVersion::Tls13)) {
        (TlsVersion::Tls12, TlsVersion::Tls13) => Some(rustls::ALL_VERSIONS),
        (TlsVersion::Tls12, TlsVersion::Tls12) => Some(TLS12),
        (TlsVersion::Tls13, TlsVersion::Tls13) => Some(TLS13),
        (TlsVersion::Tls13, TlsVersion::Tls12) => None,
    }
}
