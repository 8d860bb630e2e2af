//! Keys that verify, each pinned to the algorithms it fits: what a token's header says of it is only compared.

use std::fmt;

use jsonwebtoken::DecodingKey;
use serde_json::Value;

use crate::jwt::Algorithm;
use crate::jwt::Jwk;
use crate::jwt::KeyKind;
use crate::jwt::jwk::JwkFault;
use crate::jwt::jwk::looks_like_jwk;
use crate::jwt::provider;
use crate::text;
use crate::x509::FileFault;
use crate::x509::pem;
use crate::x509::pem::FileKind;

mod fault;

pub(crate) use fault::KeysFault;

/// A key that verifies.
#[derive(Clone)]
pub struct VerificationKey {
    pub kind: KeyKind,
    /// What it is pinned to; `None`: every algorithm of its kind.
    pub algorithm: Option<Algorithm>,
    /// `kid`.
    pub id: Option<String>,
    /// A shared secret shorter than this HMAC's hash: its octets.
    secret_length: usize,
    pub(super) key: DecodingKey,
}

/// The keys to verify with.
#[derive(Clone, Debug)]
pub struct Keys {
    pub keys: Vec<VerificationKey>,
    /// Those of a set that verify no token here.
    pub passed_over: Vec<PassedOver>,
    /// Several may have been given, so that a token's `kid` says which is meant.
    pub is_set: bool,
}

/// A key of a set that verifies no token here.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct PassedOver {
    /// `kid`.
    pub id: Option<String>,
    /// Counted from 1.
    pub place: usize,
    pub why: KeysFault,
}

impl Keys {
    /// One key: PEM (a public key, a certificate, a private key for its public half), a JWK, or, where
    /// `algorithm` is an HMAC, a text that is nothing else as a shared secret. `algorithm` pins it further.
    ///
    /// # Errors
    /// It is damaged, of a kind that verifies nothing here, or does not fit `algorithm`.
    pub fn from_text(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeysFault> {
        if looks_like_jwk(text) {
            return Self::from_jwk(algorithm, text);
        }
        let key = if text.contains("-----BEGIN ") {
            from_pem(algorithm, text)?
        } else {
            shared_secret(algorithm, text)?
        };
        Ok(Self::one(key.pinned(algorithm)?))
    }

    /// One JWK (RFC 7517 §4).
    ///
    /// # Errors
    /// As [`Keys::from_text`].
    pub fn from_jwk(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeysFault> {
        let value: Value = serde_json::from_str(text).map_err(|_| KeysFault::NotJson)?;
        let key = VerificationKey::from_jwk(&value)?;
        Ok(Self::one(key.pinned(algorithm)?))
    }

    /// A JWK Set (RFC 7517 §5). Keys that cannot be used are passed over.
    ///
    /// # Errors
    /// It is none, none of its keys can be used, or it mixes secrets with public keys.
    pub fn from_jwks(algorithm: Option<Algorithm>, text: &str) -> Result<Self, KeysFault> {
        let value: Value = serde_json::from_str(text).map_err(|_| KeysFault::NotJson)?;
        let list = value.get("keys").and_then(Value::as_array);
        let mut set = Self {
            keys: Vec::new(),
            passed_over: Vec::new(),
            is_set: true,
        };
        for (place, value) in list.ok_or(KeysFault::NotASet)?.iter().enumerate() {
            let read = VerificationKey::from_jwk(value).and_then(|key| key.pinned(algorithm));
            match read {
                Ok(key) => set.keys.push(key),
                Err(why) => set.passed_over.push(PassedOver {
                    id: value.get("kid").and_then(Value::as_str).map(str::to_owned),
                    place: place + 1,
                    why,
                }),
            }
        }
        let secrets = set.keys.iter().filter(|key| key.kind == KeyKind::Secret);
        match secrets.count() {
            _ if set.keys.is_empty() => Err(KeysFault::NoneUsable(set.passed_over)),
            some if some > 0 && some < set.keys.len() => Err(KeysFault::Mixed),
            _ => Ok(set),
        }
    }

    fn one(key: VerificationKey) -> Self {
        Self {
            keys: vec![key],
            passed_over: Vec::new(),
            is_set: false,
        }
    }
}

impl VerificationKey {
    fn new(kind: KeyKind, key: DecodingKey, secret_length: usize) -> Self {
        Self {
            kind,
            algorithm: None,
            id: None,
            secret_length,
            key,
        }
    }

    fn from_jwk(value: &Value) -> Result<Self, KeysFault> {
        let jwk = Jwk::read(value).map_err(KeysFault::Jwk)?;
        if !jwk.is_for("verify") {
            return Err(KeysFault::NotForVerifying);
        }
        let length = jwk.private.as_ref().map_or(0, Vec::len);
        let is_secret = jwk.kind == KeyKind::Secret;
        if is_secret && length == 0 {
            return Err(KeysFault::Empty);
        }
        if let Some(least) = jwk.algorithm.and_then(Algorithm::least_secret)
            && length < least
        {
            return Err(KeysFault::ShortSecret { length, least });
        }
        Ok(Self {
            algorithm: jwk.algorithm,
            id: jwk.id,
            ..Self::new(jwk.kind, jwk.public, if is_secret { length } else { 0 })
        })
    }

    /// The key, for this algorithm alone.
    fn pinned(mut self, algorithm: Option<Algorithm>) -> Result<Self, KeysFault> {
        let Some(asked) = algorithm else {
            return Ok(self);
        };
        if !asked.fits(self.kind) {
            return Err(match asked.fits(KeyKind::Secret) {
                true => KeysFault::KeyConfusion { algorithm: asked },
                false => KeysFault::Mismatch {
                    algorithm: asked,
                    kind: self.kind,
                },
            });
        }
        match self.algorithm {
            Some(pinned) if !pinned.is_same_as(asked) => Err(KeysFault::Pinned { asked, pinned }),
            _ => {
                self.algorithm = Some(asked);
                Ok(self)
            }
        }
    }

    /// Whether a token of this algorithm may be verified with it.
    pub fn takes(&self, algorithm: Algorithm) -> bool {
        match self.algorithm {
            Some(pinned) => pinned.is_same_as(algorithm),
            None => algorithm.fits(self.kind),
        }
    }

    /// The algorithms it takes, for messages.
    pub fn algorithms(&self) -> Vec<&'static str> {
        match self.algorithm {
            Some(pinned) => vec![pinned.name()],
            None => Algorithm::names()
                .filter(|name| Algorithm::find(name).is_ok_and(|known| known.fits(self.kind)))
                .collect(),
        }
    }

    /// Its octets and those that RFC 7518 §3.2 wants, if it is too short a secret for this algorithm.
    pub fn is_short_for(&self, algorithm: Algorithm) -> Option<(usize, usize)> {
        let least = algorithm.least_secret()?;
        (self.secret_length < least).then_some((self.secret_length, least))
    }
}

/// A secret is taken for one only where that is asked for. Whatever is published in place of a key (a JWK Set, an SSH
/// key, DER in base64, an error page) would else verify what anybody can sign with it.
fn shared_secret(algorithm: Option<Algorithm>, text: &str) -> Result<VerificationKey, KeysFault> {
    if text.is_empty() {
        return Err(KeysFault::Empty);
    }
    let json = serde_json::from_str::<Value>(text).ok();
    if json.as_ref().is_some_and(|json| json.get("keys").is_some()) {
        return Err(KeysFault::IsASet);
    }
    let is_nothing_else = match FileKind::of(text.as_bytes()) {
        FileKind::Text => true,
        // A secret may begin with a brace.
        FileKind::Json | FileKind::TokenJson | FileKind::Jwks | FileKind::OtherJson => {
            json.is_none()
        }
        _ => false,
    };
    match algorithm {
        Some(algorithm) if is_nothing_else && algorithm.fits(KeyKind::Secret) => {
            let key = DecodingKey::from_secret(text.as_bytes());
            Ok(VerificationKey::new(KeyKind::Secret, key, text.len()))
        }
        None if is_nothing_else => Err(KeysFault::SecretWithoutAlgorithm),
        _ => Err(match pem::public_key(text.as_bytes()) {
            // It says what the text is instead of a key.
            Err(fault) => KeysFault::File(fault),
            Ok(_) => KeysFault::SecretWithoutAlgorithm,
        }),
    }
}

fn from_pem(algorithm: Option<Algorithm>, text: &str) -> Result<VerificationKey, KeysFault> {
    if let Some(algorithm) = algorithm
        && algorithm.fits(KeyKind::Secret)
    {
        return Err(KeysFault::KeyConfusion { algorithm });
    }
    if text.contains("PRIVATE KEY-----") {
        return public_half(text);
    }
    let (kind, key) = match pem::public_key(text.as_bytes()).map_err(KeysFault::File)? {
        pem::PublicKey::Rsa(der) => (KeyKind::Rsa, DecodingKey::from_rsa_der(&der)),
        pem::PublicKey::P256(point) => (KeyKind::P256, DecodingKey::from_ec_der(&point)),
        pem::PublicKey::P384(point) => (KeyKind::P384, DecodingKey::from_ec_der(&point)),
        pem::PublicKey::Ed25519(point) => (KeyKind::Ed25519, DecodingKey::from_ed_der(&point)),
    };
    Ok(VerificationKey::new(kind, key, 0))
}

fn public_half(text: &str) -> Result<VerificationKey, KeysFault> {
    let key = pem::private_key(text.as_bytes(), None).map_err(KeysFault::File)?;
    let signer = pem::signer_without_certificate(&key).map_err(KeysFault::File)?;
    let kind = match &signer {
        pem::Signer::Rsa(_) => KeyKind::Rsa,
        pem::Signer::P256(_) => KeyKind::P256,
        pem::Signer::P384(_) => KeyKind::P384,
        pem::Signer::Ed25519(_) => KeyKind::Ed25519,
    };
    let public = provider::public_half(&signer)
        .map_err(|_| KeysFault::File(FileFault::UnsupportedKey { algorithm: None }))?;
    Ok(VerificationKey::new(kind, public, 0))
}

impl fmt::Debug for VerificationKey {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("VerificationKey")
            .field("kind", &self.kind)
            .field("algorithm", &self.algorithm)
            .field("id", &self.id)
            .finish_non_exhaustive()
    }
}

impl PassedOver {
    /// Whether it might have been the one that is meant, had it not been damaged.
    pub fn is_damaged(&self) -> bool {
        matches!(
            self.why,
            KeysFault::Jwk(JwkFault::Base64(_) | JwkFault::Length(_) | JwkFault::Missing(_))
        )
    }
}

impl fmt::Display for PassedOver {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match &self.id {
            Some(id) => write!(
                f,
                "key `{}`: {}",
                text::escape(&text::shorten(id, 80)),
                self.why
            ),
            None => write!(f, "key #{}: {}", self.place, self.why),
        }
    }
}

#[cfg(test)]
mod tests;
