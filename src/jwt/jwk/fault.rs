//! Why a JSON value is no key.

use std::fmt;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::text;

/// Why a JSON value is no key that can be used here. Values are never repeated: they may be secret.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum JwkFault {
    NotAnObject,
    /// A member that the type of key needs is missing, or is no text.
    Missing(&'static str),
    /// Not base64url without padding (RFC 7515 §2).
    Base64(&'static str),
    /// Not as many octets as the curve needs (RFC 7518 §6.2.1.2).
    Length(&'static str),
    /// `kty` that is not supported here.
    Type(String),
    /// `crv` that is not supported here.
    Curve(String),
    Algorithm(NoAlgorithm),
    /// `alg` is of another family than the key.
    Mismatch {
        algorithm: Algorithm,
        kind: KeyKind,
    },
    /// An RSA modulus shorter than 2048 bits, or longer than 8192; its bits.
    Size(usize),
}

impl fmt::Display for JwkFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        let shown = |name: &str| text::escape(&text::shorten(name, 40)).into_owned();
        match self {
            Self::NotAnObject => f.write_str("it is no JSON object"),
            Self::Missing(member) => write!(f, "its `{member}` is missing, or no text"),
            Self::Base64(member) => write!(f, "its `{member}` is not base64url without padding"),
            Self::Length(member) => {
                write!(f, "its `{member}` has not the length that its curve wants")
            }
            Self::Type(name) => write!(
                f,
                "keys of type `{}` are not supported here (oct, RSA, EC, OKP are)",
                shown(name)
            ),
            Self::Curve(name) => write!(
                f,
                "the curve {} is not supported here (P-256, P-384, Ed25519 are)",
                shown(name)
            ),
            Self::Algorithm(why) => write!(f, "its `alg`: {why}"),
            Self::Mismatch { algorithm, kind } => {
                write!(f, "its `alg` is {algorithm}, but it is {kind}")
            }
            Self::Size(bits) => write!(
                f,
                "an RSA key of {bits} bits is not supported here (2048 to 8192 are)"
            ),
        }
    }
}

impl std::error::Error for JwkFault {}
