//! What a token stands for: who, through which client, and for what.

use crate::lab::api_keys;
use crate::lab::users::Role;
use crate::lab::users::User;

/// The audience of every token that the Vault accepts.
pub(super) const AUDIENCE: &str = "vault";

/// What somebody was granted. Every token of a session stands for the same, or for a part of it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Authorization {
    pub subject: String,
    /// The OAuth client that the tokens are for; `None` where a user logged in without one.
    pub client: Option<&'static str>,
    /// They decide the role.
    pub scopes: Vec<&'static str>,
    pub audiences: Vec<&'static str>,
    /// SHA-256 of the certificate that the tokens are bound to, in base64url (RFC 8705 §3.1).
    pub thumbprint: Option<String>,
    /// Who acts for the subject (RFC 8693 §4.1).
    pub actor: Option<String>,
}

impl Authorization {
    /// Everything that a role may do at the Vault.
    pub fn of(subject: &str, role: Role) -> Self {
        Self {
            subject: subject.to_owned(),
            client: None,
            scopes: api_keys::permissions_of(role).to_vec(),
            audiences: vec![AUDIENCE],
            thumbprint: None,
            actor: None,
        }
    }

    /// What a user has who logged in.
    pub fn of_user(user: &User) -> Self {
        Self::of(user.name, user.role)
    }

    /// The role that the scopes amount to.
    pub fn role(&self) -> Role {
        api_keys::role_of(&self.scopes)
    }

    /// The scopes as OAuth writes them: separated by spaces (RFC 6749 §3.3).
    pub fn scope(&self) -> String {
        self.scopes.join(" ")
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_scopes_decide_the_role() {
        let mut admin = Authorization::of("admin", Role::Admin);
        assert_eq!(
            (admin.role(), &*admin.scope()),
            (Role::Admin, "vault.read vault.administer")
        );
        admin.scopes.pop();
        assert_eq!(admin.role(), Role::Viewer);
        admin.scopes.clear();
        assert_eq!((admin.role(), &*admin.scope()), (Role::Public, ""));
    }
}
