//! What a door is.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use tonic::service::Routes;

use super::channel::Channel;
use crate::lab::connection::Connection;
use crate::lab::world::World;

/// One row of the table.
pub struct Door {
    /// Stable: tests, docs and diagnoses name it.
    pub id: &'static str,
    pub summary: &'static str,
    /// The diagnosis that it shows, if it shows a fault.
    pub demonstrates: Option<&'static str>,
    /// What a client must bring.
    pub needs: &'static str,
    /// The files in the lab's directory that it takes.
    pub files: &'static [&'static str],
    /// The command line that shows it; `{address}` and `{dir}` are filled in.
    pub example: &'static str,
    /// Command lines that go wrong here by what the client does.
    pub more: &'static [Example],
    /// The address as a client writes it; `{socket}` is filled in.
    pub address: &'static str,
    pub socket: Socket,
    pub channel: Channel,
    /// What is behind it.
    pub open: fn(&Inside) -> anyhow::Result<Arc<dyn Answer>>,
}

/// A command line that shows a diagnosis at a door.
#[derive(Clone, Copy, Debug)]
pub struct Example {
    pub demonstrates: &'static str,
    /// As [`Door::example`].
    pub line: &'static str,
}

/// Where a door listens.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Socket {
    /// A port of 127.0.0.1.
    Tcp,
    /// A port of 127.0.0.1 that is taken, and on which nobody listens.
    Deaf,
    /// A Unix socket with this name in the lab's directory.
    Unix(&'static str),
}

/// What a door may open on.
pub struct Inside {
    pub world: Arc<World>,
    /// The gRPC services, without reflection.
    pub routes: Routes,
}

/// How a door answers a connection, once its channel stands.
pub trait Answer: Send + Sync {
    /// Serves one connection to its end.
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()>;
}
