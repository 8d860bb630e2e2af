//! What lasts between calls: refresh tokens that are spent when used, and access tokens revoked.

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::lab::random;
use crate::lab::users::User;

/// How many of each are remembered; the oldest goes first.
const LIMIT: usize = 1024;

/// The sessions of one lab.
#[derive(Default)]
pub struct Sessions(Mutex<State>);

#[derive(Default)]
struct State {
    /// Refresh tokens that are good once.
    refresh_tokens: VecDeque<(String, &'static User)>,
    /// `jti` of access tokens.
    revoked: VecDeque<String>,
}

impl Sessions {
    /// A refresh token for `user`.
    pub fn open(&self, user: &'static User) -> String {
        let token = random::name("refresh_");
        let mut state = self.state();
        state.refresh_tokens.truncate(LIMIT - 1);
        state.refresh_tokens.push_front((token.clone(), user));
        token
    }

    /// Whose refresh token this is. It is spent by it.
    pub fn spend(&self, refresh_token: &str) -> Option<&'static User> {
        let mut state = self.state();
        let position = state
            .refresh_tokens
            .iter()
            .position(|(token, _)| token == refresh_token)?;
        state.refresh_tokens.remove(position).map(|(_, user)| user)
    }

    /// Refuses an access token from now on.
    pub fn revoke(&self, token_id: &str) {
        let mut state = self.state();
        state.revoked.truncate(LIMIT - 1);
        state.revoked.push_front(token_id.to_owned());
    }

    /// Whether an access token was revoked.
    pub fn is_revoked(&self, token_id: &str) -> bool {
        self.state().revoked.iter().any(|id| id == token_id)
    }

    fn state(&self) -> MutexGuard<'_, State> {
        // No invariant spans two statements, so a panic elsewhere leaves nothing half-done.
        self.0.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::users::USERS;

    #[test]
    fn a_refresh_token_is_good_once() {
        let sessions = Sessions::default();
        let token = sessions.open(&USERS[0]);
        assert!(sessions.spend("refresh_").is_none());
        assert_eq!(sessions.spend(&token).map(|user| user.name), Some("viewer"));
        assert!(sessions.spend(&token).is_none());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let sessions = Sessions::default();
        let first = sessions.open(&USERS[0]);
        for number in 0..LIMIT {
            sessions.open(&USERS[0]);
            sessions.revoke(&number.to_string());
        }
        assert!(sessions.spend(&first).is_none());
        assert!(sessions.is_revoked("0") && !sessions.is_revoked("x"));
        sessions.revoke("x");
        assert!(sessions.is_revoked("x") && !sessions.is_revoked("0"));
    }
}
