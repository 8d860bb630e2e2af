//! HTTP/1.1 over a channel: for the HTTP endpoints on the way to a token, dialled and recorded as gRPC
//! servers are.

use bytes::Bytes;
use http::Request;
use http::Response;
use http_body_util::Full;
use hyper::body::Incoming;
use hyper::client::conn::http1;
use hyper_util::rt::TokioIo;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::connect::Endpoint;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::above_tls::AboveTls;
use crate::connect::channel;
use crate::connect::record::Record;
use crate::connect::report::Failure;

/// A connection that takes one request after another, and is never replaced behind the caller's back.
#[derive(Debug)]
pub(crate) struct Http1Connection {
    send_request: http1::SendRequest<Full<Bytes>>,
    driver: JoinHandle<()>,
    record: Record,
}

/// Resolves, dials and shakes hands. The report exists whatever the outcome.
///
/// `deadline` bounds everything up to the end of TLS.
pub(crate) async fn connect(
    endpoint: &Endpoint,
    deadline: Instant,
) -> (Option<Http1Connection>, HandshakeReport) {
    channel::recorded(endpoint, async |record, report| {
        attempt(endpoint, deadline, record, report).await
    })
    .await
}

async fn attempt(
    endpoint: &Endpoint,
    deadline: Instant,
    record: &Record,
    report: &mut HandshakeReport,
) -> Result<Http1Connection, Failure> {
    let stream = channel::establish(endpoint, deadline, record, report).await?;
    report.reached = Phase::Done;
    let io = TokioIo::new(AboveTls::new(stream, record.clone()));
    // Nothing is written yet: only a request can fail.
    let (send_request, connection) = http1::handshake(io).await.map_err(|_| Failure::Closed {
        phase: Phase::Done,
        reset: false,
    })?;
    let driver = tokio::spawn(async move {
        // How it ended is on record: the wrappers saw it with its type.
        let _ = connection.await;
    });
    Ok(Http1Connection {
        send_request,
        driver,
        record: record.clone(),
    })
}

impl Http1Connection {
    /// Sends one request and reads the answer's head.
    ///
    /// # Errors
    /// hyper's: the connection ended, or the answer is not HTTP/1.1.
    pub(crate) async fn send(
        &mut self,
        request: Request<Full<Bytes>>,
    ) -> hyper::Result<Response<Incoming>> {
        self.send_request.ready().await?;
        self.send_request.send_request(request).await
    }

    /// Whether another request can be sent.
    pub(crate) fn is_open(&self) -> bool {
        !self.send_request.is_closed()
    }

    /// Brings the report up to what has been seen since: in TLS 1.3 a refused client certificate shows
    /// only after the handshake.
    pub(crate) fn update(&self, report: &mut HandshakeReport) {
        self.record.update(report);
    }

    /// Says goodbye (close_notify, FIN) and lets go.
    pub(crate) async fn close(self) {
        drop(self.send_request);
        channel::end(self.driver).await;
    }
}
