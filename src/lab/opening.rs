//! From the table's rows to sockets, addresses and command lines.

use std::path::PathBuf;

use anyhow::Context as _;

use crate::lab::directory::Directory;
use crate::lab::doors::DOORS;
use crate::lab::doors::Door;
use crate::lab::doors::Socket;
use crate::lab::listener::Listener;

/// A door that is being served.
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
    /// The files that it takes, absolute.
    pub files: Vec<PathBuf>,
    /// The command line that shows it.
    pub example: String,
}

/// Each row with its socket.
pub type Bound = Vec<(&'static Door, Listener)>;

/// Binds every door, on the ports from `base_port` on or wherever the kernel likes.
///
/// # Errors
/// If a port or a socket's path is taken, or there are not enough ports above `base_port`.
pub async fn bind(directory: &Directory, base_port: Option<u16>) -> anyhow::Result<Bound> {
    let mut bound = Vec::with_capacity(DOORS.len());
    let mut ports = base_port.map(|first| first..=u16::MAX);
    for door in DOORS {
        let listener = match door.socket {
            Socket::Tcp => {
                let port = match &mut ports {
                    None => 0,
                    Some(ports) => ports
                        .next()
                        .context("the ports above the base port run out")?,
                };
                Listener::tcp(port).await?
            }
            Socket::Unix(name) => {
                directory.remove(name)?;
                Listener::unix(&directory.path().join(name))?
            }
        };
        bound.push((door, listener));
    }
    Ok(bound)
}

/// The doors with their addresses and examples filled in.
///
/// # Errors
/// If the system does not tell a socket's address.
pub fn described(bound: &Bound, directory: &Directory) -> anyhow::Result<Vec<OpenDoor>> {
    let mut doors = Vec::with_capacity(bound.len());
    for (door, listener) in bound {
        doors.push(OpenDoor {
            id: door.id,
            address: door.address.replace("{socket}", &listener.address()?),
            summary: door.summary,
            demonstrates: door.demonstrates,
            needs: door.needs,
            files: door
                .files
                .iter()
                .map(|file| directory.path().join(file))
                .collect(),
            example: String::new(),
        });
    }
    let first = quoted(&doors.first().context("there is a door")?.address);
    let path = quoted(&directory.path().display().to_string());
    for (open, (door, _)) in doors.iter_mut().zip(bound) {
        open.example = door
            .example
            .replace("{address}", &quoted(&open.address))
            .replace("{first}", &first)
            .replace("{dir}", &path);
    }
    Ok(doors)
}

/// One word for a shell.
fn quoted(text: &str) -> String {
    // Only a NUL cannot be quoted, and no path or address has one.
    shlex::try_quote(text).map_or_else(|_| text.to_owned(), Into::into)
}
