//! A gRPC server without TLS that answers its first call in one way, the second in another.

use std::convert::Infallible;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;

use bytes::Bytes;
use h2::Reason;
use h2::server::SendResponse;
use http::HeaderMap;
use http::HeaderValue;
use http::Response;
use tokio::net::TcpListener;
use tokio::net::TcpStream;

/// How a call is answered.
#[derive(Clone, Copy, Debug)]
pub enum Answering {
    /// An empty message and OK.
    Ok,
    /// UNAUTHENTICATED in the only header block.
    Refused,
    /// UNAUTHENTICATED in the trailers.
    RefusedAfterHeaders,
    /// A refusal by the path, in the only header block.
    ByPath(fn(&str) -> Block),
    /// GOAWAY, ENHANCE_YOUR_CALM, and the end of the connection.
    GoAway,
    /// Nothing, for as long as the connection lasts.
    Never,
}

/// The header fields of an answer, but for status and content type.
pub type Block = &'static [(&'static str, &'static str)];

/// A server on loopback, as long as the test runs.
pub struct GrpcServer {
    pub address: String,
    seen: Arc<Mutex<Vec<HeaderMap>>>,
}

impl GrpcServer {
    /// Each call is answered as its number says; the last answer serves for ever.
    pub fn open(answers: &'static [Answering]) -> Self {
        let listener = std::net::TcpListener::bind("127.0.0.1:0").unwrap();
        listener.set_nonblocking(true).unwrap();
        let address = listener.local_addr().unwrap().to_string();
        let seen = Arc::default();
        let shared = Arc::clone(&seen);
        thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(async {
                let listener = TcpListener::from_std(listener).unwrap();
                loop {
                    let (stream, _) = listener.accept().await.unwrap();
                    tokio::spawn(serve(stream, answers, Arc::clone(&shared)));
                }
            })
        });
        Self { address, seen }
    }

    /// The metadata of each call so far.
    pub fn seen(&self) -> Vec<HeaderMap> {
        self.seen.lock().unwrap().clone()
    }
}

/// Serves one connection until its client has gone.
async fn serve(
    stream: TcpStream,
    answers: &[Answering],
    seen: Arc<Mutex<Vec<HeaderMap>>>,
) -> Option<Infallible> {
    let mut connection = h2::server::handshake(stream).await.ok()?;
    let mut unanswered = Vec::new();
    loop {
        let (request, respond) = connection.accept().await?.ok()?;
        let number = {
            let mut seen = seen.lock().unwrap();
            seen.push(request.headers().clone());
            seen.len() - 1
        };
        match answers.get(number).or(answers.last())? {
            Answering::GoAway => connection.abrupt_shutdown(Reason::ENHANCE_YOUR_CALM),
            Answering::Never => unanswered.push(respond),
            answering => answer(*answering, request.uri().path(), respond),
        }
    }
}

fn answer(answering: Answering, path: &str, mut respond: SendResponse<Bytes>) {
    let mut head = Response::new(());
    let content_type = HeaderValue::from_static("application/grpc");
    head.headers_mut().insert("content-type", content_type);
    let status = |code: u16| HeaderMap::from_iter([("grpc-status".parse().unwrap(), code.into())]);
    match answering {
        Answering::Refused => {
            head.headers_mut().extend(status(16));
            respond.send_response(head, true).unwrap();
        }
        Answering::ByPath(block) => {
            for (name, value) in block(path) {
                let value = HeaderValue::from_static(value);
                head.headers_mut().insert(*name, value);
            }
            respond.send_response(head, true).unwrap();
        }
        Answering::RefusedAfterHeaders => {
            let mut body = respond.send_response(head, false).unwrap();
            body.send_trailers(status(16)).unwrap();
        }
        Answering::Ok => {
            let mut body = respond.send_response(head, false).unwrap();
            body.send_data(Bytes::from_static(&[0; 5]), false).unwrap();
            body.send_trailers(status(0)).unwrap();
        }
        Answering::GoAway | Answering::Never => unreachable!("these are no answers"),
    }
}
