//! Who may log in, what each may do, and who is calling.

use time::OffsetDateTime;

use crate::lab::generated::lab_v1;

/// What a caller may do: each role may do what the roles before it may.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord)]
pub enum Role {
    /// Anybody; no credential needed.
    Public,
    Viewer,
    Admin,
}

/// A user of the lab. The passwords are no secret: they are printed with the lab's table.
#[derive(Clone, Copy, Debug)]
pub struct User {
    pub name: &'static str,
    pub password: &'static str,
    pub role: Role,
}

pub(crate) const USERS: [User; 2] = [
    User {
        name: "viewer",
        password: "viewer-password",
        role: Role::Viewer,
    },
    User {
        name: "admin",
        password: "admin-password",
        role: Role::Admin,
    },
];

/// The user whose name and password these are.
pub(crate) fn log_in(name: &str, password: &str) -> Option<&'static User> {
    USERS
        .iter()
        .find(|user| user.name == name && user.password == password)
}

/// Who called, as the interceptors found.
#[derive(Clone, Debug, PartialEq)]
pub struct Caller {
    /// Empty for an anonymous caller.
    pub subject: String,
    pub role: Role,
    /// The interceptor that accepted the credential, or `none`.
    pub authenticated_by: &'static str,
    pub expires_at: Option<OffsetDateTime>,
    /// `jti` of the token, if it was one.
    pub token_id: Option<String>,
}

impl Caller {
    /// A caller without a credential.
    pub fn anonymous() -> Self {
        Self {
            subject: String::new(),
            role: Role::Public,
            authenticated_by: "none",
            expires_at: None,
            token_id: None,
        }
    }
}

impl Role {
    /// As tokens and messages name it.
    pub fn name(self) -> &'static str {
        match self {
            Self::Public => "public",
            Self::Viewer => "viewer",
            Self::Admin => "admin",
        }
    }

    /// The role that `name` names.
    pub fn parse(name: &str) -> Option<Self> {
        [Self::Public, Self::Viewer, Self::Admin]
            .into_iter()
            .find(|role| role.name() == name)
    }
}

impl From<Role> for lab_v1::Role {
    fn from(role: Role) -> Self {
        match role {
            Role::Public => Self::Public,
            Role::Viewer => Self::Viewer,
            Role::Admin => Self::Admin,
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn only_the_right_password_logs_in() {
        assert_eq!(
            log_in("admin", "admin-password").map(|user| user.role),
            Some(Role::Admin)
        );
        for (name, password) in [("admin", "viewer-password"), ("", ""), ("root", "root")] {
            assert!(log_in(name, password).is_none());
        }
        assert!(Role::Admin > Role::Viewer && Role::Viewer > Role::Public);
    }
}
