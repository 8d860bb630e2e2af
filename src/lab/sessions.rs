//! What lasts between calls: sessions with their refresh tokens, and what was revoked.
//!
//! A refresh token is good once, and its successor comes with the answer. One that is used again was
//! stolen, or its successor was: the session is closed, and with it go all its tokens (RFC 9700 §4.14.2).

use std::collections::VecDeque;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use crate::lab::authorization::Authorization;
use crate::lab::random;
use crate::lab::seen::Seen;

/// How many sessions, and spent tokens of each, are remembered; the oldest goes first.
const LIMIT: usize = 1024;

/// The sessions of one lab.
#[derive(Default)]
pub struct Sessions {
    open: Mutex<VecDeque<Session>>,
    /// `jti` of access tokens, and `sid` of sessions.
    revoked: Seen,
}

struct Session {
    id: String,
    authorization: Authorization,
    refresh_token: String,
    spent: VecDeque<String>,
}

/// A session as its owner knows it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Opened {
    /// `sid` of its access tokens.
    pub id: String,
    pub refresh_token: String,
}

/// Why there is no refresh.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum NotRefreshed {
    Unknown,
    /// It belongs to another client, and stays good for that one.
    AnotherClient,
    /// It was spent before: its session is closed.
    Reused,
}

impl Sessions {
    /// A new session.
    pub fn open(&self, authorization: Authorization) -> Opened {
        let opened = Opened {
            id: random::name("session_"),
            refresh_token: random::name("refresh_"),
        };
        let mut sessions = self.sessions();
        sessions.truncate(LIMIT - 1);
        sessions.push_front(Session {
            id: opened.id.clone(),
            authorization,
            refresh_token: opened.refresh_token.clone(),
            spent: VecDeque::new(),
        });
        opened
    }

    /// What a refresh token stands for, while it is good. It is not spent by it.
    pub fn authorization(&self, refresh_token: &str) -> Option<Authorization> {
        self.sessions()
            .iter()
            .find(|session| session.refresh_token == refresh_token)
            .map(|session| session.authorization.clone())
    }

    /// Spends a refresh token of `client`, and gives its successor.
    ///
    /// # Errors
    /// If it is not good, or not this client's.
    pub fn refresh(
        &self,
        refresh_token: &str,
        client: Option<&str>,
    ) -> Result<(Authorization, Opened), NotRefreshed> {
        let mut sessions = self.sessions();
        let position = sessions
            .iter()
            .position(|session| session.knows(refresh_token))
            .ok_or(NotRefreshed::Unknown)?;
        let session = &mut sessions[position];
        if session.authorization.client != client {
            return Err(NotRefreshed::AnotherClient);
        }
        if session.refresh_token != refresh_token {
            self.revoked.first(&session.id);
            sessions.remove(position);
            return Err(NotRefreshed::Reused);
        }
        Ok((session.authorization.clone(), session.rotate()))
    }

    /// Undoes the last rotation: the refresh token that was spent is the good one again. For a server
    /// that keeps refresh tokens.
    pub fn keep(&self, refresh_token: &str) {
        let mut sessions = self.sessions();
        let last = sessions
            .iter_mut()
            .find(|session| session.spent.front().is_some_and(|it| it == refresh_token));
        if let Some(session) = last {
            session.spent.pop_front();
            session.refresh_token = refresh_token.to_owned();
        }
    }

    /// Closes the session of a refresh token, good or spent, if there is one for `client`.
    pub fn close(&self, refresh_token: &str, client: Option<&str>) {
        let mut sessions = self.sessions();
        let position = sessions.iter().position(|session| {
            session.knows(refresh_token) && session.authorization.client == client
        });
        if let Some(session) = position.and_then(|position| sessions.remove(position)) {
            self.revoked.first(&session.id);
        }
    }

    /// Refuses an access token from now on, by its `jti`.
    pub fn revoke(&self, token_id: &str) {
        self.revoked.first(token_id);
    }

    /// Whether an access token, or its whole session, was revoked.
    pub fn is_revoked(&self, id: &str) -> bool {
        self.revoked.contains(id)
    }

    fn sessions(&self) -> MutexGuard<'_, VecDeque<Session>> {
        // No invariant spans two statements, so a panic elsewhere leaves nothing half-done.
        self.open.lock().unwrap_or_else(PoisonError::into_inner)
    }
}

impl Session {
    fn knows(&self, refresh_token: &str) -> bool {
        self.refresh_token == refresh_token || self.spent.iter().any(|spent| spent == refresh_token)
    }

    fn rotate(&mut self) -> Opened {
        let next = random::name("refresh_");
        let spent = std::mem::replace(&mut self.refresh_token, next.clone());
        self.spent.truncate(LIMIT - 1);
        self.spent.push_front(spent);
        Opened {
            id: self.id.clone(),
            refresh_token: next,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::lab::users::Role;

    fn viewer() -> Authorization {
        Authorization::of("viewer", Role::Viewer)
    }

    #[test]
    fn a_refresh_token_is_good_once_and_a_thief_closes_the_session() {
        let sessions = Sessions::default();
        let other = sessions.open(viewer());
        let first = sessions.open(viewer());
        assert_eq!(
            sessions.refresh("refresh_", None),
            Err(NotRefreshed::Unknown)
        );
        let (authorization, second) = sessions.refresh(&first.refresh_token, None).unwrap();
        assert_eq!(authorization, viewer());
        assert_eq!(first.id, second.id);
        assert_ne!(first.refresh_token, second.refresh_token);
        assert!(!sessions.is_revoked(&first.id));
        let again = sessions.refresh(&first.refresh_token, None);
        assert_eq!(again, Err(NotRefreshed::Reused));
        assert!(sessions.is_revoked(&first.id));
        let successor = sessions.refresh(&second.refresh_token, None);
        assert_eq!(successor, Err(NotRefreshed::Unknown));
        assert!(sessions.refresh(&other.refresh_token, None).is_ok());
        assert!(!sessions.is_revoked(&other.id));
    }

    #[test]
    fn a_refresh_token_belongs_to_its_client() {
        let sessions = Sessions::default();
        let opened = sessions.open(Authorization {
            client: Some("one"),
            ..viewer()
        });
        for client in [None, Some("two")] {
            let refused = sessions.refresh(&opened.refresh_token, client);
            assert_eq!(refused, Err(NotRefreshed::AnotherClient));
            sessions.close(&opened.refresh_token, client);
        }
        assert!(sessions.authorization(&opened.refresh_token).is_some());
        assert!(sessions.refresh(&opened.refresh_token, Some("one")).is_ok());
        assert!(sessions.authorization(&opened.refresh_token).is_none());
    }

    #[test]
    fn a_closed_session_takes_its_tokens_along() {
        let sessions = Sessions::default();
        let first = sessions.open(viewer());
        let (_, second) = sessions.refresh(&first.refresh_token, None).unwrap();
        sessions.close(&first.refresh_token, None);
        assert!(sessions.is_revoked(&first.id));
        assert!(sessions.authorization(&second.refresh_token).is_none());
    }

    #[test]
    fn a_kept_refresh_token_stays_good() {
        let sessions = Sessions::default();
        let first = sessions.open(viewer());
        for _ in 0..2 {
            sessions.refresh(&first.refresh_token, None).unwrap();
            sessions.keep(&first.refresh_token);
        }
        sessions.keep("refresh_");
        assert!(sessions.authorization(&first.refresh_token).is_some());
    }

    #[test]
    fn what_is_remembered_is_bounded() {
        let sessions = Sessions::default();
        let first = sessions.open(viewer());
        for _ in 0..LIMIT {
            sessions.open(viewer());
        }
        assert!(sessions.authorization(&first.refresh_token).is_none());
    }
}
