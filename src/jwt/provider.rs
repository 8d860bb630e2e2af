//! ring behind the JWT library: sign and verify, and nothing that panics.
//!
//! ES512 and ES256K do not exist in ring; the library has no name for them either, so a caller that
//! meets them says "unsupported", never "bad signature".

use std::sync::Once;

use jsonwebtoken::Algorithm;
use jsonwebtoken::DecodingKey;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::CryptoProvider;
use jsonwebtoken::errors::Error;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::errors::new_error;
use jsonwebtoken::jwk::EllipticCurve;

use crate::x509::pem::Signer;

mod key_utils;
mod sign;
mod verify;

static PROVIDER: CryptoProvider = CryptoProvider {
    signer_factory: sign::signer,
    verifier_factory: verify::verifier,
    key_utils: key_utils::KEY_UTILS,
};

/// Makes ring the process's provider for signing and verifying JWTs. To be called before the first use
/// of either; every call after the first does nothing.
pub(crate) fn install() {
    static ONCE: Once = Once::new();
    ONCE.call_once(|| {
        // An `Err` holds the provider that is there already. Only ours is ever installed.
        let _ = PROVIDER.install_default();
    });
}

/// Signs with ring itself, whatever provider the process has.
pub(super) fn sign(
    algorithm: Algorithm,
    key: &EncodingKey,
    message: &[u8],
) -> Result<Vec<u8>, Error> {
    let signer = sign::signer(&algorithm, key)?;
    signer
        .try_sign(message)
        .map_err(|_| new_error(ErrorKind::InvalidKeyFormat))
}

/// Whether `signature` is one of `message`; never for a key of another family.
pub(super) fn verify(
    algorithm: Algorithm,
    key: &DecodingKey,
    message: &[u8],
    signature: &Vec<u8>,
) -> bool {
    verify::verifier(&algorithm, key)
        .is_ok_and(|verifier| verifier.verify(message, signature).is_ok())
}

/// The public half of a private key.
pub(super) fn public_half(key: &Signer) -> Result<DecodingKey, Error> {
    let utils = &PROVIDER.key_utils;
    let point = |(_, x, y): (_, Vec<u8>, Vec<u8>)| [vec![4], x, y].concat();
    Ok(match key {
        Signer::Rsa(der) => {
            let (n, e) = (utils.rsa_pub_components_from_private_key)(der)?;
            DecodingKey::from_rsa_raw_components(&n, &e)
        }
        Signer::P256(der) => {
            let halves = (utils.ec_pub_components_from_private_key)(der, Algorithm::ES256)?;
            DecodingKey::from_ec_der(&point(halves))
        }
        Signer::P384(der) => {
            let halves = (utils.ec_pub_components_from_private_key)(der, Algorithm::ES384)?;
            DecodingKey::from_ec_der(&point(halves))
        }
        Signer::Ed25519(der) => DecodingKey::from_ed_der(&(utils
            .ed_pub_components_from_private_key)(
            der, &EllipticCurve::Ed25519
        )?),
    })
}

#[cfg(test)]
mod tests;
