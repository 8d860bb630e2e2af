//! Everything that the lab's doors share.

use rustls::pki_types::CertificateDer;
use time::OffsetDateTime;

use crate::lab::api_keys::ApiKeys;
use crate::lab::clock::Clock;
use crate::lab::devices::Devices;
use crate::lab::directory::Directory;
use crate::lab::oauth_clients::ClientKeys;
use crate::lab::pki::Pki;
use crate::lab::seen::Seen;
use crate::lab::sessions::Sessions;
use crate::lab::statistics::Statistics;
use crate::lab::tokens::Problem;
use crate::lab::tokens::Tokens;
use crate::lab::tokens::Verified;
use crate::lab::users::USERS;

/// Keys, certificates, users' sessions, and the time.
pub struct World {
    pub clock: Clock,
    pub pki: Pki,
    pub tokens: Tokens,
    pub api_keys: ApiKeys,
    pub sessions: Sessions,
    pub client_keys: ClientKeys,
    /// `jti` of the assertions that OAuth clients have shown.
    pub assertions: Seen,
    pub devices: Devices,
    pub statistics: Statistics,
    pub addresses: Addresses,
}

/// The peer of one connection, as far as TLS knows it.
#[derive(Clone, Default)]
pub struct Peer {
    /// The end-entity certificate, verified by the handshake.
    pub certificate: Option<CertificateDer<'static>>,
}

/// Base URLs of the authorization server.
#[derive(Clone, Debug)]
pub struct Addresses {
    /// Over TLS; `iss` of the lab's tokens.
    pub issuer: String,
    /// Over TLS, for clients with a certificate (RFC 8705 §5).
    pub mutual: String,
    /// Without TLS.
    pub plaintext: String,
}

impl World {
    /// Makes all keys and certificates for a lab that begins at `now`.
    ///
    /// # Errors
    /// Only if the system gives no random numbers, or `now` is near the end of the calendar.
    pub fn generate(now: OffsetDateTime, addresses: Addresses) -> anyhow::Result<Self> {
        Ok(Self {
            clock: Clock::starting_at(now),
            pki: Pki::generate(now)?,
            tokens: Tokens::generate(addresses.issuer.clone())?,
            api_keys: ApiKeys::generate(now),
            sessions: Sessions::default(),
            client_keys: ClientKeys::generate()?,
            assertions: Seen::default(),
            devices: Devices::default(),
            statistics: Statistics::default(),
            addresses,
        })
    }

    /// Whose token this is, if it is good now, for the Vault, and not revoked.
    ///
    /// # Errors
    /// The first thing that is wrong with it.
    pub fn verify(&self, token: &str) -> Result<Verified, Problem> {
        let verified = self.tokens.verify(token, self.clock.now())?;
        self.not_revoked(verified)
    }

    /// The same whatever its audience.
    ///
    /// # Errors
    /// As [`Self::verify`] has them.
    pub fn verify_for_any(&self, token: &str) -> Result<Verified, Problem> {
        let verified = self.tokens.verify_for_any(token, self.clock.now())?;
        self.not_revoked(verified)
    }

    fn not_revoked(&self, verified: Verified) -> Result<Verified, Problem> {
        let ids = [verified.caller.token_id.as_deref(), verified.session()];
        if ids.iter().flatten().any(|id| self.sessions.is_revoked(id)) {
            return Err(Problem::Revoked);
        }
        Ok(verified)
    }

    /// Writes what a client needs, and what a user of other tools may want.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        self.pki.write(directory)?;
        self.tokens.write(directory, self.clock.now())?;
        self.api_keys.write(directory)?;
        self.client_keys.write(directory)?;
        for user in USERS {
            directory.write_secret(&format!("password-{}.txt", user.name), user.password)?;
        }
        directory.write("vault.protoset", crate::lab::generated::DESCRIPTOR_SET)
    }
}

#[cfg(test)]
impl Addresses {
    /// Of a world that nobody dials.
    pub fn for_tests() -> Self {
        Self {
            issuer: "https://127.0.0.1:1".to_owned(),
            mutual: "https://127.0.0.1:2".to_owned(),
            plaintext: "http://127.0.0.1:3".to_owned(),
        }
    }
}
