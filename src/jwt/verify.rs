//! Whether a token was signed by one of the keys at hand. The key says how; the header is only compared.
//!
//! `jku`, `jwk`, `x5u` and `x5c` of the header are never looked at: they are the token's own word for itself.

use std::fmt;

use serde_json::Value;
use thiserror::Error;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::jwt::jws::Jws;
use crate::jwt::keys::Keys;
use crate::jwt::keys::VerificationKey;
use crate::jwt::provider;
use crate::text::escape;
use crate::text::shorten;

/// The signature is good.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Verified {
    pub algorithm: &'static str,
    pub key: KeyKind,
    /// The key's own `kid`.
    pub key_id: Option<String>,
    /// What is odd all the same.
    pub doubts: Vec<Doubt>,
}

/// What other verifiers refuse, or should.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Doubt {
    /// The token names no key, and the set has several: they were tried in turn.
    NoKeyId { keys: usize },
    /// Its shared secret is shorter than the hash; both in octets.
    ShortSecret { length: usize, least: usize },
    /// One key was given, and it has another `kid` than the token names.
    OtherKeyId { token: String, key: String },
}

/// Why the signature is not accepted.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum Refused {
    /// `alg` is none, in any case.
    #[error("the token is not signed (alg {}): anybody can write such a one", quoted(.named))]
    Unsigned { named: String },
    /// There is an algorithm, and no signature.
    #[error("the signature is empty")]
    NoSignature,
    /// `alg` is missing, or no text (RFC 7515 §4.1.1).
    #[error("the header has no alg, or one that is no text")]
    NoAlgorithm,
    #[error("the token's alg: {0}; whether its signature is good is not known")]
    Algorithm(NoAlgorithm),
    /// `crit` names extensions that must be understood (RFC 7515 §4.1.11), or is malformed.
    #[error("{}", critical(.0))]
    Critical(Vec<String>),
    /// The token says HMAC, and the key is a public one.
    #[error(
        "the token says {named}, which a shared secret signs, and the key is {key}: a server that follows the header takes the public key for the secret (key confusion)"
    )]
    KeyConfusion { named: &'static str, key: KeyKind },
    /// No key is for the algorithm that the token names.
    #[error("the token says {named}, and the key is for {}", .taken.join(", "))]
    OtherAlgorithm {
        named: &'static str,
        taken: Vec<&'static str>,
    },
    /// No key of the set has the token's `kid`.
    #[error("no key has the token's kid {}; there are {}", quoted(.id), listed(.known))]
    UnknownKeyId { id: String, known: Vec<String> },
    /// Several keys of the set have the token's `kid`, and fit.
    #[error("{keys} keys of the set have the token's kid {}: which is meant cannot be told", quoted(.id))]
    Ambiguous { id: String, keys: usize },
    /// The signature is not that of the key, or of any of these many keys.
    #[error("the {algorithm} signature is not that of {} over this token", which(*.keys))]
    Signature {
        algorithm: &'static str,
        keys: usize,
    },
}

/// Verifies `jws` with `keys`.
///
/// # Errors
/// The first reason why not: the header, then the choice of the key, then the signature.
pub fn verify(jws: &Jws<'_>, keys: &Keys) -> Result<Verified, Refused> {
    let algorithm = algorithm(jws)?;
    let id = jws.header.get("kid").and_then(Value::as_str);
    let named = named(keys, id)?;
    let fitting: Vec<&VerificationKey> = named
        .iter()
        .copied()
        .filter(|key| key.takes(algorithm))
        .collect();
    if fitting.is_empty() {
        return Err(no_fit(algorithm, &named));
    }
    if let Some(id) = id.filter(|_| keys.is_set) {
        let damaged = keys.passed_over.iter();
        let damaged = damaged.filter(|key| key.is_damaged() && key.id.as_deref() == Some(id));
        let meant = fitting.iter().filter(|key| key.id.is_some()).count() + damaged.count();
        if meant > 1 {
            return Err(Refused::Ambiguous {
                id: id.to_owned(),
                keys: meant,
            });
        }
    }
    let message = jws.message.as_bytes();
    fitting
        .iter()
        .find(|key| provider::verify(algorithm.ring, &key.key, message, &jws.signature))
        .map(|key| Verified {
            algorithm: algorithm.name(),
            key: key.kind,
            key_id: key.id.clone(),
            doubts: doubts(keys, key, id, algorithm, fitting.len()),
        })
        .ok_or(Refused::Signature {
            algorithm: algorithm.name(),
            keys: fitting.len(),
        })
}

/// The header's algorithm, if the header is one that can be verified at all.
fn algorithm(jws: &Jws<'_>) -> Result<Algorithm, Refused> {
    let named = jws.header.get("alg").and_then(Value::as_str);
    let named = named.ok_or(Refused::NoAlgorithm)?;
    let algorithm = Algorithm::find(named).map_err(|why| match why {
        NoAlgorithm::Unsigned => Refused::Unsigned {
            named: named.to_owned(),
        },
        other => Refused::Algorithm(other),
    })?;
    if let Some(critical) = jws.header.get("crit") {
        let names = critical.as_array().map(Vec::as_slice).unwrap_or_default();
        let names = names.iter().filter_map(Value::as_str);
        return Err(Refused::Critical(names.map(str::to_owned).collect()));
    }
    if jws.signature.is_empty() {
        return Err(Refused::NoSignature);
    }
    Ok(algorithm)
}

/// The keys of a set that the token's `kid` means; all of them, if none of the two has one to compare.
fn named<'a>(keys: &'a Keys, id: Option<&str>) -> Result<Vec<&'a VerificationKey>, Refused> {
    let all: Vec<&VerificationKey> = keys.keys.iter().collect();
    let Some(id) = id.filter(|_| keys.is_set && all.iter().any(|key| key.id.is_some())) else {
        return Ok(all);
    };
    let named: Vec<&VerificationKey> = all
        .iter()
        .copied()
        .filter(|key| key.id.as_deref() == Some(id))
        .collect();
    if named.is_empty() {
        return Err(Refused::UnknownKeyId {
            id: id.to_owned(),
            known: all.iter().filter_map(|key| key.id.clone()).collect(),
        });
    }
    Ok(named)
}

fn no_fit(algorithm: Algorithm, keys: &[&VerificationKey]) -> Refused {
    match keys.iter().find(|key| key.kind != KeyKind::Secret) {
        Some(public) if algorithm.fits(KeyKind::Secret) => Refused::KeyConfusion {
            named: algorithm.name(),
            key: public.kind,
        },
        _ => {
            let mut taken: Vec<&str> = keys.iter().flat_map(|key| key.algorithms()).collect();
            taken.dedup();
            Refused::OtherAlgorithm {
                named: algorithm.name(),
                taken,
            }
        }
    }
}

fn doubts(
    keys: &Keys,
    key: &VerificationKey,
    id: Option<&str>,
    algorithm: Algorithm,
    tried: usize,
) -> Vec<Doubt> {
    let mut doubts = Vec::new();
    if let Some((length, least)) = key.is_short_for(algorithm) {
        doubts.push(Doubt::ShortSecret { length, least });
    }
    match (id, key.id.as_deref()) {
        (None, _) if tried > 1 => doubts.push(Doubt::NoKeyId { keys: tried }),
        (Some(token), Some(own)) if !keys.is_set && token != own => {
            doubts.push(Doubt::OtherKeyId {
                token: token.to_owned(),
                key: own.to_owned(),
            });
        }
        _ => {}
    }
    doubts
}

impl Refused {
    /// One word for programs.
    pub fn reason(&self) -> &'static str {
        match self {
            Self::Unsigned { .. } => "unsigned",
            Self::NoSignature => "no_signature",
            Self::NoAlgorithm => "no_algorithm",
            Self::Algorithm(_) => "unsupported_algorithm",
            Self::Critical(_) => "critical_extension",
            Self::KeyConfusion { .. } => "key_confusion",
            Self::OtherAlgorithm { .. } => "other_algorithm",
            Self::UnknownKeyId { .. } => "unknown_key_id",
            Self::Ambiguous { .. } => "ambiguous_key_id",
            Self::Signature { .. } => "signature",
        }
    }
}

/// A text of the token's, safe and short.
fn critical(names: &[String]) -> String {
    match names {
        [] => "the header has a crit that is not a list of names".to_owned(),
        names => format!(
            "the header asks for extensions that are not understood here (crit: {})",
            listed(names)
        ),
    }
}

fn which(keys: usize) -> String {
    match keys {
        1 => "this key".to_owned(),
        keys => format!("any of {keys} keys"),
    }
}

fn quoted(text: &str) -> String {
    format!("`{}`", escape(&shorten(text, 80)))
}

fn listed(texts: &[String]) -> String {
    let shown: Vec<String> = texts.iter().take(8).map(|text| quoted(text)).collect();
    let more = if texts.len() > 8 { ", …" } else { "" };
    format!("{}{more}", shown.join(", "))
}

impl fmt::Display for Doubt {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::NoKeyId { keys } => write!(
                f,
                "the token has no kid, and {keys} keys fit it: they were tried in turn, which many servers do not"
            ),
            Self::ShortSecret { length, least } => write!(
                f,
                "the secret has {length} bytes; RFC 7518 §3.2 wants {least}, and many libraries refuse less"
            ),
            Self::OtherKeyId { token, key } => write!(
                f,
                "the token names the key {}, and the one given is {}",
                quoted(token),
                quoted(key)
            ),
        }
    }
}

#[cfg(test)]
mod tests;
