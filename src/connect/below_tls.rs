//! The wrapper between the socket and TLS: counts, keeps the first bytes, and outlives a failed write.

use std::future::Future as _;
use std::io;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;
use std::task::ready;
use std::time::Duration;

use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::ReadBuf;
use tokio::time::Sleep;

use crate::connect::record::Record;
use crate::connect::report::SocketFailure;
use crate::peer_text;

/// How many of the first bytes are kept.
const FIRST_BYTES: usize = peer_text::KEPT;

/// How long reading goes on after a failed write before the failure is reported.
const DRAIN: Duration = Duration::from_secs(1);

/// Wraps the socket. After a failed write, further writes are taken and thrown away, and reading
/// goes on until the peer's last words (or a second) are over; then the failure is reported.
#[derive(Debug)]
pub(crate) struct BelowTls<S> {
    inner: S,
    record: Record,
    failed: Option<(io::Error, Pin<Box<Sleep>>)>,
}

impl<S> BelowTls<S> {
    pub(crate) fn new(inner: S, record: Record) -> Self {
        Self {
            inner,
            record,
            failed: None,
        }
    }

    fn write_failed(&mut self, error: io::Error) {
        self.record.noted().write_failure = Some(SocketFailure::from(&error));
        self.failed = Some((error, Box::pin(tokio::time::sleep(DRAIN))));
    }

    fn note_read(&self, bytes: &[u8]) {
        let mut noted = self.record.noted();
        noted.bytes_received += bytes.len() as u64;
        let wanted = FIRST_BYTES - noted.first_bytes.len();
        noted
            .first_bytes
            .extend_from_slice(&bytes[..bytes.len().min(wanted)]);
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for BelowTls<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        match Pin::new(&mut self.inner).poll_read(cx, buffer) {
            Poll::Ready(Ok(())) => {
                self.note_read(&buffer.filled()[before..]);
                Poll::Ready(Ok(()))
            }
            Poll::Ready(Err(error)) => Poll::Ready(Err(error)),
            Poll::Pending => match &mut self.failed {
                None => Poll::Pending,
                Some((error, drain)) => {
                    ready!(drain.as_mut().poll(cx));
                    Poll::Ready(Err(io::Error::new(error.kind(), error.to_string())))
                }
            },
        }
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for BelowTls<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        if self.failed.is_some() {
            return Poll::Ready(Ok(bytes.len()));
        }
        match ready!(Pin::new(&mut self.inner).poll_write(cx, bytes)) {
            Ok(written) => Poll::Ready(Ok(written)),
            Err(error) => {
                self.write_failed(error);
                // The reader must hear of the drain's end even if it is asleep by now.
                cx.waker().wake_by_ref();
                Poll::Ready(Ok(bytes.len()))
            }
        }
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.failed.is_some() {
            return Poll::Ready(Ok(()));
        }
        if let Err(error) = ready!(Pin::new(&mut self.inner).poll_flush(cx)) {
            self.write_failed(error);
            cx.waker().wake_by_ref();
        }
        Poll::Ready(Ok(()))
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        if self.failed.is_some() {
            return Poll::Ready(Ok(()));
        }
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::io::AsyncReadExt as _;
    use tokio::io::AsyncWriteExt as _;

    /// A peer that has closed its receiving side: writes fail, what it said can still be read.
    struct Gone<R>(R);

    impl<R: AsyncRead + Unpin> AsyncRead for Gone<R> {
        fn poll_read(
            mut self: Pin<&mut Self>,
            cx: &mut Context<'_>,
            buffer: &mut ReadBuf<'_>,
        ) -> Poll<io::Result<()>> {
            Pin::new(&mut self.0).poll_read(cx, buffer)
        }
    }

    impl<R: Unpin> AsyncWrite for Gone<R> {
        fn poll_write(
            self: Pin<&mut Self>,
            _: &mut Context<'_>,
            _: &[u8],
        ) -> Poll<io::Result<usize>> {
            Poll::Ready(Err(io::ErrorKind::BrokenPipe.into()))
        }
        fn poll_flush(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
        fn poll_shutdown(self: Pin<&mut Self>, _: &mut Context<'_>) -> Poll<io::Result<()>> {
            Poll::Ready(Ok(()))
        }
    }

    #[tokio::test]
    async fn last_words_are_read_after_a_failed_write() {
        let record = Record::default();
        let mut stream = BelowTls::new(Gone(&b"last words"[..]), record.clone());
        stream.write_all(b"into the void").await.unwrap();
        let mut heard = String::new();
        stream.read_to_string(&mut heard).await.unwrap();
        assert_eq!(heard, "last words");
        let noted = record.noted();
        assert_eq!(
            noted.write_failure.as_ref().unwrap().kind,
            io::ErrorKind::BrokenPipe
        );
        assert_eq!(
            (noted.bytes_received, &noted.first_bytes[..]),
            (10, &b"last words"[..])
        );
    }

    #[tokio::test(start_paused = true)]
    async fn a_silent_peer_does_not_hold_the_drain() {
        let (_silent, ours) = tokio::io::duplex(8);
        let mut stream = BelowTls::new(Gone(ours), Record::default());
        stream.write_all(b"x").await.unwrap();
        let failure = stream.read_u8().await.unwrap_err();
        assert_eq!(failure.kind(), io::ErrorKind::BrokenPipe);
    }

    #[tokio::test]
    async fn only_the_first_bytes_are_kept() {
        let record = Record::default();
        let mut stream = BelowTls::new(Gone(&[7_u8; 2 * FIRST_BYTES][..]), record.clone());
        let mut all = Vec::new();
        stream.read_to_end(&mut all).await.unwrap();
        let noted = record.noted();
        assert_eq!(
            (noted.bytes_received, noted.first_bytes.len()),
            (2 * FIRST_BYTES as u64, FIRST_BYTES)
        );
    }
}
