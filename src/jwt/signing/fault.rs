//! Why a key does not sign, and what to do.

use std::fmt;

use crate::jwt::Algorithm;
use crate::jwt::KeyKind;
use crate::jwt::NoAlgorithm;
use crate::jwt::jwk::JwkFault;
use crate::x509::FileFault;

/// Why a key does not sign. The key itself is never repeated.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum KeyFault {
    Algorithm(NoAlgorithm),
    /// No PEM private key that signs here.
    File(FileFault),
    Jwk(JwkFault),
    Empty,
    /// A JWK of a public key.
    NoPrivateHalf,
    /// `use` or `key_ops` of a JWK forbid it.
    NotForSigning,
    Mismatch {
        algorithm: Algorithm,
        kind: KeyKind,
    },
    /// Another algorithm was asked for than the JWK's own.
    Pinned {
        asked: Algorithm,
        pinned: Algorithm,
    },
    /// An HMAC with the text of a private key: never meant.
    PrivateKeyAsSecret {
        algorithm: Algorithm,
    },
    /// ring refuses the numbers of the key.
    Rejected {
        kind: KeyKind,
    },
}

impl KeyFault {
    /// Cause and cure. `FILE` stands for where the key came from; the caller knows its name.
    pub fn explain(&self) -> (String, String) {
        let cure = match self {
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
        (self.to_string(), cure)
    }
}

impl fmt::Display for KeyFault {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match self {
            Self::Algorithm(why) => why.fmt(f),
            Self::File(fault) => f.write_str(&fault.explain().0),
            Self::Jwk(why) => write!(f, "the JWK cannot be used: {why}"),
            Self::Empty => f.write_str("the secret is empty"),
            Self::NoPrivateHalf => f.write_str("the JWK is a public key; only a private one signs"),
            Self::NotForSigning => {
                f.write_str("the JWK says that it is not for signing (`use` or `key_ops`)")
            }
            Self::Mismatch { algorithm, kind } => {
                write!(f, "{algorithm} does not sign with {kind}")
            }
            Self::Pinned { asked, pinned } => {
                write!(f, "the JWK is for {pinned}, not for {asked}")
            }
            Self::PrivateKeyAsSecret { algorithm } => write!(
                f,
                "{algorithm} signs with a shared secret, and this is a private key"
            ),
            Self::Rejected { kind } => {
                write!(
                    f,
                    "{kind} whose numbers do not belong together does not sign"
                )
            }
        }
    }
}

impl std::error::Error for KeyFault {}
