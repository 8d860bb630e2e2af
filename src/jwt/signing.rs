//! Signing JWTs: a key is read and refused once, and what is signed is exactly what is given.

use std::fmt;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use jsonwebtoken::EncodingKey;
use serde_json::Map;
use serde_json::Value;

use crate::jwt::Algorithm;
use crate::jwt::Jwk;
use crate::jwt::KeyKind;
use crate::jwt::jwk::looks_like_jwk;
use crate::jwt::provider;
use crate::secret::Secret;
use crate::x509::pem;

mod fault;

pub(crate) use fault::KeyFault;

/// A key with the algorithm that it signs with.
#[derive(Clone)]
pub(crate) struct SigningKey {
    algorithm: Algorithm,
    key: EncodingKey,
    id: Option<String>,
    weakness: Option<Weakness>,
}

/// What is wrong with a key that signs all the same.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Weakness {
    /// A shared secret shorter than the hash (RFC 7518 §3.2); both in octets.
    ShortSecret { length: usize, least: usize },
    /// A public key serves as a shared secret: what a key confusion attack sends, and nobody else.
    PublicKeyAsSecret,
}

impl SigningKey {
    /// Reads a key: PEM (PKCS#8, PKCS#1, SEC1), a private JWK (RFC 7517), or, for an HMAC, the octets of
    /// any other text. Without `algorithm`, a JWK's own `alg` holds, else the usual one for the kind of key:
    /// HS256, RS256, ES256, ES384 or EdDSA.
    ///
    /// # Errors
    /// The algorithm is unknown or not for such a key, or the key cannot be read; the fault says what it is
    /// instead, and how to fix it.
    pub(crate) fn read(algorithm: Option<&str>, key: &Secret) -> Result<Self, KeyFault> {
        let algorithm = algorithm
            .map(Algorithm::find)
            .transpose()
            .map_err(KeyFault::Algorithm)?;
        let text = key.expose();
        let is_secret = algorithm.is_some_and(|algorithm| algorithm.fits(KeyKind::Secret));
        if looks_like_jwk(text) {
            Self::from_jwk(algorithm, text)
        } else if is_secret || (algorithm.is_none() && !text.contains("-----BEGIN ")) {
            Self::from_secret(algorithm, text)
        } else {
            Self::from_pem(algorithm, text)
        }
    }

    fn from_jwk(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeyFault> {
        let value = serde_json::from_str(text).expect("it was read before, to see what it is");
        let jwk = Jwk::read(&value).map_err(KeyFault::Jwk)?;
        if !jwk.is_for("sign") {
            return Err(KeyFault::NotForSigning);
        }
        let private = jwk.private.as_deref().ok_or(KeyFault::NoPrivateHalf)?;
        if let (Some(asked), Some(pinned)) = (algorithm, jwk.algorithm)
            && !asked.is_same_as(pinned)
        {
            return Err(KeyFault::Pinned { asked, pinned });
        }
        let key = encoding_key(jwk.kind, private);
        let mut read = Self::new(algorithm.or(jwk.algorithm), jwk.kind, key)?;
        read.weakness = weakness_of(read.algorithm, private);
        read.id = jwk.id;
        Ok(read)
    }

    fn from_secret(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeyFault> {
        if text.contains("PRIVATE KEY-----") {
            let algorithm = algorithm.unwrap_or(Algorithm::default_of(KeyKind::Secret));
            return Err(KeyFault::PrivateKeyAsSecret { algorithm });
        }
        if text.is_empty() {
            return Err(KeyFault::Empty);
        }
        let key = encoding_key(KeyKind::Secret, text.as_bytes());
        let mut read = Self::new(algorithm, KeyKind::Secret, key)?;
        read.weakness = weakness_of(read.algorithm, text.as_bytes());
        Ok(read)
    }

    fn from_pem(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeyFault> {
        let key = pem::private_key(text.as_bytes(), None).map_err(KeyFault::File)?;
        let signer = pem::signer_without_certificate(&key).map_err(KeyFault::File)?;
        let (kind, der) = match &signer {
            pem::Signer::Rsa(der) => (KeyKind::Rsa, der),
            pem::Signer::P256(der) => (KeyKind::P256, der),
            pem::Signer::P384(der) => (KeyKind::P384, der),
            pem::Signer::Ed25519(der) => (KeyKind::Ed25519, der),
        };
        Self::new(algorithm, kind, encoding_key(kind, der))
    }

    fn new(
        algorithm: Option<Algorithm>,
        kind: KeyKind,
        key: EncodingKey,
    ) -> Result<Self, KeyFault> {
        let algorithm = algorithm.unwrap_or(Algorithm::default_of(kind));
        if !algorithm.fits(kind) {
            return Err(KeyFault::Mismatch { algorithm, kind });
        }
        // Read once to see whether it can be; ring's keys cannot be shared between threads as they are.
        provider::sign(algorithm.ring, &key, b"").map_err(|_| KeyFault::Rejected { kind })?;
        Ok(Self {
            algorithm,
            key,
            id: None,
            weakness: None,
        })
    }

    /// The name of its algorithm, as it will stand in `alg`.
    pub(crate) fn algorithm(&self) -> &str {
        self.algorithm.name()
    }

    /// `kid` of the JWK that it was read from.
    pub(crate) fn id(&self) -> Option<&str> {
        self.id.as_deref()
    }

    /// What is wrong with it, although it signs.
    pub(crate) fn weakness(&self) -> Option<Weakness> {
        self.weakness
    }

    /// A JWT in JWS compact serialization (RFC 7515 §7.1). `alg` is the key's, whatever `header` says; `typ` is
    /// `JWT` unless it says another; the key's own `kid` is put where there is none.
    pub(crate) fn sign(&self, header: Map<String, Value>, claims: &Map<String, Value>) -> String {
        let header = complete(header, self.algorithm.name(), self.id());
        let message = format!("{}.{}", part(&header), part(claims));
        let signature = provider::sign(self.algorithm.ring, &self.key, message.as_bytes())
            .expect("a key that signed when it was read signs again");
        format!("{message}.{}", URL_SAFE_NO_PAD.encode(signature))
    }
}

/// A JWT of algorithm `none` (RFC 7519 §6): for trying whether a server takes one.
pub(crate) fn unsigned(header: Map<String, Value>, claims: &Map<String, Value>) -> String {
    let header = complete(header, "none", None);
    format!("{}.{}.", part(&header), part(claims))
}

/// `alg`, `typ` and `kid` in front, then what else was given.
pub(crate) fn complete(
    given: Map<String, Value>,
    algorithm: &str,
    id: Option<&str>,
) -> Map<String, Value> {
    let mut header = Map::new();
    header.insert("alg".into(), algorithm.into());
    header.insert("typ".into(), "JWT".into());
    if let Some(id) = id {
        header.insert("kid".into(), id.into());
    }
    for (name, value) in given {
        if name != "alg" {
            header.insert(name, value);
        }
    }
    header
}

fn part(object: &Map<String, Value>) -> String {
    let json = serde_json::to_vec(object).expect("a JSON value is written into memory");
    URL_SAFE_NO_PAD.encode(json)
}

fn encoding_key(kind: KeyKind, octets: &[u8]) -> EncodingKey {
    match kind {
        KeyKind::Secret => EncodingKey::from_secret(octets),
        KeyKind::Rsa => EncodingKey::from_rsa_der(octets),
        KeyKind::P256 | KeyKind::P384 => EncodingKey::from_ec_der(octets),
        KeyKind::Ed25519 => EncodingKey::from_ed_der(octets),
    }
}

fn weakness_of(algorithm: Algorithm, secret: &[u8]) -> Option<Weakness> {
    let least = algorithm.least_secret()?;
    if secret.starts_with(b"-----BEGIN ") {
        return Some(Weakness::PublicKeyAsSecret);
    }
    let length = secret.len();
    (length < least).then_some(Weakness::ShortSecret { length, least })
}

impl fmt::Debug for SigningKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("SigningKey")
            .field("algorithm", &self.algorithm)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl fmt::Display for Weakness {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::ShortSecret { length, least } => write!(
                f,
                "the secret has {length} bytes; RFC 7518 §3.2 wants {least}, and many libraries refuse less"
            ),
            Self::PublicKeyAsSecret => f.write_str(
                "the secret is a public key: a server that accepts such a token falls for key confusion",
            ),
        }
    }
}

#[cfg(test)]
mod tests;
