//! A JSON Web Key (RFC 7517): what it is, what it is for, and its two halves as ring reads them.
//!
//! Values are strict base64url; a key that says what it is for is used for nothing else.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::DecodingKey;
use serde_json::Map;
use serde_json::Value;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::text;

mod private;

/// A key that was read.
#[derive(Clone)]
pub struct Jwk {
    pub kind: KeyKind,
    /// `kid`.
    pub id: Option<String>,
    /// `alg`: what the key is pinned to.
    pub algorithm: Option<Algorithm>,
    /// `use`, where it is a text.
    pub usage: Option<String>,
    /// `key_ops`, where it is a list.
    pub operations: Option<Vec<String>>,
    pub(super) public: DecodingKey,
    /// In DER; a shared secret as it is. `None`: the key has no private half.
    pub(super) private: Option<Vec<u8>>,
}

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

/// The halves of a key, before anything is said of what it is for.
struct Halves {
    kind: KeyKind,
    public: DecodingKey,
    private: Option<Vec<u8>>,
}

impl Jwk {
    /// Reads one key.
    ///
    /// # Errors
    /// It is damaged, or of a kind that is not supported here.
    pub fn read(key: &Value) -> Result<Self, JwkFault> {
        let key = key.as_object().ok_or(JwkFault::NotAnObject)?;
        let halves = match text(key, "kty")? {
            "oct" => symmetric(key)?,
            "RSA" => rsa(key)?,
            "EC" => elliptic_curve(key)?,
            "OKP" => octet_key_pair(key)?,
            other => return Err(JwkFault::Type(other.to_owned())),
        };
        let algorithm = match key.get("alg") {
            None => None,
            Some(name) => {
                let name = name.as_str().ok_or(JwkFault::Missing("alg"))?;
                Some(Algorithm::find(name).map_err(JwkFault::Algorithm)?)
            }
        };
        let kind = halves.kind;
        if let Some(algorithm) = algorithm.filter(|algorithm| !algorithm.fits(kind)) {
            return Err(JwkFault::Mismatch { algorithm, kind });
        }
        Ok(Self {
            kind,
            id: key.get("kid").and_then(Value::as_str).map(str::to_owned),
            algorithm,
            usage: key.get("use").and_then(Value::as_str).map(str::to_owned),
            operations: key.get("key_ops").and_then(Value::as_array).map(|list| {
                let texts = list.iter().filter_map(Value::as_str);
                texts.map(str::to_owned).collect()
            }),
            public: halves.public,
            private: halves.private,
        })
    }

    /// Whether `use` and `key_ops` allow this operation: `sign` or `verify` (RFC 7517 §4.2, §4.3).
    pub fn is_for(&self, operation: &str) -> bool {
        let used = self.usage.as_deref().is_none_or(|usage| usage == "sig");
        let operated = self
            .operations
            .as_ref()
            .is_none_or(|operations| operations.iter().any(|one| one == operation));
        used && operated
    }
}

/// Whether a text is a JSON object with `kty`, and thus means to be a key.
pub fn looks_like_jwk(text: &str) -> bool {
    text.trim_start().starts_with('{')
        && serde_json::from_str::<Value>(text).is_ok_and(|value| value.get("kty").is_some())
}

/// RFC 7518 §6.4.
fn symmetric(key: &Map<String, Value>) -> Result<Halves, JwkFault> {
    let secret = octets(key, "k")?;
    Ok(Halves {
        kind: KeyKind::Secret,
        public: DecodingKey::from_secret(&secret),
        private: Some(secret),
    })
}

/// RFC 7518 §6.3.
fn rsa(key: &Map<String, Value>) -> Result<Halves, JwkFault> {
    let modulus = octets(key, "n")?;
    let exponent = octets(key, "e")?;
    let bits = significant_bits(&modulus);
    if !(2048..=8192).contains(&bits) {
        return Err(JwkFault::Size(bits));
    }
    Ok(Halves {
        kind: KeyKind::Rsa,
        private: private::rsa(key, &modulus, &exponent)?,
        public: DecodingKey::from_rsa_raw_components(
            without_leading_zeros(&modulus),
            without_leading_zeros(&exponent),
        ),
    })
}

/// RFC 7518 §6.2.
fn elliptic_curve(key: &Map<String, Value>) -> Result<Halves, JwkFault> {
    let (kind, size) = match text(key, "crv")? {
        "P-256" => (KeyKind::P256, 32),
        "P-384" => (KeyKind::P384, 48),
        other => return Err(JwkFault::Curve(other.to_owned())),
    };
    // SEC 1 §2.3.3: 04, then x and y, each as long as the field.
    let point = [vec![4], exactly(key, "x", size)?, exactly(key, "y", size)?].concat();
    Ok(Halves {
        kind,
        private: private::elliptic_curve(key, kind, size, &point)?,
        public: DecodingKey::from_ec_der(&point),
    })
}

/// RFC 8037 §2.
fn octet_key_pair(key: &Map<String, Value>) -> Result<Halves, JwkFault> {
    match text(key, "crv")? {
        "Ed25519" => {}
        other => return Err(JwkFault::Curve(other.to_owned())),
    }
    let point = exactly(key, "x", 32)?;
    Ok(Halves {
        kind: KeyKind::Ed25519,
        private: private::ed25519(key)?,
        public: DecodingKey::from_ed_der(&point),
    })
}

fn text<'a>(key: &'a Map<String, Value>, member: &'static str) -> Result<&'a str, JwkFault> {
    key.get(member)
        .and_then(Value::as_str)
        .ok_or(JwkFault::Missing(member))
}

fn octets(key: &Map<String, Value>, member: &'static str) -> Result<Vec<u8>, JwkFault> {
    URL_SAFE_NO_PAD
        .decode(text(key, member)?)
        .map_err(|_| JwkFault::Base64(member))
}

fn exactly(
    key: &Map<String, Value>,
    member: &'static str,
    length: usize,
) -> Result<Vec<u8>, JwkFault> {
    let octets = octets(key, member)?;
    if octets.len() == length {
        Ok(octets)
    } else {
        Err(JwkFault::Length(member))
    }
}

fn without_leading_zeros(octets: &[u8]) -> &[u8] {
    let zeros = octets.iter().take_while(|octet| **octet == 0).count();
    &octets[zeros..]
}

fn significant_bits(octets: &[u8]) -> usize {
    let octets = without_leading_zeros(octets);
    octets
        .first()
        .map_or(0, |first| octets.len() * 8 - first.leading_zeros() as usize)
}

impl fmt::Debug for Jwk {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Jwk")
            .field("kind", &self.kind)
            .field("id", &self.id)
            .field("algorithm", &self.algorithm)
            .finish_non_exhaustive()
    }
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

#[cfg(test)]
mod tests;
