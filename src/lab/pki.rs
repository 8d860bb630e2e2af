//! The lab's public key infrastructure: root → intermediate → leaf, and what goes wrong beside it.

use rcgen::CertifiedIssuer;
use rcgen::KeyPair;
use rustls::pki_types::CertificateDer;
use rustls::pki_types::PrivateKeyDer;
use time::Duration;
use time::OffsetDateTime;

use crate::lab::directory::Directory;

mod issue;

use issue::Leaf;

/// The names that the lab's servers go by.
const SERVER_NAMES: [&str; 4] = ["localhost", "127.0.0.1", "::1", "lab.test"];
/// The names of another server; the address is one for documentation (RFC 5737).
const OTHER_NAMES: [&str; 2] = ["other.test", "192.0.2.7"];

/// A chain as it is presented, end-entity first, with its key.
pub struct Identity {
    /// The name of its files, without the ending.
    pub file: &'static str,
    chain: Vec<CertificateDer<'static>>,
    pem: String,
    key: KeyPair,
}

/// Every certificate of the lab. All keys are P-256.
pub struct Pki {
    pub root: CertificateDer<'static>,
    root_pem: String,
    intermediate_pem: String,
    other_root_pem: String,
    pub server: Identity,
    pub server_expired: Identity,
    pub server_wrong_name: Identity,
    /// Issued by a root that has nothing to do with the lab's.
    pub server_other_ca: Identity,
    pub server_self_signed: Identity,
    /// A viewer's, an admin's, an expired one and one of the unrelated root.
    pub clients: [Identity; 4],
}

impl Pki {
    /// Makes all of it, valid from an hour before `now`: the roots for ten years, leaves for 90 days.
    ///
    /// # Errors
    /// Only if the system gives no random numbers, or `now` is near the end of the calendar.
    pub fn generate(now: OffsetDateTime) -> Result<Self, rcgen::Error> {
        let root = issue::root("grpcauth lab root", now)?;
        let intermediate = issue::intermediate("grpcauth lab intermediate", now, &root)?;
        let other_root = issue::root("an unrelated root", now)?;
        let chained = |leaf: Leaf| leaf.issued_by(&intermediate, Some(&intermediate));
        let current = (now - Duration::HOUR, now + Duration::days(90));
        let expired = (now - Duration::days(93), now - Duration::days(3));
        Ok(Self {
            server: chained(Leaf::server("server", &SERVER_NAMES, current))?,
            server_expired: chained(Leaf::server("server-expired", &SERVER_NAMES, expired))?,
            server_wrong_name: chained(Leaf::server("server-wrong-name", &OTHER_NAMES, current))?,
            server_other_ca: Leaf::server("server-other-ca", &SERVER_NAMES, current)
                .issued_by(&other_root, None)?,
            server_self_signed: Leaf::server("server-self-signed", &SERVER_NAMES, current)
                .self_signed()?,
            clients: [
                chained(Leaf::client("client-viewer", "viewer", current))?,
                chained(Leaf::client("client-admin", "admin", current))?,
                chained(Leaf::client("client-expired", "viewer", expired))?,
                Leaf::client("client-other-ca", "viewer", current).issued_by(&other_root, None)?,
            ],
            root: root.der().clone(),
            root_pem: root.pem(),
            intermediate_pem: intermediate.pem(),
            other_root_pem: other_root.pem(),
        })
    }

    /// Writes every certificate as `NAME.pem` and every leaf's key as `NAME.key` (PKCS#8).
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        directory.write("ca.pem", &self.root_pem)?;
        directory.write("intermediate.pem", &self.intermediate_pem)?;
        directory.write("other-ca.pem", &self.other_root_pem)?;
        let servers = [
            &self.server,
            &self.server_expired,
            &self.server_wrong_name,
            &self.server_other_ca,
            &self.server_self_signed,
        ];
        for identity in servers.into_iter().chain(&self.clients) {
            directory.write(&format!("{}.pem", identity.file), &identity.pem)?;
            let key = identity.key.serialize_pem();
            directory.write_secret(&format!("{}.key", identity.file), &key)?;
        }
        Ok(())
    }
}

impl Identity {
    /// The chain and the key as rustls wants them.
    pub fn presented(&self) -> (Vec<CertificateDer<'static>>, PrivateKeyDer<'static>) {
        let key = PrivateKeyDer::Pkcs8(self.key.serialize_der().into());
        (self.chain.clone(), key)
    }
}

/// A certification authority with its key.
type Authority = CertifiedIssuer<'static, KeyPair>;

#[cfg(test)]
mod tests;
