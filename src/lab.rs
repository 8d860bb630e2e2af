//! The lab: an embedded world of secured gRPC servers, on loopback, for `demo`, for tests and for trying.
//!
//! [`start`] makes keys and certificates, writes what a client needs into a directory, and opens the
//! [doors](doors::all). Everything runs on the caller's runtime and ends with the [`Lab`].

use std::path::Path;
use std::path::PathBuf;
use std::sync::Arc;

use time::OffsetDateTime;
use tokio::task::JoinSet;

use crate::jwt::provider;
use crate::lab::directory::Directory;
use crate::lab::doors::Inside;
use crate::lab::doors::channel::Channel;
use crate::lab::world::Addresses;
use crate::lab::world::World;

mod api_keys;
mod authorization;
mod authorization_server;
mod certificate;
mod clock;
mod connection;
mod devices;
mod directory;
pub(crate) mod doors;
pub(crate) mod generated;
mod interceptors;
mod listener;
pub(crate) mod oauth_clients;
mod opening;
mod pki;
mod random;
mod seen;
mod services;
mod sessions;
mod statistics;
mod tokens;
pub(crate) mod users;
mod world;

pub use opening::OpenDoor;
pub(crate) use opening::listed;

/// How a lab is to be.
pub struct Options {
    /// Where to write its files; `None`: a temporary directory that goes with the lab. One that is there
    /// must be empty or an earlier lab's.
    pub directory: Option<PathBuf>,
    /// The port of the first door, the others following; `None`: the kernel chooses.
    pub base_port: Option<u16>,
    /// The lab's time when it starts. Certificates and tokens are good or bad by it.
    pub now: OffsetDateTime,
}

/// A running lab. Dropping it ends it.
pub struct Lab {
    doors: Vec<OpenDoor>,
    // Dropped before the directory that they serve from.
    tasks: JoinSet<()>,
    directory: Directory,
}

/// Opens a lab on the caller's runtime.
///
/// # Errors
/// If a port is taken, or the directory is somebody else's or cannot be written to.
pub async fn start(options: Options) -> anyhow::Result<Lab> {
    provider::install();
    let directory = Directory::prepare(options.directory)?;
    let bound = opening::bind(&directory, options.base_port).await?;
    let doors = opening::described(&bound, &directory)?;
    // The tokens name their issuer, so the doors' addresses come first.
    let addresses = Addresses {
        issuer: base(&doors, "https-login"),
        mutual: base(&doors, "https-token-mtls"),
        plaintext: base(&doors, "http-login"),
    };
    let world = Arc::new(World::generate(options.now, addresses)?);
    world.write(&directory)?;
    let inside = Inside {
        routes: services::routes(&world).await,
        world,
    };
    let mut tasks = JoinSet::new();
    for (door, listener) in bound {
        let config = match door.channel {
            Channel::Plaintext => None,
            Channel::Tls(tls) => {
                let identity = (tls.identity)(&inside.world.pki)?;
                if !Arc::ptr_eq(&identity, &inside.world.pki.server) {
                    identity.write(&directory)?;
                }
                Some(tls.config(&identity, &inside.world)?)
            }
        };
        tasks.spawn(listener.serve(config, (door.open)(&inside)?));
    }
    Ok(Lab {
        doors,
        directory,
        tasks,
    })
}

/// The address of an HTTP door without its path.
fn base(doors: &[OpenDoor], id: &str) -> String {
    doors
        .iter()
        .find(|door| door.id == id)
        .and_then(|door| door.address.rsplit_once('/'))
        .map(|(base, _)| base.to_owned())
        .expect("the table has this door, at an address with a path")
}

impl Lab {
    /// Every door, in the order of the table.
    pub fn doors(&self) -> &[OpenDoor] {
        &self.doors
    }

    /// The door with this id.
    pub fn door(&self, id: &str) -> Option<&OpenDoor> {
        self.doors.iter().find(|door| door.id == id)
    }

    /// Where its files are, absolute.
    pub fn directory(&self) -> &Path {
        self.directory.path()
    }

    /// The path of one of its files.
    pub fn file(&self, name: &str) -> PathBuf {
        self.directory.path().join(name)
    }

    /// Closes every door and connection, and removes a temporary directory.
    pub async fn shutdown(mut self) {
        self.tasks.shutdown().await;
    }
}

#[cfg(test)]
mod tests;
