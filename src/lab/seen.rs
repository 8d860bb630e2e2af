//! What was seen before: a set that forgets its oldest member when it is full.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::PoisonError;

/// How many are remembered.
const LIMIT: usize = 1024;

/// Names that were seen.
#[derive(Default)]
pub struct Seen(Mutex<VecDeque<String>>);

impl Seen {
    /// Remembers `name`; whether it is seen for the first time.
    pub fn first(&self, name: &str) -> bool {
        // One statement changes it, so a panic elsewhere leaves nothing half-done.
        let mut seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        if seen.iter().any(|known| known == name) {
            return false;
        }
        seen.truncate(LIMIT - 1);
        seen.push_front(name.to_owned());
        true
    }

    /// Whether `name` was seen.
    pub fn contains(&self, name: &str) -> bool {
        let seen = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        seen.iter().any(|known| known == name)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_oldest_is_forgotten() {
        let seen = Seen::default();
        assert!(!seen.contains("0") && seen.first("0") && seen.contains("0") && !seen.first("0"));
        for number in 1..LIMIT {
            assert!(seen.first(&number.to_string()));
        }
        assert!(seen.contains("0") && seen.contains("1"));
        assert!(seen.first("x"));
        assert!(!seen.contains("0") && seen.contains("1"));
    }
}
