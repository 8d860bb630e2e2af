//! Pins: the key, or the very certificate, that a server must show.

use std::fmt;
use std::str::FromStr;

use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use ring::digest::SHA256;
use ring::digest::digest;
use thiserror::Error;

use crate::text::hex;
use crate::x509::facts;

/// The length of a SHA-256 digest, in octets.
const DIGEST: usize = 32;

/// What curl puts before the digest of a key.
const SPKI: &str = "sha256//";

/// The SHA-256 digest of what an end-entity certificate must be, or hold.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Pin {
    /// Of the SubjectPublicKeyInfo (RFC 7469 §2.4): survives a new certificate for the same key.
    Spki([u8; DIGEST]),
    /// Of the whole certificate.
    Certificate([u8; DIGEST]),
}

/// Why a text is no pin, and what is.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
#[error(
    "{0}; write sha256//BASE64 for a key, or the 64 hex digits of a certificate's SHA-256, with or without colons"
)]
pub struct NotAPin(&'static str);

impl FromStr for Pin {
    type Err = NotAPin;

    fn from_str(text: &str) -> Result<Self, NotAPin> {
        if let Some(encoded) = text.strip_prefix(SPKI) {
            let digest = STANDARD
                .decode(encoded)
                .map_err(|_| NotAPin("what stands behind sha256// is not base64"))?;
            return digest
                .try_into()
                .map(Self::Spki)
                .map_err(|_| NotAPin("what stands behind sha256// is no digest of 32 octets"));
        }
        unhex(text).map(Self::Certificate)
    }
}

/// Pairs of hex digits, all of them or none parted by colons.
fn unhex(text: &str) -> Result<[u8; DIGEST], NotAPin> {
    let digits = match text.contains(':') {
        false => text.to_owned(),
        true if text.split(':').all(|pair| pair.len() == 2) => text.replace(':', ""),
        true => {
            return Err(NotAPin(
                "the colons do not stand between pairs of hex digits",
            ));
        }
    };
    if !digits.bytes().all(|byte| byte.is_ascii_hexdigit()) {
        return Err(NotAPin("it is neither hex digits nor begins with sha256//"));
    }
    if digits.len() != 2 * DIGEST {
        return Err(NotAPin("it has not the 64 hex digits of a SHA-256 digest"));
    }
    let mut digest = [0; DIGEST];
    for (index, octet) in digest.iter_mut().enumerate() {
        *octet = u8::from_str_radix(&digits[2 * index..2 * index + 2], 16)
            .expect("two hex digits are an octet");
    }
    Ok(digest)
}

impl Pin {
    /// The pin of a certificate's key; `None` if the certificate cannot be read.
    pub fn of_key(certificate: &[u8]) -> Option<Self> {
        let certificate = facts::parse(certificate).ok()?;
        Some(Self::Spki(sha256(certificate.public_key().raw)))
    }

    /// The pin of a certificate itself.
    pub fn of_certificate(certificate: &[u8]) -> Self {
        Self::Certificate(sha256(certificate))
    }

    /// Whether this end-entity certificate (DER) is the one, or holds the key, that is pinned.
    pub fn fits(&self, certificate: &[u8]) -> bool {
        match self {
            Self::Spki(_) => Self::of_key(certificate).as_ref() == Some(self),
            Self::Certificate(_) => Self::of_certificate(certificate) == *self,
        }
    }
}

/// As it is written behind `--pin`.
impl fmt::Display for Pin {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Spki(digest) => write!(f, "{SPKI}{}", STANDARD.encode(digest)),
            Self::Certificate(digest) => f.write_str(&hex(digest)),
        }
    }
}

fn sha256(bytes: &[u8]) -> [u8; DIGEST] {
    digest(&SHA256, bytes)
        .as_ref()
        .try_into()
        .expect("SHA-256 gives 32 octets")
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::x509::test_pki::Authority;
    use crate::x509::test_pki::plain;

    #[test]
    fn a_certificate_fits_its_own_pins_and_no_other_does() {
        let root = Authority::root("root", plain);
        let (one, other) = (root.leaf(&["a.test"], plain), root.leaf(&["a.test"], plain));
        for pin in [Pin::of_key(&one).unwrap(), Pin::of_certificate(&one)] {
            assert!(pin.fits(&one) && !pin.fits(&other), "{pin}");
            let text = pin.to_string();
            assert_eq!(text.parse(), Ok(pin));
        }
        let facts = crate::x509::Facts::read(&one).unwrap();
        let key = format!("sha256//{}", facts.spki_sha256);
        assert_eq!(key.parse().ok(), Pin::of_key(&one));
        assert_eq!(facts.sha256.parse(), Ok(Pin::of_certificate(&one)));
        assert_eq!(Pin::of_key(b"no certificate"), None);
    }

    #[test]
    fn a_renewed_certificate_fits_the_pin_of_its_key() {
        let root = Authority::root("root", plain);
        let below = root.intermediate("below", plain);
        let renewed = root.certify("below", &below, |params| {
            params.serial_number = Some(77.into());
        });
        assert!(Pin::of_key(&below.der).unwrap().fits(&renewed));
        assert!(!Pin::of_certificate(&below.der).fits(&renewed));
    }

    #[test]
    fn hex_is_read_with_and_without_colons_and_in_either_case() {
        let plain = "0123456789abcdef".repeat(4);
        let colons: Vec<&str> = (0..32).map(|at| &plain[2 * at..2 * at + 2]).collect();
        let colons = colons.join(":");
        for text in [
            plain.clone(),
            plain.to_uppercase(),
            colons.clone(),
            colons.to_uppercase(),
        ] {
            assert_eq!(text.parse::<Pin>().unwrap().to_string(), plain);
        }
    }

    #[test]
    fn what_is_no_pin_is_refused_with_what_is() {
        let long = "0".repeat(66);
        let odd = format!("{}:0", "00:".repeat(31));
        for (text, why) in [
            ("", "64 hex digits"),
            ("abcd", "64 hex digits"),
            (long.as_str(), "64 hex digits"),
            (odd.as_str(), "colons"),
            ("sha1//AAAA", "neither hex digits"),
            ("sha256//*", "not base64"),
            ("sha256//AAAA", "32 octets"),
            ("sha256/AAAA", "neither hex digits"),
            ("höh", "neither hex digits"),
        ] {
            let refusal = text.parse::<Pin>().unwrap_err().to_string();
            assert!(
                refusal.contains(why) && refusal.contains("sha256//BASE64"),
                "{text}: {refusal}"
            );
        }
    }
}
