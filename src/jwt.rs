//! JSON Web Tokens: read as they are, signed and verified.
//!
//! Reading ([`decoded`]) never goes through the library that signs and verifies, whose header type knows
//! no unsigned token and no algorithm of its own future; cryptography ([`provider`]) is ring's alone.

pub mod decoded;
pub mod provider;

pub use decoded::Decoded;
pub use decoded::NotAJwt;
pub use decoded::looks_like_jwt;
