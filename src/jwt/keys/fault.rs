//! Why nothing can be verified with what was given, and what to do.

use std::fmt;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::jwk::JwkFault;
use crate::jwt::keys::PassedOver;
use crate::x509::FileFault;

/// Why nothing can be verified with what was given.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeysFault {
    File(FileFault),
    Jwk(JwkFault),
    /// `use` or `key_ops` forbid it.
    NotForVerifying,
    NotJson,
    /// A JWK Set without `keys`.
    NotASet,
    /// No key of a set can be used.
    NoneUsable(Vec<PassedOver>),
    /// A set that holds shared secrets and public keys: a list that is published, and one that must not be.
    Mixed,
    Mismatch {
        algorithm: Algorithm,
        kind: KeyKind,
    },
    Pinned {
        asked: Algorithm,
        pinned: Algorithm,
    },
    /// An HMAC was asked for with a public key as its secret, which everybody has.
    KeyConfusion {
        algorithm: Algorithm,
    },
    Empty,
    /// A JWK's shared secret is shorter than RFC 7518 §3.2 allows; octets.
    ShortSecret {
        length: usize,
        least: usize,
    },
}

impl KeysFault {
    /// Cause and cure.
    pub fn explain(&self) -> (String, String) {
        let cure = match self {
            Self::File(fault) => return fault.explain(),
            Self::KeyConfusion { .. } => {
                "leave --alg out, and the kind of key decides; or give the shared secret".to_owned()
            }
            Self::Mismatch { kind, .. } => {
                format!("leave --alg out, or name one that fits, such as {}", Algorithm::default_of(*kind))
            }
            Self::Pinned { pinned, .. } => format!("leave --alg out, or say {pinned}"),
            Self::Mixed => "give the one key that is meant with --jwk".to_owned(),
            Self::NoneUsable(_) | Self::NotForVerifying => {
                "give a key whose `use` is sig and whose kind is supported: oct, RSA, EC P-256 or P-384, Ed25519".to_owned()
            }
            Self::Empty | Self::ShortSecret { .. } => {
                "give a secret of at least as many bytes as the hash".to_owned()
            }
            Self::Jwk(_) | Self::NotJson => "give a JWK as RFC 7517 §4 has it".to_owned(),
            Self::NotASet => {
                "give a JWK Set, {\"keys\":[…]}; a single JWK goes with --jwk".to_owned()
            }
        };
        (self.to_string(), cure)
    }
}

impl fmt::Display for KeysFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::File(fault) => f.write_str(&fault.explain().0),
            Self::Jwk(why) => write!(f, "the JWK cannot be used: {why}"),
            Self::NotForVerifying => {
                f.write_str("the JWK says that it is not for verifying (`use` or `key_ops`)")
            }
            Self::NotJson => f.write_str("it is not JSON"),
            Self::NotASet => f.write_str("it is JSON, but no JWK Set: there is no list `keys`"),
            Self::NoneUsable(why) => {
                f.write_str("no key of the set can be used")?;
                for key in why.iter().take(3) {
                    write!(f, "; {key}")?;
                }
                Ok(())
            }
            Self::Mixed => {
                f.write_str("the set holds shared secrets and public keys both; no such set is safe to publish, or to verify with")
            }
            Self::Mismatch { algorithm, kind } => {
                write!(f, "{algorithm} does not verify with {kind}")
            }
            Self::Pinned { asked, pinned } => {
                write!(f, "the key is for {pinned}, not for {asked}")
            }
            Self::KeyConfusion { algorithm } => write!(
                f,
                "{algorithm} needs a shared secret, and this is a key of which one half is public: to take it as a secret is what a key confusion attack relies on"
            ),
            Self::Empty => f.write_str("the secret is empty"),
            Self::ShortSecret { length, least } => write!(
                f,
                "the secret has {length} bytes, and RFC 7518 §3.2 wants {least}"
            ),
        }
    }
}

impl std::error::Error for KeysFault {}
