//! From the table's rows to sockets, addresses and command lines.

use std::ops::RangeInclusive;
use std::path::Path;
use std::path::PathBuf;

use anyhow::Context as _;

use crate::lab::directory::Directory;
use crate::lab::doors;
use crate::lab::doors::Door;
use crate::lab::doors::Socket;
use crate::lab::listener::Listener;

/// A door with its address.
#[derive(Clone, Debug)]
pub struct OpenDoor {
    pub id: &'static str,
    /// As a client writes it: `127.0.0.1:PORT`, `unix:PATH` or a URL.
    pub address: String,
    pub summary: &'static str,
    /// The diagnosis that it shows, if it shows a fault.
    pub demonstrates: Option<&'static str>,
    /// What a client must bring.
    pub needs: &'static str,
    /// The files that it takes.
    pub files: Vec<PathBuf>,
    /// The command line that shows it.
    pub example: String,
    /// Command lines that go wrong here by what the client does.
    pub more: Vec<OpenExample>,
}

/// A command line that can be typed.
#[derive(Clone, Debug)]
pub struct OpenExample {
    /// The diagnosis that it comes to.
    pub demonstrates: &'static str,
    pub line: String,
}

/// Each row with its socket.
pub(super) type Bound = Vec<(&'static Door, Listener)>;

/// Binds every door, on the ports from `base_port` on or wherever the kernel likes.
///
/// # Errors
/// If a port or a socket's path is taken, or there are not enough ports above `base_port`.
pub(super) async fn bind(directory: &Directory, base_port: Option<u16>) -> anyhow::Result<Bound> {
    let mut bound = Vec::new();
    let mut ports = base_port.map(|first| first..=u16::MAX);
    for door in doors::all() {
        let listener = match door.socket {
            Socket::Tcp => Listener::tcp(next_port(&mut ports)?).await?,
            Socket::Deaf => Listener::deaf(next_port(&mut ports)?)?,
            Socket::Unix(name) => {
                directory.remove(name)?;
                Listener::unix(&directory.path().join(name))?
            }
        };
        bound.push((door, listener));
    }
    Ok(bound)
}

/// The next port under `--base-port`; 0 lets the kernel choose.
fn next_port(ports: &mut Option<RangeInclusive<u16>>) -> anyhow::Result<u16> {
    match ports {
        None => Ok(0),
        Some(ports) => ports
            .next()
            .context("the ports above the base port run out"),
    }
}

/// The bound doors with their examples filled in.
///
/// # Errors
/// If the system does not tell a socket's address.
pub(super) fn described(bound: &Bound, directory: &Directory) -> anyhow::Result<Vec<OpenDoor>> {
    bound
        .iter()
        .map(|(door, listener)| Ok(described_at(door, &listener.address()?, directory.path())))
        .collect()
}

/// Every door as `grpcauth lab --dir DIRECTORY --base-port PORT` opens it, without opening it.
pub(crate) fn listed(directory: &Path, base_port: u16) -> Vec<OpenDoor> {
    let mut ports = base_port..=u16::MAX;
    let mut listed = Vec::new();
    for door in doors::all() {
        let socket = match door.socket {
            Socket::Unix(name) => directory.join(name).display().to_string(),
            Socket::Tcp | Socket::Deaf => match ports.next() {
                Some(port) => format!("127.0.0.1:{port}"),
                None => continue,
            },
        };
        listed.push(described_at(door, &socket, directory));
    }
    listed
}

fn described_at(door: &Door, socket: &str, directory: &Path) -> OpenDoor {
    let address = door.address.replace("{socket}", socket);
    let filled = |line: &str| {
        line.replace("{address}", &quoted(&address))
            .replace("{dir}", &quoted(&directory.display().to_string()))
    };
    OpenDoor {
        id: door.id,
        summary: door.summary,
        demonstrates: door.demonstrates,
        needs: door.needs,
        files: door.files.iter().map(|file| directory.join(file)).collect(),
        example: filled(door.example),
        more: door
            .more
            .iter()
            .map(|example| OpenExample {
                demonstrates: example.demonstrates,
                line: filled(example.line),
            })
            .collect(),
        address,
    }
}

/// One word for a shell.
fn quoted(text: &str) -> String {
    // Only a NUL cannot be quoted, and no path or address has one.
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), Into::into)
}
