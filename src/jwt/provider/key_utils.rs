//! Private keys as ring reads them, and their public halves for JWKs.

use jsonwebtoken::Algorithm;
use jsonwebtoken::crypto::KeyUtils;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::errors::Result;
use jsonwebtoken::errors::new_error;
use jsonwebtoken::jwk::EllipticCurve;
use jsonwebtoken::jwk::ThumbprintHash;
use ring::digest;
use ring::rand::SystemRandom;
use ring::signature;
use ring::signature::EcdsaKeyPair;
use ring::signature::EcdsaSigningAlgorithm;
use ring::signature::Ed25519KeyPair;
use ring::signature::KeyPair as _;
use ring::signature::RsaKeyPair;
use ring::signature::RsaPublicKeyComponents;

pub(super) const KEY_UTILS: KeyUtils = KeyUtils {
    rsa_pub_components_from_private_key: |der| {
        let components: RsaPublicKeyComponents<Vec<u8>> = rsa(der)?.public().into();
        Ok((components.n, components.e))
    },
    // ring verifies with an RSA public key but does not show its numbers.
    rsa_pub_components_from_public_key: |_| {
        Err(new_error(ErrorKind::InvalidRsaKey(
            "the numbers of a public key in DER cannot be read".into(),
        )))
    },
    ec_pub_components_from_private_key: ec_components,
    ed_pub_components_from_private_key: |der, curve| match curve {
        EllipticCurve::Ed25519 => Ok(ed25519(der)?.public_key().as_ref().to_vec()),
        _ => Err(new_error(ErrorKind::UnsupportedAlgorithm)),
    },
    compute_digest: |data, hash| {
        let algorithm = match hash {
            ThumbprintHash::SHA256 => &digest::SHA256,
            ThumbprintHash::SHA384 => &digest::SHA384,
            ThumbprintHash::SHA512 => &digest::SHA512,
            _ => return Err(new_error(ErrorKind::UnsupportedAlgorithm)),
        };
        Ok(digest::digest(algorithm, data).as_ref().to_vec())
    },
};

/// An RSA key in PKCS#8 or PKCS#1, of 2048 bits or more.
pub(super) fn rsa(der: &[u8]) -> Result<RsaKeyPair> {
    // A PKCS#1 key fails as PKCS#8 with a parsing error; a key refused for its size fails in both.
    RsaKeyPair::from_pkcs8(der)
        .or_else(|_| RsaKeyPair::from_der(der))
        .map_err(|rejected| new_error(ErrorKind::InvalidRsaKey(rejected.to_string())))
}

/// An EC key in PKCS#8 that holds its public key too, as ring wants it.
pub(super) fn ecdsa(der: &[u8], algorithm: &'static EcdsaSigningAlgorithm) -> Result<EcdsaKeyPair> {
    EcdsaKeyPair::from_pkcs8(algorithm, der, &SystemRandom::new())
        .map_err(|_| new_error(ErrorKind::InvalidEcdsaKey))
}

/// An Ed25519 key in PKCS#8, with its public key (version 2) or without (version 1, as OpenSSL writes it).
pub(super) fn ed25519(der: &[u8]) -> Result<Ed25519KeyPair> {
    Ed25519KeyPair::from_pkcs8_maybe_unchecked(der)
        .map_err(|_| new_error(ErrorKind::InvalidEddsaKey))
}

fn ec_components(der: &[u8], algorithm: Algorithm) -> Result<(EllipticCurve, Vec<u8>, Vec<u8>)> {
    let (curve, signing, size) = match algorithm {
        Algorithm::ES256 => (
            EllipticCurve::P256,
            &signature::ECDSA_P256_SHA256_FIXED_SIGNING,
            32,
        ),
        Algorithm::ES384 => (
            EllipticCurve::P384,
            &signature::ECDSA_P384_SHA384_FIXED_SIGNING,
            48,
        ),
        other => return Err(unsupported(other)),
    };
    let pair = ecdsa(der, signing)?;
    // SEC 1 §2.3.3: 04, then x and y, each as long as the field.
    let point = pair.public_key().as_ref();
    let (x, y) = point
        .strip_prefix(&[4])
        .and_then(|coordinates| coordinates.split_at_checked(size))
        .ok_or_else(|| new_error(ErrorKind::InvalidEcdsaKey))?;
    Ok((curve, x.to_vec(), y.to_vec()))
}

pub(super) fn unsupported(_: Algorithm) -> jsonwebtoken::errors::Error {
    new_error(ErrorKind::UnsupportedAlgorithm)
}
