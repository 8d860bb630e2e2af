//! An answer as the bytes that are written, and how.

use std::io;
use std::time::Duration;

use bytes::Bytes;
use bytes::BytesMut;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::io::copy;
use tokio::io::sink;
use tokio::time::sleep;

use crate::lab::authorization_server::answer::Answer;

/// Between two bytes that drip.
const DRIP: Duration = Duration::from_millis(100);

/// Steps, one after the other. Then the connection is closed.
pub(crate) struct Script(pub Vec<Step>);

#[derive(Clone)]
pub(crate) enum Step {
    Send(Bytes),
    /// So many times.
    Repeat(Bytes, u64),
    /// One byte at a time.
    Drip(Bytes),
    /// Nothing, until the client has gone.
    Silence,
}

impl Script {
    /// # Errors
    /// When the client has gone.
    pub(crate) async fn play<S>(self, stream: &mut S) -> io::Result<()>
    where
        S: AsyncRead + AsyncWrite + Unpin,
    {
        for step in self.0 {
            match step {
                Step::Send(bytes) => stream.write_all(&bytes).await?,
                Step::Repeat(bytes, times) => {
                    for _ in 0..times {
                        stream.write_all(&bytes).await?;
                    }
                }
                Step::Drip(bytes) => {
                    for byte in bytes {
                        stream.write_all(&[byte]).await?;
                        stream.flush().await?;
                        sleep(DRIP).await;
                    }
                }
                Step::Silence => {
                    stream.flush().await?;
                    copy(stream, &mut sink()).await?;
                }
            }
            stream.flush().await?;
        }
        stream.shutdown().await
    }
}

/// The answer as it should be sent.
impl From<Answer> for Script {
    fn from(answer: Answer) -> Self {
        Self(vec![Step::Send(written(&answer))])
    }
}

/// Head and body.
pub(crate) fn written(answer: &Answer) -> Bytes {
    let mut bytes = BytesMut::from(&head(answer, Some(answer.body().len() as u64))[..]);
    bytes.extend_from_slice(answer.body());
    bytes.freeze()
}

/// The head alone, with this Content-Length or with none.
pub(crate) fn head(answer: &Answer, length: Option<u64>) -> Bytes {
    let status = answer.status();
    let reason = status.canonical_reason().unwrap_or_default();
    let mut head = format!("HTTP/1.1 {} {reason}\r\n", status.as_u16()).into_bytes();
    for (name, value) in answer.headers() {
        head.extend_from_slice(name.as_str().as_bytes());
        head.extend_from_slice(b": ");
        head.extend_from_slice(value.as_bytes());
        head.extend_from_slice(b"\r\n");
    }
    if let Some(length) = length {
        head.extend_from_slice(format!("content-length: {length}\r\n").as_bytes());
    }
    head.extend_from_slice(b"connection: close\r\n\r\n");
    head.into()
}
