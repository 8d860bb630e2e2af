//! One accepted connection: its handshake, and HTTP on it.

use std::convert::Infallible;
use std::error::Error;
use std::future::Future;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use futures_util::FutureExt as _;
use futures_util::future::BoxFuture;
use http::Request;
use http::Response;
use hyper::body::Body;
use hyper::body::Incoming;
use hyper::server::conn::http1;
use hyper::server::conn::http2;
use hyper::service::service_fn;
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use hyper_util::rt::TokioTimer;
use rustls::ServerConfig;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::time::timeout;
use tokio_rustls::TlsAcceptor;

use crate::lab::world::Peer;

/// How long a client may take over its handshake or an HTTP/1.1 header.
const PATIENCE: Duration = Duration::from_secs(10);
/// How long, and for how many bytes, a refused client is listened to.
const LINGER: Duration = Duration::from_secs(1);
const LINGER_BYTES: u64 = 256 * 1024;

/// A channel that stands.
pub struct Connection {
    pub peer: Peer,
    stream: Box<dyn Stream>,
}

/// What HTTP runs on.
pub trait Stream: AsyncRead + AsyncWrite + Send + Unpin {}

impl<S: AsyncRead + AsyncWrite + Send + Unpin> Stream for S {}

impl Connection {
    /// Plaintext: the stream as it is.
    pub fn plaintext(stream: impl Stream + 'static) -> Self {
        Self {
            peer: Peer::default(),
            stream: Box::new(stream),
        }
    }

    /// The server's side of a TLS handshake; `None` if the client was refused, gave up or was too slow.
    pub async fn tls(stream: impl Stream + 'static, config: Arc<ServerConfig>) -> Option<Self> {
        let accept = TlsAcceptor::from(config).accept(stream).into_fallible();
        match timeout(PATIENCE, accept).await.ok()? {
            Ok(stream) => {
                let certificates = stream.get_ref().1.peer_certificates();
                Some(Self {
                    peer: Peer {
                        certificate: certificates
                            .and_then(|chain| chain.first())
                            .map(|leaf| leaf.clone().into_owned()),
                    },
                    stream: Box::new(stream),
                })
            }
            Err((_, stream)) => {
                linger(stream).await;
                None
            }
        }
    }

    /// The bare stream, for a door that writes its own bytes, and who is at its other end.
    pub fn into_stream(self) -> (Box<dyn Stream>, Peer) {
        (self.stream, self.peer)
    }

    /// Serves HTTP/2 alone.
    pub fn http2<H, F, B>(self, handler: H) -> BoxFuture<'static, ()>
    where
        H: Fn(Request<Incoming>) -> F + Send + 'static,
        F: Future<Output = Response<B>> + Send + 'static,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let service = service_fn(move |request| handler(request).map(Ok::<_, Infallible>));
        // How a connection ends is the client's affair; what went wrong is seen there.
        http2::Builder::new(TokioExecutor::new())
            .timer(TokioTimer::new())
            .serve_connection(TokioIo::new(self.stream), service)
            .map(drop)
            .boxed()
    }

    /// Serves HTTP/1.1 alone.
    pub fn http1<H, F, B>(self, handler: H) -> BoxFuture<'static, ()>
    where
        H: Fn(Request<Incoming>) -> F + Send + 'static,
        F: Future<Output = Response<B>> + Send + 'static,
        B: Body<Data = Bytes> + Send + 'static,
        B::Error: Into<Box<dyn Error + Send + Sync>>,
    {
        let service = service_fn(move |request| handler(request).map(Ok::<_, Infallible>));
        http1::Builder::new()
            .timer(TokioTimer::new())
            .header_read_timeout(PATIENCE)
            .serve_connection(TokioIo::new(self.stream), service)
            .map(drop)
            .boxed()
    }
}

/// Reads on for a moment after a refusal. In TLS 1.3 the client has finished its handshake and is sending
/// already: closing on unread bytes would reset the connection, and the alert might be lost with it.
pub(super) async fn linger(mut stream: impl Stream) {
    let drain = async {
        stream.shutdown().await?;
        tokio::io::copy(&mut stream.take(LINGER_BYTES), &mut tokio::io::sink()).await
    };
    // Whichever way it ends, the connection is closed.
    let _ = timeout(LINGER, drain).await;
}
