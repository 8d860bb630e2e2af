//! ring behind the JWT library: sign and verify, and nothing that panics.
//!
//! ES512 and ES256K do not exist in ring; the library has no name for them either, so a caller that
//! meets them says "unsupported", never "bad signature".

use std::sync::Once;

use jsonwebtoken::Algorithm;
use jsonwebtoken::EncodingKey;
use jsonwebtoken::crypto::CryptoProvider;
use jsonwebtoken::errors::Error;
use jsonwebtoken::errors::ErrorKind;
use jsonwebtoken::errors::new_error;

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
pub fn install() {
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

fn unsupported(_: Algorithm) -> Error {
    new_error(ErrorKind::UnsupportedAlgorithm)
}

#[cfg(test)]
mod tests;
