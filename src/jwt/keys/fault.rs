//! Why nothing can be verified with what was given, and what to do.

use thiserror::Error;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::jwk::JwkFault;
use crate::jwt::keys::PassedOver;
use crate::x509::FileFault;

/// Why nothing can be verified with what was given.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum KeysFault {
    #[error("{}", .0.explain().0)]
    File(FileFault),
    #[error("the JWK cannot be used: {0}")]
    Jwk(JwkFault),
    /// `use` or `key_ops` forbid it.
    #[error("the JWK says that it is not for verifying (`use` or `key_ops`)")]
    NotForVerifying,
    #[error("it is not JSON")]
    NotJson,
    /// A JWK Set without `keys`.
    #[error("it is JSON, but no JWK Set: there is no list `keys`")]
    NotASet,
    /// No key of a set can be used.
    #[error("no key of the set can be used{}", reasons(.0))]
    NoneUsable(Vec<PassedOver>),
    /// A set that holds shared secrets and public keys: a list that is published, and one that must not be.
    #[error(
        "the set holds shared secrets and public keys both; no such set is safe to publish, or to verify with"
    )]
    Mixed,
    #[error("{algorithm} does not verify with {kind}")]
    Mismatch { algorithm: Algorithm, kind: KeyKind },
    #[error("the key is for {pinned}, not for {asked}")]
    Pinned { asked: Algorithm, pinned: Algorithm },
    /// An HMAC was asked for with a public key as its secret, which everybody has.
    #[error(
        "{algorithm} needs a shared secret, and this is a key of which one half is public: to take it as a secret is what a key confusion attack relies on"
    )]
    KeyConfusion { algorithm: Algorithm },
    #[error("the secret is empty")]
    Empty,
    /// A JWK Set where one key is wanted.
    #[error("it is a JWK Set, not one key")]
    IsASet,
    /// A text that is no key, and no HMAC named that would take it as a shared secret.
    #[error(
        "it is not a key: neither PEM nor a JWK, and no HMAC algorithm is named that takes a shared secret"
    )]
    SecretWithoutAlgorithm,
    /// A JWK's shared secret is shorter than RFC 7518 §3.2 allows; octets.
    #[error("the secret has {length} bytes, and RFC 7518 §3.2 wants {least}")]
    ShortSecret { length: usize, least: usize },
}

impl KeysFault {
    /// Cause and fix.
    pub fn explain(&self) -> (String, String) {
        let fix = match self {
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
            Self::IsASet => "give it with --jwks; --key takes one key".to_owned(),
            Self::SecretWithoutAlgorithm => {
                "give a public key in PEM or a JWK; if the text is a shared secret, say so with --alg HS256, HS384 or HS512".to_owned()
            }
            Self::Jwk(_) | Self::NotJson => "give a JWK as RFC 7517 §4 has it".to_owned(),
            Self::NotASet => {
                "give a JWK Set, {\"keys\":[…]}; a single JWK goes with --jwk".to_owned()
            }
        };
        (self.to_string(), fix)
    }
}

fn reasons(of: &[PassedOver]) -> String {
    of.iter().take(3).map(|key| format!("; {key}")).collect()
}
