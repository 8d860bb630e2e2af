//! The wrapper between TLS (or the bare socket) and HTTP/2: keeps the first typed error, feeds the tap.

use std::io;
use std::pin::Pin;
use std::task::Context;
use std::task::Poll;

use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::ReadBuf;
use tokio::time::Instant;

use crate::connect::record::Record;
use crate::connect::report::Ending;

/// Wraps the stream that HTTP/2 runs over.
#[derive(Debug)]
pub(crate) struct AboveTls<S> {
    inner: S,
    record: Record,
}

impl<S> AboveTls<S> {
    pub(crate) fn new(inner: S, record: Record) -> Self {
        Self { inner, record }
    }

    /// Shows the tap the first `written` octets.
    fn note_written(&self, slices: &[io::IoSlice<'_>], written: usize) {
        let mut noted = self.record.noted();
        let mut left = written;
        for slice in slices {
            let part = &slice[..slice.len().min(left)];
            noted.tap.observe_outbound(part);
            left -= part.len();
        }
    }

    fn note_ending(&self, error: Option<&io::Error>) {
        self.record.end(match error {
            None => Ending::Closed { reset: false },
            Some(error) => ending(error),
        });
    }
}

/// rustls' errors travel inside an `io::Error`; `source()` skips them, `get_ref()` does not.
fn ending(error: &io::Error) -> Ending {
    let typed = error
        .get_ref()
        .and_then(|inner| inner.downcast_ref::<rustls::Error>());
    match typed {
        Some(error) => Ending::Tls(error.clone()),
        None => Ending::Closed {
            reset: error.kind() != io::ErrorKind::UnexpectedEof,
        },
    }
}

impl<S: AsyncRead + Unpin> AsyncRead for AboveTls<S> {
    fn poll_read(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        buffer: &mut ReadBuf<'_>,
    ) -> Poll<io::Result<()>> {
        let before = buffer.filled().len();
        let outcome = Pin::new(&mut self.inner).poll_read(cx, buffer);
        match &outcome {
            Poll::Pending => {}
            Poll::Ready(Err(error)) => self.note_ending(Some(error)),
            Poll::Ready(Ok(())) => {
                let read = &buffer.filled()[before..];
                if read.is_empty() {
                    if buffer.remaining() > 0 {
                        self.note_ending(None);
                    }
                } else {
                    let mut noted = self.record.noted();
                    let had_answered = noted.tap.has_answered();
                    noted.tap.observe(read);
                    noted.heard_at = Some(Instant::now());
                    let is_first = noted.settings_at.is_none() && noted.tap.has_settings();
                    if is_first {
                        noted.settings_at = Some(Instant::now());
                    }
                    if is_first || noted.tap.has_answered() != had_answered {
                        drop(noted);
                        self.record.ring();
                    }
                }
            }
        }
        outcome
    }
}

impl<S: AsyncWrite + Unpin> AsyncWrite for AboveTls<S> {
    fn poll_write(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        bytes: &[u8],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write(cx, bytes);
        if let Poll::Ready(Ok(written)) = &outcome {
            self.note_written(&[io::IoSlice::new(bytes)], *written);
        }
        outcome
    }

    fn poll_write_vectored(
        mut self: Pin<&mut Self>,
        cx: &mut Context<'_>,
        slices: &[io::IoSlice<'_>],
    ) -> Poll<io::Result<usize>> {
        let outcome = Pin::new(&mut self.inner).poll_write_vectored(cx, slices);
        if let Poll::Ready(Ok(written)) = &outcome {
            self.note_written(slices, *written);
        }
        outcome
    }

    fn is_write_vectored(&self) -> bool {
        self.inner.is_write_vectored()
    }

    fn poll_flush(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_flush(cx)
    }

    fn poll_shutdown(mut self: Pin<&mut Self>, cx: &mut Context<'_>) -> Poll<io::Result<()>> {
        Pin::new(&mut self.inner).poll_shutdown(cx)
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn a_typed_error_survives_its_io_error() {
        let alert = rustls::Error::AlertReceived(rustls::AlertDescription::CertificateRequired);
        let wrapped = io::Error::new(io::ErrorKind::InvalidData, alert.clone());
        assert!(matches!(ending(&wrapped), Ending::Tls(error) if error == alert));
        for (kind, reset) in [
            (io::ErrorKind::UnexpectedEof, false),
            (io::ErrorKind::ConnectionReset, true),
        ] {
            let bare = io::Error::new(kind, "gone");
            assert!(matches!(ending(&bare), Ending::Closed { reset: seen } if seen == reset));
        }
    }
}
