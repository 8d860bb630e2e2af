//! The lab's randomness: names that nobody guesses.

use ring::rand::SecureRandom as _;
use ring::rand::SystemRandom;

use crate::text::hex;

/// `prefix` and 128 random bits in hexadecimal.
pub(super) fn name(prefix: &str) -> String {
    let mut bytes = [0u8; 16];
    SystemRandom::new()
        .fill(&mut bytes)
        .expect("the operating system gives random numbers");
    format!("{prefix}{}", hex(&bytes))
}
