//! Signing: a key is read once, and refused where it is read.

use jsonwebtoken::Algorithm;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::JwtSigner;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::errors::Result;
use jsonwebtoken::errors::new_error;
use jsonwebtoken::signature::Error;
use jsonwebtoken::signature::Signer;
use ring::hmac;
use ring::rand::SystemRandom;
use ring::signature;
use ring::signature::EcdsaKeyPair;
use ring::signature::EcdsaSigningAlgorithm;
use ring::signature::Ed25519KeyPair;
use ring::signature::RsaEncoding;
use ring::signature::RsaKeyPair;

struct RingSigner {
    algorithm: Algorithm,
    key: Key,
}

enum Key {
    Hmac(hmac::Key),
    Rsa(Box<RsaKeyPair>, &'static dyn RsaEncoding),
    Ecdsa(EcdsaKeyPair),
    Ed25519(Ed25519KeyPair),
}

/// A signer for `algorithm`. The key must be of the algorithm's family: that is checked here too, so
/// that a public key never serves as an HMAC secret.
pub(super) fn signer(algorithm: &Algorithm, key: &EncodingKey) -> Result<Box<dyn JwtSigner>> {
    if key.family() != algorithm.family() {
        return Err(new_error(ErrorKind::InvalidKeyFormat));
    }
    let bytes = key.as_bytes();
    let key = match algorithm {
        Algorithm::HS256 => Key::Hmac(hmac::Key::new(hmac::HMAC_SHA256, bytes)),
        Algorithm::HS384 => Key::Hmac(hmac::Key::new(hmac::HMAC_SHA384, bytes)),
        Algorithm::HS512 => Key::Hmac(hmac::Key::new(hmac::HMAC_SHA512, bytes)),
        Algorithm::RS256 => rsa(bytes, &signature::RSA_PKCS1_SHA256)?,
        Algorithm::RS384 => rsa(bytes, &signature::RSA_PKCS1_SHA384)?,
        Algorithm::RS512 => rsa(bytes, &signature::RSA_PKCS1_SHA512)?,
        Algorithm::PS256 => rsa(bytes, &signature::RSA_PSS_SHA256)?,
        Algorithm::PS384 => rsa(bytes, &signature::RSA_PSS_SHA384)?,
        Algorithm::PS512 => rsa(bytes, &signature::RSA_PSS_SHA512)?,
        Algorithm::ES256 => ecdsa(bytes, &signature::ECDSA_P256_SHA256_FIXED_SIGNING)?,
        Algorithm::ES384 => ecdsa(bytes, &signature::ECDSA_P384_SHA384_FIXED_SIGNING)?,
        Algorithm::EdDSA => Key::Ed25519(super::key_utils::ed25519(bytes)?),
        other => return Err(super::key_utils::unsupported(*other)),
    };
    Ok(Box::new(RingSigner {
        algorithm: *algorithm,
        key,
    }))
}

fn rsa(bytes: &[u8], encoding: &'static dyn RsaEncoding) -> Result<Key> {
    let pair = super::key_utils::rsa(bytes)?;
    Ok(Key::Rsa(Box::new(pair), encoding))
}

fn ecdsa(bytes: &[u8], algorithm: &'static EcdsaSigningAlgorithm) -> Result<Key> {
    super::key_utils::ecdsa(bytes, algorithm).map(Key::Ecdsa)
}

impl Signer<Vec<u8>> for RingSigner {
    fn try_sign(&self, message: &[u8]) -> std::result::Result<Vec<u8>, Error> {
        // ring's errors say nothing on purpose, and are no `std::error::Error` to keep as a source.
        let random = SystemRandom::new();
        match &self.key {
            Key::Hmac(key) => Ok(hmac::sign(key, message).as_ref().to_vec()),
            Key::Rsa(pair, encoding) => {
                let mut signature = vec![0; pair.public().modulus_len()];
                pair.sign(*encoding, &random, message, &mut signature)
                    .map_err(|_| Error::new())?;
                Ok(signature)
            }
            Key::Ecdsa(pair) => pair
                .sign(&random, message)
                .map(|signature| signature.as_ref().to_vec())
                .map_err(|_| Error::new()),
            Key::Ed25519(pair) => Ok(pair.sign(message).as_ref().to_vec()),
        }
    }
}

impl JwtSigner for RingSigner {
    fn algorithm(&self) -> Algorithm {
        self.algorithm
    }
}
