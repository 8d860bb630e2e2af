//! JSON Web Tokens: read as they are, signed and verified.
//!
//! Reading ([`decoded`]) never goes through the library that signs and verifies, whose header type knows
//! no unsigned token and no algorithm of its own future; cryptography ([`provider`]) is ring's alone.

pub mod algorithm;
pub mod claims;
pub mod decoded;
pub mod duplicates;
pub mod examination;
pub mod jwk;
pub mod jws;
pub mod keys;
pub mod provider;
pub mod signing;
pub mod verify;

pub use algorithm::Algorithm;
pub use algorithm::KeyKind;
pub use algorithm::NoAlgorithm;
pub use decoded::Decoded;
pub use decoded::looks_like_jwt;
pub use jwk::Jwk;
pub use jws::Jws;
pub use jws::NotAJwt;
pub use keys::Keys;
pub use signing::KeyFault;
pub use signing::SigningKey;
