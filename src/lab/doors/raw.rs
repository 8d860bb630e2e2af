//! Bytes in answer to the first ones of a client, whatever they were.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;

use super::Answer;
use crate::lab::connection::Connection;
use crate::lab::connection::linger;

/// A web server that does not understand what it was sent.
pub(super) const BAD_REQUEST: &[u8] = b"HTTP/1.1 400 Bad Request\r\nserver: lab\r\ncontent-type: text/plain\r\ncontent-length: 12\r\nconnection: close\r\n\r\nBad Request\n";

/// What is said, and how it ends.
pub(super) struct Raw {
    pub words: &'static [u8],
    pub then: Then,
}

/// What comes after the words.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Then {
    Close,
    /// The connection is closed on what was not read, so that the system resets it (RFC 2525 §2.17).
    Reset,
    /// Until the client gives up.
    Wait,
}

/// A fatal alert in a record of TLS 1.2 (RFC 8446 §6).
pub(super) const fn fatal_alert(description: u8) -> [u8; 7] {
    [0x15, 3, 3, 0, 2, 2, description]
}

impl Answer for Raw {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let (words, then) = (self.words, self.then);
        async move {
            let (mut stream, _) = connection.into_stream();
            if then == Then::Reset {
                // One octet shows that the others have come.
                let _ = stream.read_u8().await;
                return;
            }
            let mut first = [0; 4096];
            let spoken = stream.read(&mut first).await;
            if spoken.is_err() || stream.write_all(words).await.is_err() {
                return;
            }
            match then {
                Then::Wait => {
                    // Whichever way it ends, the client has gone.
                    let _ = tokio::io::copy(&mut stream, &mut tokio::io::sink()).await;
                }
                _ => linger(stream).await,
            }
        }
        .boxed()
    }
}
