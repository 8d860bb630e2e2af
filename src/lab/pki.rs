//! The lab's public key infrastructure: root → intermediate → leaf, and what goes wrong beside it.

use std::sync::Arc;

use rcgen::BasicConstraints;
use rcgen::CertifiedIssuer;
use rcgen::IsCa;
use rcgen::KeyPair;
use time::OffsetDateTime;

use crate::lab::directory::Directory;

mod clients;
mod der;
mod identity;
mod issue;
mod misshapen;
pub(super) mod servers;

pub(super) use identity::Identity;

use issue::Leaf;

/// The name of the lab's root.
const ROOT: &str = "grpcauth lab root";
/// The names that the lab's servers go by.
const SERVER_NAMES: [&str; 4] = ["localhost", "127.0.0.1", "::1", "lab.test"];

/// A certification authority with its key.
type Authority = CertifiedIssuer<'static, KeyPair>;

/// What the lab's doors and clients have their certificates from. All keys are P-256, unless a
/// certificate is there to show another.
pub struct Pki {
    now: OffsetDateTime,
    pub root: Authority,
    intermediate: Authority,
    /// Has nothing to do with the lab's.
    other_root: Authority,
    expired_root: Authority,
    future_root: Authority,
    pub server: Arc<Identity>,
    pub clients: Vec<Identity>,
}

impl Pki {
    /// Makes it, valid from an hour before `now`: the roots for ten years, leaves for 90 days. What one
    /// door alone shows is made when the door is opened.
    ///
    /// # Errors
    /// Only if the system gives no random numbers, or `now` is near the end of the calendar.
    pub fn generate(now: OffsetDateTime) -> Result<Self, rcgen::Error> {
        let root = issue::root(ROOT, issue::years(now))?;
        let intermediate = issue::intermediate(
            "grpcauth lab intermediate",
            issue::years(now),
            &root,
            |params| params.is_ca = IsCa::Ca(BasicConstraints::Constrained(0)),
        )?;
        let server =
            Leaf::server("server", &SERVER_NAMES, issue::quarter(now)).below(&intermediate)?;
        let mut pki = Self {
            now,
            other_root: issue::root("an unrelated root", issue::years(now))?,
            expired_root: issue::root("an expired root", issue::past(now))?,
            future_root: issue::root("a root of the future", issue::future(now))?,
            root,
            intermediate,
            server: Arc::new(server),
            clients: Vec::new(),
        };
        pki.clients = clients::all(&pki)?;
        Ok(pki)
    }

    /// A server's certificate by the lab's names, for now.
    fn leaf(&self, file: &'static str) -> Leaf {
        self.leaf_for(file, &SERVER_NAMES)
    }

    fn leaf_for(&self, file: &'static str, names: &[&'static str]) -> Leaf {
        Leaf::server(file, names, issue::quarter(self.now))
    }

    /// Writes the authorities' certificates, and the server's and the clients' with their keys.
    ///
    /// # Errors
    /// As the file system has them.
    pub fn write(&self, directory: &Directory) -> anyhow::Result<()> {
        for (name, authority) in [
            ("ca.pem", &self.root),
            ("intermediate.pem", &self.intermediate),
            ("other-ca.pem", &self.other_root),
            ("expired-ca.pem", &self.expired_root),
            ("future-ca.pem", &self.future_root),
        ] {
            directory.write(name, authority.pem())?;
        }
        self.server.write(directory)?;
        for client in &self.clients {
            client.write(directory)?;
        }
        self.write_misshapen(directory)
    }
}

#[cfg(test)]
mod tests;
