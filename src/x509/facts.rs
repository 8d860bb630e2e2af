//! What one certificate says of itself, read once into plain values.
//!
//! Nothing here decides whether a certificate is good: that is [`judge`](crate::x509::verify::judge)'s.

pub(crate) mod algorithm;
mod constraints;
mod extensions;
mod name;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::SHA256;
use ring::digest::digest;
use rustls::pki_types::CertificateDer;
use thiserror::Error;
use time::OffsetDateTime;
use x509_parser::certificate::X509Certificate;
use x509_parser::prelude::FromDer as _;

use crate::text::hex;
use crate::x509::facts::extensions::Extensions;
use crate::x509::signature;
use crate::x509::signature::Signed;

pub(crate) use algorithm::KeyFacts;
pub(crate) use algorithm::key_facts;
pub(crate) use algorithm::key_name;
pub(crate) use algorithm::signature_name;
pub(crate) use algorithm::significant_bits;
pub(crate) use constraints::Constraints;
pub(crate) use extensions::SubjectAltName;
pub(crate) use name::distinguished_name;
pub(crate) use name::name_text;

/// The contents of a certificate. Texts are as the certificate has them: whoever prints one escapes it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Facts {
    /// Distinguished names as [`distinguished_name`] writes them.
    pub subject: String,
    pub issuer: String,
    /// The subject's last (most specific) common name.
    pub common_name: Option<String>,
    /// Lower-case hex without colons and without the sign's padding byte.
    pub serial: String,
    pub not_before: OffsetDateTime,
    /// The last second at which the certificate is still valid (RFC 5280 §4.1.2.5).
    pub not_after: OffsetDateTime,
    /// In the certificate's order.
    pub san: Vec<SubjectAltName>,
    pub key: KeyFacts,
    /// `ECDSA with SHA-256`, `RSA with SHA-1`; the dotted OID where the name is not known.
    pub signature: String,
    /// `cA` of the basic constraints; false without the extension.
    pub is_ca: bool,
    pub has_basic_constraints: bool,
    pub path_length: Option<u32>,
    /// RFC 5280 names (`digitalSignature`, `keyCertSign`); `None` without the extension.
    pub key_usage: Option<Vec<String>>,
    /// RFC 5280 names (`serverAuth`, `clientAuth`), a dotted OID where there is none.
    pub extended_key_usage: Option<Vec<String>>,
    /// Lower-case hex.
    pub subject_key_id: Option<String>,
    /// Lower-case hex.
    pub authority_key_id: Option<String>,
    /// Where the issuer's certificate can be had (authority information access).
    pub ca_issuers: Vec<String>,
    pub ocsp: Vec<String>,
    pub crl_distribution_points: Vec<String>,
    /// 1, 2 or 3.
    pub version: u32,
    /// The TLS feature extension asks for a stapled OCSP answer (RFC 7633).
    pub must_staple: bool,
    /// Critical extensions which webpki does not process, and therefore refuses: by name, or dotted OID.
    pub unknown_critical: Vec<String>,
    /// Which names a CA may issue for, if it says so.
    pub name_constraints: Option<Constraints>,
    /// Lower-case hex, of the whole DER.
    pub sha256: String,
    /// Base64, of the SubjectPublicKeyInfo: what a pin compares.
    pub spki_sha256: String,
    /// Subject and issuer are the same name, byte for byte.
    pub self_issued: bool,
    /// Self-issued, and the signature verifies under the certificate's own key.
    pub self_signed: bool,
}

/// The bytes are no X.509 certificate; the text says what could not be read.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error("not a readable X.509 certificate: {0}")]
pub struct Malformed(pub String);

impl Facts {
    /// Reads one DER certificate.
    ///
    /// # Errors
    /// The bytes are not one certificate, whole and with nothing behind it.
    pub fn read(der: &[u8]) -> Result<Self, Malformed> {
        Ok(Self::of(&parse(der)?))
    }

    /// Reads a chain, entry by entry, in its order.
    pub fn read_chain(chain: &[CertificateDer<'_>]) -> Vec<Result<Self, Malformed>> {
        chain.iter().map(|der| Self::read(der)).collect()
    }

    /// As [`Facts::read`], but `self_signed` is never set: a signature takes longer to check than all
    /// the rest to read, and of a trust anchor nobody asks for it.
    pub(crate) fn read_unchecked(der: &[u8]) -> Result<Self, Malformed> {
        Ok(Self::said_by(&parse(der)?))
    }

    pub(crate) fn of(certificate: &X509Certificate<'_>) -> Self {
        let said = Self::said_by(certificate);
        let signed_itself = || {
            let own_key = certificate.public_key();
            signature::check(certificate, own_key) == Signed::Valid
        };
        Self {
            self_signed: said.self_issued && signed_itself(),
            ..said
        }
    }

    fn said_by(certificate: &X509Certificate<'_>) -> Self {
        let extensions = Extensions::of(certificate);
        let validity = certificate.validity();
        let self_issued = certificate.subject().as_raw() == certificate.issuer().as_raw();
        Self {
            subject: name_text(certificate.subject()),
            issuer: name_text(certificate.issuer()),
            common_name: name::common_name(certificate.subject()),
            serial: serial_text(certificate.raw_serial()),
            not_before: validity.not_before.to_datetime(),
            not_after: validity.not_after.to_datetime(),
            san: extensions.san,
            key: key_facts(certificate.public_key()),
            signature: signature_name(&certificate.signature_algorithm),
            is_ca: extensions.is_ca,
            has_basic_constraints: extensions.has_basic_constraints,
            path_length: extensions.path_length,
            key_usage: extensions.key_usage,
            extended_key_usage: extensions.extended_key_usage,
            subject_key_id: extensions.subject_key_id,
            authority_key_id: extensions.authority_key_id,
            ca_issuers: extensions.ca_issuers,
            ocsp: extensions.ocsp,
            crl_distribution_points: extensions.crl_distribution_points,
            version: certificate.version().0.saturating_add(1),
            must_staple: extensions.must_staple,
            unknown_critical: extensions.unknown_critical,
            name_constraints: extensions.name_constraints,
            sha256: hex(digest(&SHA256, certificate.as_raw()).as_ref()),
            spki_sha256: STANDARD.encode(digest(&SHA256, certificate.public_key().raw)),
            self_issued,
            self_signed: false,
        }
    }

    /// Whether `at` is later than the last second of validity.
    pub fn is_expired(&self, at: OffsetDateTime) -> bool {
        at.unix_timestamp() > self.not_after.unix_timestamp()
    }

    /// Whether `at` is earlier than the first second of validity.
    pub fn is_not_yet_valid(&self, at: OffsetDateTime) -> bool {
        at.unix_timestamp() < self.not_before.unix_timestamp()
    }

    /// Whole days of validity left at `at`, rounded down: negative as soon as it has expired.
    pub fn days_left(&self, at: OffsetDateTime) -> i64 {
        (self.not_after.unix_timestamp() - at.unix_timestamp()).div_euclid(86_400)
    }

    /// Whether the key usage extension, where there is one, lists `usage` (an RFC 5280 name).
    pub fn permits_key_usage(&self, usage: &str) -> bool {
        self.key_usage
            .as_ref()
            .is_none_or(|usages| usages.iter().any(|listed| listed == usage))
    }
}

pub(crate) fn parse(der: &[u8]) -> Result<X509Certificate<'_>, Malformed> {
    match X509Certificate::from_der(der) {
        Ok(([], certificate)) => Ok(certificate),
        Ok((rest, _)) => Err(Malformed(format!("{} bytes behind its end", rest.len()))),
        Err(x509_parser::nom::Err::Incomplete(_)) => Err(Malformed("it ends too early".into())),
        Err(x509_parser::nom::Err::Error(error) | x509_parser::nom::Err::Failure(error)) => {
            Err(Malformed(error.to_string()))
        }
    }
}

fn serial_text(raw: &[u8]) -> String {
    match raw {
        // A positive INTEGER whose first bit is set carries a zero byte in front (X.690 §8.3).
        [0, rest @ ..] if !rest.is_empty() => hex(rest),
        _ => hex(raw),
    }
}

#[cfg(test)]
mod tests;
