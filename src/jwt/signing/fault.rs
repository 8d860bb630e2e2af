//! Why a key does not sign, and what to do.

use thiserror::Error;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::jwt::jwk::JwkFault;
use crate::x509::FileFault;

/// Why a key does not sign. The key itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub(crate) enum KeyFault {
    #[error("{0}")]
    Algorithm(NoAlgorithm),
    /// No PEM private key that signs here.
    #[error("{}", .0.explain().0)]
    File(FileFault),
    #[error("the JWK cannot be used: {0}")]
    Jwk(JwkFault),
    #[error("the secret is empty")]
    Empty,
    /// A JWK of a public key.
    #[error("the JWK is a public key; only a private one signs")]
    NoPrivateHalf,
    /// `use` or `key_ops` of a JWK forbid it.
    #[error("the JWK says that it is not for signing (`use` or `key_ops`)")]
    NotForSigning,
    #[error("{algorithm} does not sign with {kind}")]
    Mismatch { algorithm: Algorithm, kind: KeyKind },
    /// Another algorithm was asked for than the JWK's own.
    #[error("the JWK is for {pinned}, not for {asked}")]
    Pinned { asked: Algorithm, pinned: Algorithm },
    /// An HMAC with the text of a private key: never meant.
    #[error("{algorithm} signs with a shared secret, and this is a private key")]
    PrivateKeyAsSecret { algorithm: Algorithm },
    /// ring refuses the numbers of the key.
    #[error("{kind} whose numbers do not belong together does not sign")]
    Rejected { kind: KeyKind },
}

impl KeyFault {
    /// Cause and fix. `FILE` stands for where the key came from; the caller knows its name.
    pub(crate) fn explain(&self) -> (String, String) {
        let fix = match self {
            Self::File(fault) => return fault.explain(),
            Self::Algorithm(NoAlgorithm::Unsigned) => "sign with another one".into(),
            Self::Algorithm(_) => {
                let names: Vec<&str> = Algorithm::names().collect();
                format!("the algorithms are {}", names.join(", "))
            }
            Self::Jwk(_) | Self::Rejected { .. } => {
                "give a private key as a whole JWK (RFC 7517), or as PEM".into()
            }
            Self::Empty => "give a secret of at least as many bytes as the hash".into(),
            Self::NoPrivateHalf => "give the JWK with its private members (d, for one)".into(),
            Self::NotForSigning => {
                "give a JWK whose `use` is sig, and whose `key_ops` name sign".into()
            }
            Self::Mismatch { kind, .. } => {
                let default = Algorithm::default_of(*kind);
                format!("with this key, sign with {default}; or give another key")
            }
            Self::Pinned { pinned, .. } => format!("sign with {pinned}, or give another key"),
            Self::PrivateKeyAsSecret { .. } => {
                "leave the algorithm out, and the kind of key decides; or give the shared secret"
                    .into()
            }
        };
        (self.to_string(), fix)
    }
}
