//! Which token is meant: everything that shapes the request for it, as one digest.
//!
//! The digest names a file, and names are seen by others (in backups, in a directory's listing). So
//! secrets go in by a keyed hash alone: whoever sees the name cannot try passwords on it.

use std::fmt;

use ring::digest;
use ring::hmac;
use ring::rand::SystemRandom;

use crate::secret::Secret;
use crate::text;

/// The name of one cached token: SHA-256 over the inputs of its request.
#[derive(Clone, Copy, Debug, PartialEq, Eq, Hash, PartialOrd, Ord)]
pub struct CacheKey([u8; 32]);

impl fmt::Display for CacheKey {
    /// 64 lower-case hexadecimal digits.
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(&text::hex(&self.0))
    }
}

/// The key under which secrets are hashed: random, and never out of its cache.
#[derive(Clone, Debug)]
pub struct HashKey(hmac::Key);

impl HashKey {
    /// Bytes of a key that is kept.
    pub const LENGTH: usize = 32;

    /// One for this process alone.
    ///
    /// # Panics
    /// When the system gives no random numbers; without them there is no TLS either.
    pub fn random() -> Self {
        let key = hmac::Key::generate(hmac::HMAC_SHA256, &SystemRandom::new());
        Self(key.expect("the system gives random numbers"))
    }

    pub fn from_bytes(bytes: &[u8; Self::LENGTH]) -> Self {
        Self(hmac::Key::new(hmac::HMAC_SHA256, bytes))
    }
}

/// Gathers the named inputs of a [`CacheKey`]. Their order does not matter.
#[derive(Debug)]
pub struct KeyBuilder<'a> {
    hash_key: &'a HashKey,
    parts: Vec<Vec<u8>>,
}

impl<'a> KeyBuilder<'a> {
    /// `kind`: what is asked for, such as `oauth` or `login`.
    pub fn new(hash_key: &'a HashKey, kind: &str) -> Self {
        let builder = Self {
            hash_key,
            parts: Vec::new(),
        };
        builder.part(b'k', kind, &[])
    }

    /// An input that is no secret. Absent is not the same as empty.
    #[must_use]
    pub fn text<'t>(self, name: &str, value: impl Into<Option<&'t str>>) -> Self {
        match value.into() {
            None => self,
            Some(text) => self.part(b't', name, &[text.as_bytes()]),
        }
    }

    /// A set, such as scopes: neither order nor repetition matters.
    #[must_use]
    pub fn list<'t>(self, name: &str, values: impl IntoIterator<Item = &'t str>) -> Self {
        let mut values: Vec<&[u8]> = values.into_iter().map(str::as_bytes).collect();
        values.sort_unstable();
        values.dedup();
        self.part(b'l', name, &values)
    }

    /// An input that is secret. Absent is not the same as empty.
    #[must_use]
    pub fn secret<'t>(self, name: &str, value: impl Into<Option<&'t Secret>>) -> Self {
        match value.into() {
            None => self,
            Some(secret) => {
                let hashed = hmac::sign(&self.hash_key.0, secret.expose().as_bytes());
                self.part(b's', name, &[hashed.as_ref()])
            }
        }
    }

    pub fn finish(mut self) -> CacheKey {
        self.parts.sort_unstable();
        let mut context = digest::Context::new(&digest::SHA256);
        for part in &self.parts {
            context.update(part);
        }
        let digest = context.finish();
        CacheKey(digest.as_ref().try_into().expect("SHA-256 gives 32 bytes"))
    }

    /// Every length stands before what it measures, so no two sets of inputs read the same.
    fn part(mut self, tag: u8, name: &str, values: &[&[u8]]) -> Self {
        let mut part = vec![tag];
        let mut measured = |bytes: &[u8]| {
            part.extend((bytes.len() as u64).to_be_bytes());
            part.extend(bytes);
        };
        measured(name.as_bytes());
        measured(&(values.len() as u64).to_be_bytes());
        for value in values {
            measured(value);
        }
        self.parts.push(part);
        self
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn builder(hash_key: &HashKey) -> KeyBuilder<'_> {
        KeyBuilder::new(hash_key, "oauth")
    }

    #[test]
    fn the_same_inputs_have_the_same_key_in_any_order() {
        let fixed = HashKey::from_bytes(&[7; 32]);
        let secret = Secret::new("hunter2");
        let one = builder(&fixed)
            .text("issuer", "https://id")
            .list("scope", ["b", "a", "a"])
            .secret("client-secret", &secret)
            .finish();
        let other = builder(&fixed)
            .secret("client-secret", &secret)
            .list("scope", ["a", "b"])
            .text("audience", None)
            .text("issuer", "https://id")
            .finish();
        assert_eq!(one, other);
        let name = one.to_string();
        assert_eq!(name.len(), 64);
        assert!(name.bytes().all(|byte| byte.is_ascii_hexdigit()));
    }

    #[test]
    fn different_inputs_never_meet() {
        let fixed = HashKey::from_bytes(&[7; 32]);
        let secret = |text: &str| Secret::new(text);
        let (ab, empty) = (secret("ab"), secret(""));
        let keys = [
            KeyBuilder::new(&fixed, "login").finish(),
            builder(&fixed).finish(),
            builder(&fixed).text("a", "bc").finish(),
            builder(&fixed).text("ab", "c").finish(),
            builder(&fixed).text("a", "b").text("c", "d").finish(),
            builder(&fixed).text("a", "d").text("c", "b").finish(),
            builder(&fixed).text("a", "").finish(),
            builder(&fixed).list("a", []).finish(),
            builder(&fixed).list("a", [""]).finish(),
            builder(&fixed).list("a", ["b", "c"]).finish(),
            builder(&fixed).list("a", ["bc"]).finish(),
            builder(&fixed).list("a", ["b c"]).finish(),
            builder(&fixed).secret("a", &ab).finish(),
            builder(&fixed).secret("a", &empty).finish(),
            builder(&fixed).text("a", "ab").finish(),
        ];
        let distinct: std::collections::BTreeSet<_> = keys.iter().collect();
        assert_eq!(distinct.len(), keys.len());
    }

    #[test]
    fn a_secret_cannot_be_guessed_from_the_name() {
        let password = Secret::new("hunter2");
        let of = |key: &HashKey| builder(key).secret("password", &password).finish();
        assert_ne!(of(&HashKey::random()), of(&HashKey::random()));
        assert_eq!(
            of(&HashKey::from_bytes(&[1; 32])),
            of(&HashKey::from_bytes(&[1; 32]))
        );
    }
}
