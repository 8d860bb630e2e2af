//! JSON Web Tokens: read as they are, signed and verified.
//!
//! Reading ([`decoded`]) never goes through the library that signs and verifies, whose header type knows
//! no unsigned token and no algorithm of its own future; cryptography ([`provider`]) is ring's alone.

pub(crate) mod algorithm;
pub(crate) mod claims;
pub(crate) mod decoded;
pub(crate) mod duplicates;
pub mod examination;
pub(crate) mod jwk;
pub(crate) mod jws;
pub(crate) mod keys;
pub(crate) mod mistaken;
pub(crate) mod provider;
pub(crate) mod signing;
pub(crate) mod verify;

pub(crate) use algorithm::Algorithm;
pub(crate) use algorithm::KeyKind;
pub(crate) use algorithm::NoAlgorithm;
pub(crate) use decoded::Decoded;
pub(crate) use decoded::looks_like_jwt;
pub(crate) use jwk::Jwk;
pub use jws::Jws;
pub(crate) use jws::NotAJwt;
pub use keys::Keys;
pub(crate) use signing::KeyFault;
pub(crate) use signing::SigningKey;
