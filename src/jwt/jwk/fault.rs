//! Why a JSON value is no key.

use thiserror::Error;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::text;

/// Why a JSON value is no key that can be used here. Values are never repeated: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum JwkFault {
    #[error("it is no JSON object")]
    NotAnObject,
    /// A member that the type of key needs is missing, or is no text.
    #[error("its `{0}` is missing, or no text")]
    Missing(&'static str),
    /// Not base64url without padding (RFC 7515 §2).
    #[error("its `{0}` is not base64url without padding")]
    Base64(&'static str),
    /// Not as many octets as the curve needs (RFC 7518 §6.2.1.2).
    #[error("its `{0}` has not the length that its curve wants")]
    Length(&'static str),
    /// `kty` that is not supported here.
    #[error("keys of type `{}` are not supported here (oct, RSA, EC, OKP are)", shown(.0))]
    Type(String),
    /// `crv` that is not supported here.
    #[error("the curve {} is not supported here (P-256, P-384, Ed25519 are)", shown(.0))]
    Curve(String),
    #[error("its `alg`: {0}")]
    Algorithm(NoAlgorithm),
    /// `alg` is of another family than the key.
    #[error("its `alg` is {algorithm}, but it is {kind}")]
    Mismatch { algorithm: Algorithm, kind: KeyKind },
    /// An RSA modulus shorter than 2048 bits, or longer than 8192; its bits.
    #[error("an RSA key of {0} bits is not supported here (2048 to 8192 are)")]
    Size(usize),
}

fn shown(name: &str) -> String {
    text::escape(&text::shorten(name, 40)).into_owned()
}
