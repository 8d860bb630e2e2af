//! HTTP/2 by hand: SETTINGS at once, and these frames when the first request has come.

use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;

use super::Answer;
use crate::lab::connection::Connection;
use crate::lab::connection::Stream;
use crate::lab::connection::linger;

/// The frames, after which the connection is closed.
pub(super) struct Frames(pub &'static [u8]);

/// Code ENHANCE_YOUR_CALM, no stream was looked at, debug data (RFC 9113 §6.8).
pub(super) const GOAWAY: &[u8] = b"\0\0\x16\x07\0\0\0\0\0\0\0\0\0\0\0\0\x0btoo_many_pings";
/// Stream 1, code INTERNAL_ERROR (RFC 9113 §6.4).
pub(super) const RST_STREAM: &[u8] = b"\0\0\x04\x03\0\0\0\0\x01\0\0\0\x02";
/// DATA belongs to a stream (RFC 9113 §6.1).
pub(super) const DATA_ON_STREAM_0: &[u8] = b"\0\0\x03\0\0\0\0\0\0lab";

const EMPTY_SETTINGS: &[u8] = b"\0\0\0\x04\0\0\0\0\0";
const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
const HEADERS: u8 = 0x1;

impl Answer for Frames {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let frames = self.0;
        async move {
            let (mut stream, _) = connection.into_stream();
            // A client that goes first has seen what it wanted.
            if answer(&mut stream, frames).await.is_ok() {
                linger(stream).await;
            }
        }
        .boxed()
    }
}

async fn answer(stream: &mut impl Stream, frames: &[u8]) -> std::io::Result<()> {
    stream.write_all(EMPTY_SETTINGS).await?;
    stream.flush().await?;
    skip(stream, PREFACE).await?;
    loop {
        let mut header = [0; 9];
        stream.read_exact(&mut header).await?;
        let length = u32::from_be_bytes([0, header[0], header[1], header[2]]);
        skip(stream, usize::try_from(length).unwrap_or(usize::MAX)).await?;
        if header[3] == HEADERS {
            break;
        }
    }
    stream.write_all(frames).await?;
    stream.flush().await
}

async fn skip(stream: &mut impl Stream, octets: usize) -> std::io::Result<()> {
    let octets = u64::try_from(octets).unwrap_or(u64::MAX);
    let skipped = tokio::io::copy(&mut stream.take(octets), &mut tokio::io::sink()).await?;
    match skipped == octets {
        true => Ok(()),
        false => Err(std::io::ErrorKind::UnexpectedEof.into()),
    }
}
