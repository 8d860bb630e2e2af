//! A JSON Web Key (RFC 7517): what it is, what it is for, and its two halves as ring reads them.
//!
//! Values are strict base64url; a key that says what it is for is used for nothing else.

use std::fmt;

use jsonwebtoken::DecodingKey;
use serde_json::Map;
use serde_json::Value;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::jwk::members::exactly;
use crate::jwt::jwk::members::octets;
use crate::jwt::jwk::members::text;

mod fault;
mod members;
mod private;

pub(crate) use fault::JwkFault;

/// A key that was read.
#[derive(Clone)]
pub(crate) struct Jwk {
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
    pub(crate) fn read(key: &Value) -> Result<Self, JwkFault> {
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
    pub(crate) fn is_for(&self, operation: &str) -> bool {
        let used = self.usage.as_deref().is_none_or(|usage| usage == "sig");
        let operated = self
            .operations
            .as_ref()
            .is_none_or(|operations| operations.iter().any(|one| one == operation));
        used && operated
    }
}

/// Whether a text is a JSON object with `kty`, and thus means to be a key.
pub(crate) fn looks_like_jwk(text: &str) -> bool {
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

#[cfg(test)]
mod tests;
