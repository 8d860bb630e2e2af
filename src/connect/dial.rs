//! Addresses to a byte stream: each address tried and timed, a next one begun when the last is slow.

use std::io;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;
use std::time::Duration;

use futures_util::StreamExt as _;
use futures_util::stream::FuturesUnordered;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::ReadBuf;
use tokio::net::TcpStream;
use tokio::net::UnixStream;
use tokio::time::Instant;

use crate::connect::report::AddressTried;
use crate::connect::report::Failure;
use crate::connect::report::PeerAddress;
use crate::connect::report::Phase;
use crate::connect::report::SocketFailure;

/// When the next address is begun beside one that has not answered (RFC 8305 §5).
const NEXT_ADDRESS: Duration = Duration::from_millis(250);

/// A connected socket.
#[derive(Debug)]
pub(crate) struct Dialled {
    pub io: Socket,
    pub peer: PeerAddress,
}

/// Tries `addresses` in their order; `tried` lists them all with the outcome of each.
pub(crate) async fn dial(
    addresses: Vec<PeerAddress>,
    deadline: Instant,
    tried: &mut Vec<AddressTried>,
) -> Result<Dialled, Failure> {
    let started = Instant::now();
    let mut waiting = addresses.into_iter();
    let mut attempts = FuturesUnordered::new();
    let mut begin = |tried: &mut Vec<AddressTried>, attempts: &FuturesUnordered<_>| {
        let Some(address) = waiting.next() else {
            return false;
        };
        let index = tried.len();
        tried.push(AddressTried {
            address: address.clone(),
            failure: None,
            connected: false,
            elapsed: Duration::ZERO,
        });
        attempts.push(attempt(index, address));
        true
    };
    begin(tried, &attempts);
    let mut next_at = Instant::now() + NEXT_ADDRESS;
    loop {
        tokio::select! {
            biased;
            Some((index, outcome, elapsed)) = attempts.next() => {
                tried[index].elapsed = elapsed;
                match outcome {
                    Ok(io) => {
                        tried[index].connected = true;
                        return Ok(Dialled { io, peer: tried[index].address.clone() });
                    }
                    Err(error) => {
                        tried[index].failure = Some(SocketFailure::from(&error));
                        if !begin(tried, &attempts) && attempts.is_empty() {
                            return Err(Failure::Connect);
                        }
                        next_at = Instant::now() + NEXT_ADDRESS;
                    }
                }
            }
            () = tokio::time::sleep_until(next_at.min(deadline)) => {
                if Instant::now() >= deadline {
                    return Err(Failure::Deadline { phase: Phase::Connect, after: started.elapsed() });
                }
                begin(tried, &attempts);
                next_at = Instant::now() + NEXT_ADDRESS;
            }
        }
    }
}

async fn attempt(index: usize, address: PeerAddress) -> (usize, io::Result<Socket>, Duration) {
    let started = Instant::now();
    let outcome = match address {
        PeerAddress::Tcp(address) => TcpStream::connect(address).await.and_then(|stream| {
            stream.set_nodelay(true)?;
            Ok(Socket::Tcp(stream))
        }),
        PeerAddress::Unix(path) => UnixStream::connect(path).await.map(Socket::Unix),
    };
    (index, outcome, started.elapsed())
}

/// TCP or a unix socket.
#[derive(Debug)]
pub(crate) enum Socket {
    Tcp(TcpStream),
    Unix(UnixStream),
}

impl AsyncRead for Socket {
    fn poll_read(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_read(cx, buffer),
            Self::Unix(stream) => Pin::new(stream).poll_read(cx, buffer),
        }
    }
}

impl AsyncWrite for Socket {
    fn poll_write(
        self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_write(cx, bytes),
            Self::Unix(stream) => Pin::new(stream).poll_write(cx, bytes),
        }
    }

    fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
        // Neither kind buffers above the kernel.
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        match self.get_mut() {
            Self::Tcp(stream) => Pin::new(stream).poll_shutdown(cx),
            Self::Unix(stream) => Pin::new(stream).poll_shutdown(cx),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    fn deadline() -> Instant {
        Instant::now() + Duration::from_secs(20)
    }

    #[tokio::test]
    async fn the_second_address_answers_and_the_first_is_on_record() {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let open = PeerAddress::Tcp(listener.local_addr().unwrap());
        let closed = {
            let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
            PeerAddress::Tcp(gone.local_addr().unwrap())
        };
        let mut tried = Vec::new();
        let dialled = dial(vec![closed, open.clone()], deadline(), &mut tried)
            .await
            .unwrap();
        assert_eq!(dialled.peer, open);
        assert_eq!(
            tried[0].failure.as_ref().unwrap().kind,
            io::ErrorKind::ConnectionRefused
        );
        assert!(tried[1].connected);
    }

    #[tokio::test]
    async fn refusals_are_not_waited_for() {
        let gone = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let closed = PeerAddress::Tcp(gone.local_addr().unwrap());
        drop(gone);
        let missing = PeerAddress::Unix("/nonexistent/socket".into());
        let mut tried = Vec::new();
        let failure = dial(vec![closed, missing], deadline(), &mut tried)
            .await
            .unwrap_err();
        assert!(matches!(failure, Failure::Connect));
        assert_eq!(tried.len(), 2);
        assert!(tried.iter().all(|tried| tried.failure.is_some()));
    }
}
