//! API keys with permissions and an expiry.

use time::Duration;
use time::OffsetDateTime;

use crate::lab::directory::Directory;
use crate::lab::random;
use crate::lab::users::Role;

/// May call what the role viewer may.
pub(super) const READ: &str = "vault.read";
/// May call what the role admin may.
pub(super) const ADMINISTER: &str = "vault.administer";

/// One key. It is compared as it is: the lab keeps no digests.
pub struct ApiKey {
    pub owner: &'static str,
    pub permissions: &'static [&'static str],
    pub expires_at: OffsetDateTime,
    key: String,
    file: &'static str,
}

/// The lab's keys.
pub struct ApiKeys([ApiKey; 3]);

impl ApiKeys {
    /// Fresh keys: for reading, for everything, and one that expired an hour before `now`.
    pub fn generate(now: OffsetDateTime) -> Self {
        let day = Duration::DAY;
        let key = |file, owner, permissions, expires_at| ApiKey {
            owner,
            permissions,
            expires_at,
            key: random::name("lab_"),
            file,
        };
        Self([
            key("apikey-viewer.txt", "viewer", &[READ], now + day),
            key("apikey-admin.txt", "admin", &[READ, ADMINISTER], now + day),
            key(
                "apikey-expired.txt",
                "viewer",
                &[READ],
                now - Duration::HOUR,
            ),
        ])
    }

    /// The key that was sent, good or expired.
    pub fn find(&self, sent: &str) -> Option<&ApiKey> {
        self.0.iter().find(|key| key.key == sent)
    }

    /// Writes each key into its file.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        self.0
            .iter()
            .try_for_each(|key| directory.write_secret(key.file, &key.key))
    }
}

impl ApiKey {
    /// The role whose methods the permissions open.
    pub fn role(&self) -> Role {
        role_of(self.permissions)
    }
}

/// The role that these permissions amount to. A token's scopes are the same words.
pub(super) fn role_of(permissions: &[&str]) -> Role {
    if permissions.contains(&ADMINISTER) {
        Role::Admin
    } else if permissions.contains(&READ) {
        Role::Viewer
    } else {
        Role::Public
    }
}

/// Every permission that a role has.
pub(super) fn permissions_of(role: Role) -> &'static [&'static str] {
    match role {
        Role::Admin => &[READ, ADMINISTER],
        Role::Viewer => &[READ],
        Role::Public => &[],
    }
}

/// The permission that a method of `role` wants.
pub(super) fn permission_for(role: Role) -> &'static str {
    match role {
        Role::Admin => ADMINISTER,
        Role::Viewer | Role::Public => READ,
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_key_opens_what_its_permissions_say() {
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        let keys = ApiKeys::generate(now);
        let roles = keys.0.each_ref().map(|key| {
            let found = keys.find(&key.key).unwrap();
            (found.role(), found.expires_at > now)
        });
        assert_eq!(
            roles,
            [
                (Role::Viewer, true),
                (Role::Admin, true),
                (Role::Viewer, false)
            ]
        );
        assert!(keys.find("").is_none() && keys.find("lab_").is_none());
    }
}
