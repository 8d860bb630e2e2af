//! Everything that the lab's doors share.

use rustls::pki_types::CertificateDer;
use time::OffsetDateTime;

use crate::lab::api_keys::ApiKeys;
use crate::lab::clock::Clock;
use crate::lab::directory::Directory;
use crate::lab::pki::Pki;
use crate::lab::sessions::Sessions;
use crate::lab::tokens::Tokens;
use crate::lab::users::USERS;

/// Keys, certificates, users' sessions, and the time.
pub struct World {
    pub clock: Clock,
    pub pki: Pki,
    pub tokens: Tokens,
    pub api_keys: ApiKeys,
    pub sessions: Sessions,
}

/// The peer of one connection, as far as TLS knows it.
#[derive(Clone, Default)]
pub struct Peer {
    /// The end-entity certificate, verified by the handshake.
    pub certificate: Option<CertificateDer<'static>>,
}

impl World {
    /// Makes all keys and certificates for a lab that begins at `now`.
    ///
    /// # Errors
    /// Only if the system gives no random numbers, or `now` is near the end of the calendar.
    pub fn generate(now: OffsetDateTime, issuer: String) -> anyhow::Result<Self> {
        Ok(Self {
            clock: Clock::starting_at(now),
            pki: Pki::generate(now)?,
            tokens: Tokens::generate(issuer)?,
            api_keys: ApiKeys::generate(now),
            sessions: Sessions::default(),
        })
    }

    /// Writes what a client needs, and what a user of other tools may want.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        self.pki.write(directory)?;
        self.tokens.write(directory, self.clock.now())?;
        self.api_keys.write(directory)?;
        for user in USERS {
            directory.write_secret(&format!("password-{}.txt", user.name), user.password)?;
        }
        directory.write("vault.protoset", crate::lab::generated::DESCRIPTOR_SET)
    }
}
