//! HTTP/2 over a channel: the preface is sent, the peer's SETTINGS are not waited for.

use bytes::Bytes;
use h2::client::SendRequest;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::connect::CLOSING_TIME;
use crate::connect::above_tls::AboveTls;
use crate::connect::endpoint::Endpoint;
use crate::connect::record::Record;
use crate::connect::report::Failure;
use crate::connect::report::HandshakeReport;

/// Octets of one stream that may be under way: enough for a fast link, little enough to stay flat.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 2 << 20;

/// Octets of one header block that are taken; larger ones end the call.
const HEADER_LIST: u32 = 256 << 10;

/// A connection in use. It is never replaced by another behind the caller's back.
#[derive(Debug)]
pub struct Connection {
    send_request: SendRequest<Bytes>,
    driver: JoinHandle<()>,
    record: Record,
    scheme: &'static str,
    authority: String,
}

/// Writes the preface and starts to drive the connection.
pub(super) async fn start<S>(
    endpoint: &Endpoint,
    stream: S,
    record: &Record,
    report: &HandshakeReport,
) -> Result<Connection, Failure>
where
    S: AsyncRead + AsyncWrite + Unpin + Send + 'static,
{
    record.noted().established_at = Some(Instant::now());
    let (send_request, connection) = h2::client::Builder::new()
        .enable_push(false)
        .initial_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .max_header_list_size(HEADER_LIST)
        .handshake(AboveTls::new(stream, record.clone()))
        .await
        .map_err(|error| Failure::Http2 {
            text: error.to_string(),
        })?;
    let driver = tokio::spawn(async move {
        // How it ended is on record: the wrappers saw it with its type.
        let _ = connection.await;
    });
    Ok(Connection {
        send_request,
        driver,
        record: record.clone(),
        scheme: if report.plaintext { "http" } else { "https" },
        authority: endpoint.authority.clone(),
    })
}

impl Connection {
    /// A handle to open streams with.
    pub fn send_request(&self) -> SendRequest<Bytes> {
        self.send_request.clone()
    }

    pub fn scheme(&self) -> &'static str {
        self.scheme
    }

    pub fn authority(&self) -> &str {
        &self.authority
    }

    /// Brings the report up to what has been seen since.
    pub fn update(&self, report: &mut HandshakeReport) {
        report.absorb(&self.record);
    }

    /// Says goodbye (GOAWAY, close_notify, FIN) and lets go. Every [`SendRequest`] must be dropped
    /// before, or the goodbye is cut short.
    pub async fn close(self) {
        drop(self.send_request);
        let abort = self.driver.abort_handle();
        if tokio::time::timeout(CLOSING_TIME, self.driver)
            .await
            .is_err()
        {
            abort.abort();
        }
    }
}
