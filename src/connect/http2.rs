//! HTTP/2 over a channel: the preface is sent, the peer's SETTINGS are not waited for.

use std::time::Duration;

use bytes::Bytes;
use h2::client::SendRequest;
use tokio::io::AsyncRead;
use tokio::io::AsyncWrite;
use tokio::task::JoinHandle;
use tokio::time::Instant;

use crate::connect::above_tls::AboveTls;
use crate::connect::channel;
use crate::connect::endpoint::Endpoint;
use crate::connect::keepalive;
use crate::connect::keepalive::OpenStreams;
use crate::connect::record::Milestones;
use crate::connect::record::Record;
use crate::connect::report::Failure;
use crate::connect::report::HandshakeReport;

/// Octets of one stream that may be under way: enough for a fast link, little enough to stay flat.
const STREAM_WINDOW: u32 = 1 << 20;
const CONNECTION_WINDOW: u32 = 2 << 20;

/// Streams that are opened before the peer has said how many it takes; RFC 9113 §6.5.2 advises peers to take so many.
const FIRST_STREAMS: usize = 100;

/// What small DATA frames may cost in memory before they are read, in octets as `h2` reckons: up to 256
/// for each. Its default, half a window, takes a burst of 4,000 small messages for an attack.
const DATA_FRAME_BUDGET: usize = 32 << 20;

/// How long the answer to the client's SETTINGS is waited for where nothing else is: a round trip, as a rule.
const ANSWER_TIME: Duration = Duration::from_millis(250);

/// Octets of one header block that are taken; larger ones end the call.
const HEADER_LIST: u32 = 256 << 10;

/// A connection in use. It is never replaced by another behind the caller's back.
#[derive(Debug)]
pub(crate) struct Connection {
    send_request: SendRequest<Bytes>,
    streams: OpenStreams,
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
    let (send_request, mut connection) = h2::client::Builder::new()
        .enable_push(false)
        .initial_max_send_streams(FIRST_STREAMS)
        .initial_window_size(STREAM_WINDOW)
        .initial_connection_window_size(CONNECTION_WINDOW)
        .data_frame_budget(DATA_FRAME_BUDGET)
        .max_header_list_size(HEADER_LIST)
        .handshake(AboveTls::new(stream, record.clone()))
        .await
        .map_err(|error| Failure::Http2 {
            text: error.to_string(),
        })?;
    let streams = OpenStreams::default();
    let pings = endpoint.keepalive.zip(connection.ping_pong());
    let watching =
        pings.map(|(time, pings)| keepalive::watch(time, pings, streams.clone(), record.clone()));
    let driver = tokio::spawn(async move {
        // How it ended is on record: the wrappers, or the watch, saw it with its type.
        match watching {
            None => {
                let _ = connection.await;
            }
            Some(watching) => tokio::select! {
                _ = connection => {}
                () = watching => {}
            },
        }
    });
    Ok(Connection {
        send_request,
        streams,
        driver,
        record: record.clone(),
        scheme: if report.plaintext { "http" } else { "https" },
        authority: endpoint.authority.clone(),
    })
}

impl Connection {
    /// A handle to open streams with.
    pub(crate) fn send_request(&self) -> SendRequest<Bytes> {
        self.send_request.clone()
    }

    /// Where whoever opens a stream says so.
    pub(crate) fn streams(&self) -> OpenStreams {
        self.streams.clone()
    }

    pub(crate) fn scheme(&self) -> &'static str {
        self.scheme
    }

    pub(crate) fn authority(&self) -> &str {
        &self.authority
    }

    /// Waits, no longer than `deadline`, until the peer has sent its SETTINGS or has gone; whether it
    /// did. In TLS 1.3 a refused client certificate shows only now.
    pub(crate) async fn settle(&self, deadline: Instant) -> bool {
        tokio::time::timeout_at(deadline, self.record.settled())
            .await
            .is_ok()
    }

    /// Waits until the peer has answered the client's SETTINGS or has gone, but not for long: one that speaks HTTP/2 and does
    /// not accept this client says so by now (GOAWAY).
    pub(crate) async fn hear_out(&self) {
        // A peer that never acknowledges is no news here.
        let _ = tokio::time::timeout(ANSWER_TIME, self.record.answered()).await;
    }

    /// Brings the report up to what has been seen since.
    pub(crate) fn update(&self, report: &mut HandshakeReport) {
        self.record.update(report);
    }

    /// See [`Milestones`].
    pub(crate) fn milestones(&self) -> Milestones {
        self.record.milestones()
    }

    /// Says goodbye (GOAWAY, close_notify, FIN) and lets go. Every [`SendRequest`] must be dropped
    /// before, or the goodbye is cut short.
    pub(crate) async fn close(self) {
        drop(self.send_request);
        channel::end(self.driver).await;
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::channel_credentials::ChannelCredentials;
    use crate::connect::endpoint::Location;
    use http::Request;
    use http::Response;
    use tokio::io::DuplexStream;

    const MESSAGE: &[u8] = b"\0\0\0\0\x01x";
    const COUNT: usize = 50_000;

    async fn send_burst(io: DuplexStream) {
        let mut connection = h2::server::handshake(io).await.unwrap();
        let (_, mut respond) = connection.accept().await.unwrap().unwrap();
        let mut stream = respond.send_response(Response::new(()), false).unwrap();
        for sent in 1..=COUNT {
            stream
                .send_data(Bytes::from_static(MESSAGE), sent == COUNT)
                .unwrap();
        }
        while connection.accept().await.is_some() {}
    }

    #[tokio::test]
    async fn a_burst_of_small_messages_is_no_attack() {
        let (client, server) = tokio::io::duplex(1 << 22);
        tokio::spawn(send_burst(server));
        let endpoint = Endpoint {
            location: Location::Unix("peer".into()),
            proxy: None,
            channel: ChannelCredentials::Insecure,
            authority: "peer.test".into(),
            only_loopback: false,
            keepalive: None,
        };
        let report = HandshakeReport::new(true);
        let connection = start(&endpoint, client, &Record::default(), &report)
            .await
            .unwrap();
        let request = Request::post("http://peer.test/").body(()).unwrap();
        let (response, _) = connection
            .send_request()
            .send_request(request, true)
            .unwrap();
        let mut body = response.await.unwrap().into_body();
        let mut received = 0;
        while let Some(data) = body.data().await {
            let size = data.unwrap().len();
            received += size;
            body.flow_control().release_capacity(size).unwrap();
        }
        assert_eq!(received, COUNT * MESSAGE.len());
    }
}
