//! The authorization server as it should not be: requests are read, and answers written, as bytes.

use std::io;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::header;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::time::timeout;

use super::Answer;
use super::Inside;
use crate::lab::authorization_server::Request;
use crate::lab::authorization_server::faults;
use crate::lab::connection::Connection;
use crate::lab::world::World;

/// How long a client may take over its request.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long a head or a body may be, in bytes.
const LIMIT: usize = 64 * 1024;

struct Faults(Arc<World>);

/// `/fault/<name>/token` and `/fault/<name>/login`.
pub(super) fn open(inside: &Inside) -> Arc<dyn Answer> {
    Arc::new(Faults(Arc::clone(&inside.world)))
}

impl Answer for Faults {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let world = Arc::clone(&self.0);
        async move {
            let (mut stream, peer) = connection.into_stream();
            // One request to a connection: what follows a broken answer is nobody's request.
            if let Ok(Ok(request)) = timeout(PATIENCE, read(&mut stream)).await {
                let script = faults::answer(&world, &peer, &request);
                // The client may leave at any time, and most do.
                let _ = script.play(&mut stream).await;
            }
        }
        .boxed()
    }
}

/// One HTTP/1.1 request with its body.
async fn read(stream: &mut (impl AsyncRead + Unpin)) -> io::Result<Request> {
    let mut head = Vec::new();
    while !head.ends_with(b"\r\n\r\n") {
        if head.len() == LIMIT {
            return Err(io::ErrorKind::InvalidData.into());
        }
        head.push(stream.read_u8().await?);
    }
    let mut request = parse(&head).ok_or(io::ErrorKind::InvalidData)?;
    let length = request.headers().get(header::CONTENT_LENGTH);
    let length = length
        .and_then(|value| value.to_str().ok()?.parse().ok())
        .unwrap_or(0);
    if length > LIMIT {
        return Err(io::ErrorKind::InvalidData.into());
    }
    let mut body = vec![0; length];
    stream.read_exact(&mut body).await?;
    *request.body_mut() = Bytes::from(body);
    Ok(request)
}

fn parse(head: &[u8]) -> Option<Request> {
    let mut lines = std::str::from_utf8(head).ok()?.split("\r\n");
    let mut words = lines.next()?.split(' ');
    let mut request = http::Request::builder()
        .method(words.next()?)
        .uri(words.next()?);
    for line in lines.take_while(|line| !line.is_empty()) {
        let (name, value) = line.split_once(':')?;
        request = request.header(name, value.trim());
    }
    request.body(Bytes::new()).ok()
}

#[cfg(test)]
mod tests {
    use super::*;

    #[tokio::test]
    async fn a_request_is_read_to_its_end_and_no_further() {
        let bytes = b"POST /fault/x/token HTTP/1.1\r\nHost: a\r\ncontent-length: 3\r\n\r\na=1GET";
        let mut stream = &bytes[..];
        let request = read(&mut stream).await.unwrap();
        assert_eq!(
            (request.method().as_str(), request.uri().path()),
            ("POST", "/fault/x/token")
        );
        assert_eq!((&request.body()[..], stream), (&b"a=1"[..], &b"GET"[..]));
    }

    #[tokio::test]
    async fn what_is_no_request_is_refused() {
        for bytes in [
            &b""[..],
            b"GET / HTTP/1.1\r\n",
            b"\r\n\r\n",
            b"GET\r\n\r\n",
            b"GET / HTTP/1.1\r\nno field\r\n\r\n",
            b"POST / HTTP/1.1\r\ncontent-length: 9\r\n\r\nshort",
            b"POST / HTTP/1.1\r\ncontent-length: 99999999\r\n\r\n",
            b"\x16\x03\x01\r\n\r\n",
        ] {
            let mut stream = bytes;
            assert!(read(&mut stream).await.is_err(), "{bytes:?}");
        }
        let endless = [b'a'; LIMIT + 1];
        assert!(read(&mut &endless[..]).await.is_err());
    }
}
