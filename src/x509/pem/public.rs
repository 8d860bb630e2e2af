//! Public keys out of PEM: bare, in a certificate, or in PKCS#1.

use x509_parser::asn1_rs::FromDer as _;
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::x509::facts::key_facts;
use crate::x509::facts::significant_bits;
use crate::x509::pem::FileFault;
use crate::x509::pem::FileKind;
use crate::x509::pem::Wanted;
use crate::x509::pem::armor::Section;
use crate::x509::pem::open;

/// A public key that verifies, as ring reads it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum PublicKey {
    /// RSAPublicKey in DER (RFC 8017 §A.1.1).
    Rsa(Vec<u8>),
    /// A point, uncompressed (SEC 1 §2.3.3).
    P256(Vec<u8>),
    P384(Vec<u8>),
    /// RFC 8032 §5.1.5.
    Ed25519(Vec<u8>),
}

/// The first public key of a file: bare, or that of a certificate.
///
/// # Errors
/// There is none, it is damaged, or of a kind that verifies nothing here; the fault says what the file is instead.
pub fn public_key(bytes: &[u8]) -> Result<PublicKey, FileFault> {
    let armor = open(bytes, Wanted::PublicKey)?;
    let found = armor
        .sections
        .iter()
        .find(|section| matches!(section.kind(), FileKind::PublicKey | FileKind::Certificate));
    let Some(section) = found else {
        let damage = armor
            .damage_to(FileKind::PublicKey)
            .or_else(|| armor.damage_to(FileKind::Certificate));
        return Err(damage.unwrap_or_else(|| armor.instead(bytes, Wanted::PublicKey)));
    };
    let der = section.body().ok_or_else(|| section.damaged())?;
    match section.label.as_str() {
        "RSA PUBLIC KEY" => pkcs1(der, section),
        "CERTIFICATE" => {
            let (_, certificate) =
                X509Certificate::from_der(&der).map_err(|_| section.damaged())?;
            usable(certificate.public_key())
        }
        _ => {
            let (_, key) = SubjectPublicKeyInfo::from_der(&der).map_err(|_| section.damaged())?;
            usable(&key)
        }
    }
}

fn usable(key: &SubjectPublicKeyInfo<'_>) -> Result<PublicKey, FileFault> {
    let octets = key.subject_public_key.data.to_vec();
    let facts = key_facts(key);
    match (facts.algorithm.as_str(), facts.bits) {
        ("RSA", 2048..=8192) => Ok(PublicKey::Rsa(octets)),
        ("RSA", bits) => Err(FileFault::UnsupportedPublicKey {
            algorithm: format!("RSA {bits}"),
        }),
        // A compressed point is one that ring does not take.
        ("EC P-256", _) if octets.len() == 65 => Ok(PublicKey::P256(octets)),
        ("EC P-384", _) if octets.len() == 97 => Ok(PublicKey::P384(octets)),
        ("Ed25519", _) => Ok(PublicKey::Ed25519(octets)),
        (other, _) => Err(FileFault::UnsupportedPublicKey {
            algorithm: other.to_owned(),
        }),
    }
}

fn pkcs1(der: Vec<u8>, section: &Section<'_>) -> Result<PublicKey, FileFault> {
    use x509_parser::public_key::RSAPublicKey;
    let (_, key) = RSAPublicKey::from_der(&der).map_err(|_| section.damaged())?;
    match significant_bits(key.modulus) {
        2048..=8192 => Ok(PublicKey::Rsa(der)),
        bits => Err(FileFault::UnsupportedPublicKey {
            algorithm: format!("RSA {bits}"),
        }),
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const CERTIFICATE: &str = include_str!("../../jwt/fixtures/p256.cert.pem");
    const P256: &str = include_str!("../../jwt/fixtures/p256.pub.pem");
    const RSA: &str = include_str!("../../jwt/fixtures/rsa.pub.pem");
    const PKCS1: &str = include_str!("../../jwt/fixtures/rsa-pkcs1.pub.pem");
    const ED25519: &str = include_str!("../../jwt/fixtures/ed25519.pub.pem");

    #[test]
    fn one_key_is_the_same_in_every_form() {
        let read = |text: &str| public_key(text.as_bytes()).unwrap();
        assert_eq!(read(CERTIFICATE), read(P256));
        assert_eq!(read(PKCS1), read(RSA));
        assert!(matches!(read(P256), PublicKey::P256(point) if point.len() == 65));
        assert!(matches!(read(ED25519), PublicKey::Ed25519(point) if point.len() == 32));
    }

    #[test]
    fn what_is_no_public_key_is_named() {
        for (text, cause) in [
            ("", "empty"),
            ("hunter2", "some other text"),
            (
                include_str!("../../jwt/fixtures/p256.pem"),
                "holds a private key",
            ),
            (
                include_str!("../fixtures/request.csr"),
                "certificate signing request",
            ),
            (
                include_str!("../fixtures/p521root.pem"),
                "of this kind (EC P-521)",
            ),
            (&P256[..80], "no END line"),
            (
                "-----BEGIN PUBLIC KEY-----\nAAAA\n-----END PUBLIC KEY-----\n",
                "cannot be read",
            ),
        ] {
            let (told, _) = public_key(text.as_bytes()).unwrap_err().explain();
            assert!(told.contains(cause), "{told}");
        }
    }
}
