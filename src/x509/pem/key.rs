//! A private key and the certificate it is presented with.

use std::sync::Arc;

use rustls::crypto::ring::sign::any_supported_type;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use rustls::pki_types::PrivatePkcs8KeyDer;
use rustls::sign::CertifiedKey;
use rustls::sign::SigningKey;
use x509_parser::asn1_rs::Any;
use x509_parser::asn1_rs::FromDer as _;
use x509_parser::asn1_rs::Integer;
use x509_parser::asn1_rs::OctetString;
use x509_parser::asn1_rs::Sequence;
use x509_parser::certificate::X509Certificate;
use x509_parser::x509::AlgorithmIdentifier;
use x509_parser::x509::SubjectPublicKeyInfo;

use crate::x509::der::element;
use crate::x509::facts::key_name;
use crate::x509::facts::significant_bits;
use crate::x509::pem::FileFault;

/// The chain with its key, ready to sign; `None`: the key is not the private half of the one in the first certificate.
///
/// # Errors
/// The key is of a kind that cannot sign here, or the certificate cannot be read.
pub fn certified_key(
    chain: Vec<CertificateDer<'static>>,
    key: &PrivateKeyDer<'static>,
) -> Result<Option<CertifiedKey>, FileFault> {
    // Not rustls' own comparison: it reads no certificate of version 1, and servers take them.
    let leaf = chain.first().map_or(&[][..], |leaf| leaf);
    let (_, leaf) =
        X509Certificate::from_der(leaf).map_err(|error| FileFault::UnreadableCertificate {
            reason: error.to_string(),
        })?;
    let public = leaf.public_key();
    let Some(signer) = signer(public, key)? else {
        return Ok(None);
    };
    let matches = signer
        .public_key()
        .is_none_or(|computed| *computed == *public.raw);
    Ok(matches.then(|| CertifiedKey::new(chain, signer)))
}

/// A private key that signs, in DER as ring reads it.
#[derive(Clone, PartialEq, Eq)]
pub enum Signer {
    /// PKCS#8 or PKCS#1.
    Rsa(Vec<u8>),
    /// PKCS#8 with the public half, as are the two below.
    P256(Vec<u8>),
    P384(Vec<u8>),
    /// PKCS#8, with the public half or without.
    Ed25519(Vec<u8>),
}

/// What a private key signs with, where no certificate stands beside it.
///
/// # Errors
/// The key is of a kind that cannot sign here, or an EC key without its public half, which ring wants to see.
pub fn signer_without_certificate(key: &PrivateKeyDer<'_>) -> Result<Signer, FileFault> {
    let algorithm = algorithm(key);
    // rustls judges size and curve as ring does, and completes SEC1 in the same way.
    let usable = any_supported_type(&key.clone_key()).is_ok();
    let whole = || key.secret_der().to_vec();
    let ec = |is_p384| match key {
        PrivateKeyDer::Sec1(key) => ec_key_as_pkcs8(key.secret_sec1_der(), is_p384),
        _ => whole(),
    };
    match algorithm.as_deref() {
        Some(name) if usable && name.starts_with("RSA") => Ok(Signer::Rsa(whole())),
        Some("EC P-256") if usable => Ok(Signer::P256(ec(false))),
        Some("EC P-384") if usable => Ok(Signer::P384(ec(true))),
        Some("Ed25519") if usable => Ok(Signer::Ed25519(whole())),
        Some("EC P-256" | "EC P-384") if lacks_public_half(key) => Err(FileFault::NoPublicHalf),
        _ => Err(FileFault::UnsupportedKey { algorithm }),
    }
}

/// An ECPrivateKey within a PrivateKeyInfo; its curve is P-256 or P-384.
pub(crate) fn ec_key_as_pkcs8(key: &[u8], is_p384: bool) -> Vec<u8> {
    let ec_public_key = b"\x06\x07\x2a\x86\x48\xce\x3d\x02\x01";
    // RFC 5480 §2.1.1.1.
    let curve: &[u8] = if is_p384 {
        b"\x06\x05\x2b\x81\x04\x00\x22"
    } else {
        b"\x06\x08\x2a\x86\x48\xce\x3d\x03\x01\x07"
    };
    element(
        0x30,
        &[
            &[0x02, 0x01, 0x00],
            &element(0x30, &[ec_public_key, curve]),
            &element(0x04, &[key]),
        ],
    )
}

/// ECPrivateKey ::= SEQUENCE { 1, privateKey, \[0\] parameters OPTIONAL, \[1\] publicKey OPTIONAL } (RFC 5915 §3).
fn lacks_public_half(key: &PrivateKeyDer<'_>) -> bool {
    ec_private_key(key).is_some_and(|key| {
        let mut rest = key.content.as_ref();
        while let Ok((behind, part)) = Any::from_der(rest) {
            if part.header.raw_tag() == Some(&[0xa1]) {
                return false;
            }
            rest = behind;
        }
        true
    })
}

fn ec_private_key<'a>(key: &'a PrivateKeyDer<'_>) -> Option<Sequence<'a>> {
    let (_, key) = match key {
        PrivateKeyDer::Pkcs8(key) => Sequence::from_der(pkcs8_parts(key.secret_pkcs8_der())?.1),
        PrivateKeyDer::Sec1(key) => Sequence::from_der(key.secret_sec1_der()),
        _ => return None,
    }
    .ok()?;
    Some(key)
}

/// `None`: the key lacks its public half, and the certificate's is not it.
fn signer(
    public: &SubjectPublicKeyInfo<'_>,
    key: &PrivateKeyDer<'static>,
) -> Result<Option<Arc<dyn SigningKey>>, FileFault> {
    if let Ok(signer) = any_supported_type(key) {
        return Ok(Some(signer));
    }
    let algorithm = algorithm(key);
    let is_supported_curve = matches!(algorithm.as_deref(), Some("EC P-256" | "EC P-384"));
    if is_supported_curve && let Some(complete) = completed(public, key) {
        return Ok(any_supported_type(&complete).ok());
    }
    Err(FileFault::UnsupportedKey { algorithm })
}

/// An EC key that was written without its public half (Java does, and `openssl ec -no_public`), with the
/// certificate's in it. ring takes no other, and checks that the two belong together.
fn completed(
    public: &SubjectPublicKeyInfo<'_>,
    key: &PrivateKeyDer<'_>,
) -> Option<PrivateKeyDer<'static>> {
    let private = ec_private_key(key)?;
    let (rest, _) = Integer::from_der(&private.content).ok()?;
    let (_, scalar) = OctetString::from_der(rest).ok()?;

    let (_, spki) = Sequence::from_der(public.raw).ok()?;
    let (bits, _) = Any::from_der(&spki.content).ok()?;
    let algorithm = &spki.content[..spki.content.len() - bits.len()];

    // ECPrivateKey ::= SEQUENCE { 1, privateKey, [1] publicKey } (RFC 5915 §3)
    let ec_private_key = element(
        0x30,
        &[
            &[0x02, 0x01, 0x01],
            &element(0x04, &[scalar.as_ref()]),
            &element(0xa1, &[bits]),
        ],
    );
    let info = element(
        0x30,
        &[
            &[0x02, 0x01, 0x00],
            algorithm,
            &element(0x04, &[&ec_private_key]),
        ],
    );
    Some(PrivatePkcs8KeyDer::from(info).into())
}

/// The algorithm and the key itself of PrivateKeyInfo ::= SEQUENCE { version, privateKeyAlgorithm, privateKey, … }
/// (RFC 5208 §5).
fn pkcs8_parts(info: &[u8]) -> Option<(AlgorithmIdentifier<'_>, &[u8])> {
    let (_, info) = Any::from_der(info).ok()?;
    let (rest, _) = Integer::from_der(info.data).ok()?;
    let (rest, algorithm) = AlgorithmIdentifier::from_der(rest).ok()?;
    let (_, key) = Any::from_der(rest).ok()?;
    Some((algorithm, key.data))
}

/// The algorithm's name, where the format spells it out.
fn algorithm(key: &PrivateKeyDer<'_>) -> Option<String> {
    match key {
        PrivateKeyDer::Pkcs1(key) => Some(rsa_name(key.secret_pkcs1_der())),
        PrivateKeyDer::Sec1(key) => Some(sec1_name(key.secret_sec1_der()).unwrap_or("EC".into())),
        PrivateKeyDer::Pkcs8(key) => {
            let (algorithm, key) = pkcs8_parts(key.secret_pkcs8_der())?;
            Some(match key_name(&algorithm).as_str() {
                "RSA" => rsa_name(key),
                other => other.to_owned(),
            })
        }
        _ => None,
    }
}

/// `RSA 1024`, from RSAPrivateKey ::= SEQUENCE { version, modulus, … } (RFC 8017 §A.1.2).
fn rsa_name(key: &[u8]) -> String {
    let modulus = || {
        let (_, key) = Any::from_der(key).ok()?;
        let (rest, _) = Integer::from_der(key.data).ok()?;
        let (_, modulus) = Any::from_der(rest).ok()?;
        Some(significant_bits(modulus.data))
    };
    modulus().map_or("RSA".into(), |bits| format!("RSA {bits}"))
}

/// `EC P-521`, from ECPrivateKey ::= SEQUENCE { version, privateKey, parameters, … } (RFC 5915 §3).
fn sec1_name(key: &[u8]) -> Option<String> {
    let (_, key) = Any::from_der(key).ok()?;
    let (rest, _) = Integer::from_der(key.data).ok()?;
    let (rest, _) = OctetString::from_der(rest).ok()?;
    let (_, tagged) = Any::from_der(rest).ok()?;
    let (_, parameters) = Any::from_der(tagged.data).ok()?;
    let ec = x509_parser::oid_registry::OID_KEY_TYPE_EC_PUBLIC_KEY;
    Some(key_name(&AlgorithmIdentifier::new(ec, Some(parameters))))
}
