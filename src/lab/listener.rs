//! The lab's sockets, and the loop that accepts on each.

use std::future;
use std::io;
use std::net::Ipv4Addr;
use std::path::Path;
use std::sync::Arc;
use std::time::Duration;

use anyhow::Context as _;
use rustls::ServerConfig;
use tokio::net::TcpListener;
use tokio::net::TcpSocket;
#[cfg(unix)]
use tokio::net::UnixListener;
use tokio::task::JoinSet;

use crate::lab::connection::Connection;
use crate::lab::connection::Stream;
use crate::lab::doors::Answer;

/// How many connections a door serves at once; more wait in the kernel's queue.
const LIMIT: usize = 256;
/// How long to wait when the system has no descriptor left.
const BREATH: Duration = Duration::from_millis(50);

/// A bound socket of this machine alone.
pub(super) enum Listener {
    Tcp(TcpListener),
    /// Bound, so that nobody else gets the port, and not listening: the system refuses connections.
    Deaf(TcpSocket),
    #[cfg(unix)]
    Unix(UnixListener),
}

impl Listener {
    /// Binds a port of 127.0.0.1; 0 lets the kernel choose.
    ///
    /// # Errors
    /// If the port is taken.
    pub(super) async fn tcp(port: u16) -> anyhow::Result<Self> {
        TcpListener::bind((Ipv4Addr::LOCALHOST, port))
            .await
            .map(Self::Tcp)
            .with_context(|| format!("the lab cannot listen on 127.0.0.1:{port}"))
    }

    /// Binds a port of 127.0.0.1 without listening on it.
    ///
    /// # Errors
    /// If the port is taken.
    pub(super) fn deaf(port: u16) -> anyhow::Result<Self> {
        let socket = TcpSocket::new_v4()?;
        socket
            .bind((Ipv4Addr::LOCALHOST, port).into())
            .with_context(|| format!("the lab cannot have 127.0.0.1:{port}"))?;
        Ok(Self::Deaf(socket))
    }

    /// Binds a Unix socket.
    ///
    /// # Errors
    /// If the path is taken or too long (some hundred bytes, by the system).
    #[cfg(unix)]
    pub(super) fn unix(path: &Path) -> anyhow::Result<Self> {
        UnixListener::bind(path)
            .map(Self::Unix)
            .with_context(|| format!("the lab cannot listen on {}", path.display()))
    }

    /// # Errors
    /// Always: the system has no Unix sockets.
    #[cfg(not(unix))]
    pub fn unix(path: &Path) -> anyhow::Result<Self> {
        anyhow::bail!("this system has no Unix sockets for {}", path.display())
    }

    /// `127.0.0.1:PORT` or the path.
    ///
    /// # Errors
    /// As the system has them.
    pub(super) fn address(&self) -> io::Result<String> {
        match self {
            Self::Tcp(listener) => Ok(listener.local_addr()?.to_string()),
            Self::Deaf(socket) => Ok(socket.local_addr()?.to_string()),
            #[cfg(unix)]
            Self::Unix(listener) => Ok(listener
                .local_addr()?
                .as_pathname()
                .map(|path| path.display().to_string())
                .unwrap_or_default()),
        }
    }

    /// Accepts and serves until it is dropped, and every connection with it.
    pub(super) async fn serve(self, config: Option<Arc<ServerConfig>>, answer: Arc<dyn Answer>) {
        let mut connections = JoinSet::new();
        loop {
            tokio::select! {
                accepted = self.accept(), if connections.len() < LIMIT => match accepted {
                    Ok(stream) => {
                        connections.spawn(serve(stream, config.clone(), Arc::clone(&answer)));
                    }
                    Err(_) => tokio::time::sleep(BREATH).await,
                },
                Some(_) = connections.join_next() => {}
            }
        }
    }

    async fn accept(&self) -> io::Result<Box<dyn Stream>> {
        Ok(match self {
            Self::Tcp(listener) => {
                let (stream, _) = listener.accept().await?;
                stream.set_nodelay(true)?;
                Box::new(stream)
            }
            Self::Deaf(_) => future::pending().await,
            #[cfg(unix)]
            Self::Unix(listener) => Box::new(listener.accept().await?.0),
        })
    }
}

async fn serve(
    stream: Box<dyn Stream>,
    config: Option<Arc<ServerConfig>>,
    answer: Arc<dyn Answer>,
) {
    let connection = match config {
        None => Some(Connection::plaintext(stream)),
        Some(config) => Connection::tls(stream, config).await,
    };
    if let Some(connection) = connection {
        answer.serve(connection).await;
    }
}
