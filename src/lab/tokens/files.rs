//! Keys and ready-made tokens, as files.

use rcgen::KeyPair;
use serde_json::Value;
use time::Duration;
use time::OffsetDateTime;

use super::Tokens;
use super::sign_with;
use crate::lab::directory::Directory;
use crate::lab::users::Role;

/// How long the good ready-made tokens last.
const DAY: Duration = Duration::DAY;

impl Tokens {
    /// Writes the keys and `token-*.jwt`, each good at `now` or bad as its name says.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory, now: OffsetDateTime) -> anyhow::Result<()> {
        directory.write_secret("jwt-es256.key", self.es256.serialize_pem())?;
        directory.write("jwt-es256.pub", self.es256.public_key_pem())?;
        directory.write_secret("jwt-hs256.secret", &self.hs256)?;
        directory.write("jwks.json", format!("{:#}\n", self.jwks()))?;
        for (name, token) in self.ready_made(now)? {
            directory.write_secret(&format!("token-{name}.jwt"), token)?;
        }
        Ok(())
    }

    fn ready_made(&self, now: OffsetDateTime) -> Result<[(&'static str, String); 6], rcgen::Error> {
        let hour = Duration::HOUR;
        let good = |role: Role| self.claims(role.name(), role, now, now + DAY);
        let viewer = |from: OffsetDateTime, until| self.claims("viewer", Role::Viewer, from, until);
        let mut elsewhere = good(Role::Viewer);
        elsewhere["aud"] = Value::from("another-service");
        Ok([
            ("viewer", self.sign(&good(Role::Viewer))),
            ("admin", self.sign(&good(Role::Admin))),
            ("expired", self.sign(&viewer(now - hour * 2, now - hour))),
            (
                "not-yet-valid",
                self.sign(&viewer(now + hour, now + hour * 2)),
            ),
            ("wrong-audience", self.sign(&elsewhere)),
            // It claims the lab's own key.
            (
                "other-key",
                sign_with(&KeyPair::generate()?, &good(Role::Viewer)),
            ),
        ])
    }
}
