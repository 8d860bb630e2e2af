//! How often each endpoint was asked, so that a test can prove that there was one refresh and no more.

use std::collections::BTreeMap;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use serde::Serialize;

/// How many paths are told apart; the lab has fewer.
const LIMIT: usize = 1024;

/// Counts by path.
#[derive(Default)]
pub struct Statistics(Mutex<BTreeMap<String, Served>>);

/// What was asked at one path. Never a secret, nor a word of a client's own.
#[derive(Clone, Debug, Default, PartialEq, Eq, Serialize)]
pub struct Served {
    pub requests: u64,
    /// Of the last request that had one that is known.
    pub last_grant_type: Option<&'static str>,
    /// Of the last client that authenticated.
    pub last_client_authentication: Option<&'static str>,
}

impl Statistics {
    /// One more request at `path`; how many it were before.
    pub fn count(&self, path: &str) -> u64 {
        let mut paths = self.paths();
        if paths.len() >= LIMIT && !paths.contains_key(path) {
            return 0;
        }
        let served = paths.entry(path.to_owned()).or_default();
        served.requests += 1;
        served.requests - 1
    }

    /// Which grant the request that was counted last at `path` was for.
    pub fn note_grant(&self, path: &str, grant: &'static str) {
        if let Some(served) = self.paths().get_mut(path) {
            served.last_grant_type = Some(grant);
        }
    }

    /// How the client of the request that was counted last at `path` authenticated.
    pub fn note_client_authentication(&self, path: &str, method: &'static str) {
        if let Some(served) = self.paths().get_mut(path) {
            served.last_client_authentication = Some(method);
        }
    }

    /// Everything so far.
    pub fn all(&self) -> BTreeMap<String, Served> {
        self.paths().clone()
    }

    fn paths(&self) -> MutexGuard<'_, BTreeMap<String, Served>> {
        // No invariant spans two statements, so a panic elsewhere leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn each_path_is_counted_for_itself() {
        let statistics = Statistics::default();
        assert_eq!(
            [statistics.count("/token"), statistics.count("/token")],
            [0, 1]
        );
        assert_eq!(statistics.count("/login"), 0);
        statistics.note_grant("/token", "password");
        statistics.note_client_authentication("/token", "none");
        statistics.note_grant("/never-counted", "password");
        let all = statistics.all();
        assert_eq!(all.len(), 2);
        assert_eq!(all["/login"].last_grant_type, None);
        assert_eq!(
            all["/token"],
            Served {
                requests: 2,
                last_grant_type: Some("password"),
                last_client_authentication: Some("none"),
            }
        );
    }
}
