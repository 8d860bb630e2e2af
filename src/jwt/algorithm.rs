//! Signature algorithms by their JOSE names (RFC 7518 §3.1, RFC 8037 §3.1, RFC 9864 §2.2), and the keys they fit.

use std::fmt;

use thiserror::Error;

use crate::text;

/// An algorithm that signs and verifies here. `EdDSA` and `Ed25519` are two names of one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Algorithm {
    name: &'static str,
    pub(super) ring: jsonwebtoken::Algorithm,
}

/// What a key is, and thereby which algorithms it fits.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum KeyKind {
    /// A shared secret, for HMAC.
    Secret,
    /// For PKCS #1 v1.5 and for PSS: the key alone does not say which.
    Rsa,
    P256,
    P384,
    Ed25519,
}

/// Why a name is no [`Algorithm`].
#[derive(Clone, Debug, PartialEq, Eq, Error)]
pub enum NoAlgorithm {
    /// `none`, in any case: it signs nothing (RFC 7518 §3.6).
    #[error("`none` signs nothing")]
    Unsigned,
    /// Known, and not supported here.
    #[error("{0} is not supported here")]
    Unsupported(&'static str),
    #[error("{}", unknown(.0))]
    Unknown(String),
}

const ALL: [Algorithm; 13] = {
    use jsonwebtoken::Algorithm as Ring;
    const fn row(name: &'static str, ring: Ring) -> Algorithm {
        Algorithm { name, ring }
    }
    [
        row("HS256", Ring::HS256),
        row("HS384", Ring::HS384),
        row("HS512", Ring::HS512),
        row("RS256", Ring::RS256),
        row("RS384", Ring::RS384),
        row("RS512", Ring::RS512),
        row("PS256", Ring::PS256),
        row("PS384", Ring::PS384),
        row("PS512", Ring::PS512),
        row("ES256", Ring::ES256),
        row("ES384", Ring::ES384),
        row("EdDSA", Ring::EdDSA),
        row("Ed25519", Ring::EdDSA),
    ]
};

/// Registered for signatures, and in no implementation that is used here.
const UNSUPPORTED: [&str; 7] = [
    "ES512",
    "ES256K",
    "Ed448",
    "ESP512",
    "ML-DSA-44",
    "ML-DSA-65",
    "ML-DSA-87",
];

impl Algorithm {
    /// The algorithm of this name; names are case-sensitive (RFC 7515 §4.1.1).
    ///
    /// # Errors
    /// It is `none`, or nothing that can be signed or verified here.
    pub fn find(name: &str) -> Result<Self, NoAlgorithm> {
        if let Some(found) = ALL.iter().find(|row| row.name == name) {
            return Ok(*found);
        }
        if name.eq_ignore_ascii_case("none") {
            return Err(NoAlgorithm::Unsigned);
        }
        Err(match UNSUPPORTED.iter().find(|known| **known == name) {
            Some(known) => NoAlgorithm::Unsupported(known),
            None => NoAlgorithm::Unknown(name.to_owned()),
        })
    }

    /// Every name, for help texts.
    pub fn names() -> impl Iterator<Item = &'static str> {
        ALL.iter().map(|row| row.name)
    }

    /// What a key of this kind signs with, where nothing else is said.
    pub fn default_of(kind: KeyKind) -> Self {
        let name = match kind {
            KeyKind::Secret => "HS256",
            KeyKind::Rsa => "RS256",
            KeyKind::P256 => "ES256",
            KeyKind::P384 => "ES384",
            KeyKind::Ed25519 => "EdDSA",
        };
        Self::find(name).expect("every default has its row")
    }

    /// As it stands in `alg`.
    pub fn name(self) -> &'static str {
        self.name
    }

    /// Whether a key of this kind signs and verifies with it.
    pub fn fits(self, kind: KeyKind) -> bool {
        let first = self.name.get(..2).unwrap_or_default();
        match kind {
            KeyKind::Secret => first == "HS",
            KeyKind::Rsa => matches!(first, "RS" | "PS"),
            KeyKind::P256 => self.name == "ES256",
            KeyKind::P384 => self.name == "ES384",
            KeyKind::Ed25519 => self.is_same_as(Self::default_of(kind)),
        }
    }

    /// Whether both names mean one algorithm.
    pub fn is_same_as(self, other: Self) -> bool {
        self.ring == other.ring
    }

    /// The octets of the hash of an HMAC, which its secret must not be shorter than (RFC 7518 §3.2).
    pub fn least_secret(self) -> Option<usize> {
        match self.name {
            "HS256" => Some(32),
            "HS384" => Some(48),
            "HS512" => Some(64),
            _ => None,
        }
    }
}

impl fmt::Display for Algorithm {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(self.name)
    }
}

fn unknown(name: &str) -> String {
    let name = text::shorten(name, 40);
    let near = text::did_you_mean(&name.to_uppercase(), Algorithm::names());
    let near = near.map(|near| format!("; did you mean {near}?"));
    format!(
        "no algorithm is called `{}`{}",
        text::escape(&name),
        near.unwrap_or_default()
    )
}

impl fmt::Display for KeyKind {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(match self {
            Self::Secret => "a shared secret",
            Self::Rsa => "an RSA key",
            Self::P256 => "an EC P-256 key",
            Self::P384 => "an EC P-384 key",
            Self::Ed25519 => "an Ed25519 key",
        })
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    const KINDS: [KeyKind; 5] = [
        KeyKind::Secret,
        KeyKind::Rsa,
        KeyKind::P256,
        KeyKind::P384,
        KeyKind::Ed25519,
    ];

    #[test]
    fn names_are_found_as_they_are_spelt() {
        for name in Algorithm::names() {
            assert_eq!(Algorithm::find(name).unwrap().name(), name);
        }
        for (name, why) in [
            ("none", "signs nothing"),
            ("NoNe", "signs nothing"),
            ("ES512", "ES512 is not supported"),
            ("ES256K", "ES256K is not supported"),
            ("hs256", "did you mean HS256?"),
            ("\u{1b}[2J", "`\\x1b[2J`"),
        ] {
            let refusal = Algorithm::find(name).unwrap_err().to_string();
            assert!(refusal.contains(why), "{refusal}");
        }
    }

    #[test]
    fn an_algorithm_fits_one_kind_of_key_and_every_kind_has_a_default() {
        for name in Algorithm::names() {
            let algorithm = Algorithm::find(name).unwrap();
            let fitting = KINDS.iter().filter(|kind| algorithm.fits(**kind)).count();
            assert_eq!(fitting, 1, "{name}");
        }
        for kind in KINDS {
            assert!(Algorithm::default_of(kind).fits(kind));
        }
    }

    #[test]
    fn two_names_of_one_algorithm_are_the_same() {
        let find = |name| Algorithm::find(name).unwrap();
        assert!(find("EdDSA").is_same_as(find("Ed25519")));
        assert!(!find("RS256").is_same_as(find("PS256")));
    }
}
