//! From an [`Endpoint`] to an HTTP/2 [`Connection`], with a record of everything seen on the way.
//!
//! One connection is one handshake record, also when it fails: nothing here redials. The stages are
//! [`resolve`], [`dial`], [`proxy`], [`tls`], then HTTP/2's preface; two wrappers around the byte stream keep
//! what the layers above would lose:
//!
//! * [`below_tls`] keeps reading when a write fails. In TLS 1.3 the client has finished before the
//!   server looks at its certificate (RFC 8446 §4.4.2.4), so the alert that says why often arrives
//!   together with the reset that the next write runs into.
//! * [`above_tls`] keeps the first typed rustls error, which h2 turns into text, and shows every
//!   inbound byte to the [`tap`], which notes SETTINGS, GOAWAY with its debug data, and RST_STREAM.
//!
//! To add a channel credential: one file and one variant in [`channel_credentials`].

pub mod above_tls;
pub mod below_tls;
pub mod channel_credentials;
pub mod dial;
pub mod endpoint;
pub mod follow_up;
pub mod http1;
pub mod http2;
pub mod keepalive;
pub mod proxy;
pub mod record;
pub mod report;
pub mod resolve;
pub mod tap;
pub mod tls;
pub mod waiting;

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_rustls::client::TlsStream;
use tokio_util::either::Either;

pub use endpoint::Endpoint;
pub use http2::Connection;
pub use report::Failure;
pub use report::HandshakeReport;
pub use report::Phase;

use crate::connect::below_tls::BelowTls;
use crate::connect::dial::Socket;
use crate::connect::record::Record;

/// Resolves, dials and shakes hands. The report is there whatever came of it.
///
/// `deadline` bounds everything up to the end of TLS; HTTP/2's preface is written with the first
/// request and its SETTINGS are not waited for, which saves a round trip.
pub async fn connect(
    endpoint: &Endpoint,
    deadline: Instant,
) -> (Option<Connection>, HandshakeReport) {
    recorded(endpoint, async |record, report| {
        attempt(endpoint, deadline, record, report).await
    })
    .await
}

/// Runs `attempt` with a fresh record, and puts what it saw into the report.
async fn recorded<C>(
    endpoint: &Endpoint,
    attempt: impl AsyncFnOnce(&Record, &mut HandshakeReport) -> Result<C, Failure>,
) -> (Option<C>, HandshakeReport) {
    let record = Record::default();
    let mut report = HandshakeReport::new(endpoint.channel.is_plaintext());
    report.proxy = endpoint.proxy.as_ref().map(|proxy| proxy.shown.clone());
    let outcome = attempt(&record, &mut report).await;
    report.absorb(&record);
    match outcome {
        Ok(connection) => (Some(connection), report),
        Err(failure) => {
            report.failure.get_or_insert(failure);
            (None, report)
        }
    }
}

/// A channel that stands: in plaintext, or in TLS.
type Stream = Either<BelowTls<Socket>, Box<TlsStream<BelowTls<Socket>>>>;

async fn attempt(
    endpoint: &Endpoint,
    deadline: Instant,
    record: &Record,
    report: &mut HandshakeReport,
) -> Result<Connection, Failure> {
    let stream = match establish(endpoint, deadline, record, report).await? {
        Either::Left(plain) => Either::Left(plain),
        Either::Right(mut secured) => {
            report.reached = Phase::Alpn;
            if let Err(failure) = tls::require_h2(record) {
                let answer = follow_up::answer_to_preface(&mut secured, BEHIND_ALPN).await;
                record.noted().tls.behind_alpn = Some(answer);
                return Err(failure);
            }
            Either::Right(secured)
        }
    };
    report.reached = Phase::Http2;
    http2::start(endpoint, stream, record, report).await
}

/// Everything up to the end of TLS.
async fn establish(
    endpoint: &Endpoint,
    deadline: Instant,
    record: &Record,
    report: &mut HandshakeReport,
) -> Result<Stream, Failure> {
    let started = Instant::now();
    let in_time = |phase| {
        move |_| Failure::Deadline {
            phase,
            after: started.elapsed(),
        }
    };

    report.reached = Phase::Resolve;
    let addresses = tokio::time::timeout_at(deadline, resolve::resolve(endpoint))
        .await
        .map_err(in_time(Phase::Resolve))??;
    report.timings.resolve = Some(started.elapsed());

    report.reached = Phase::Connect;
    let dialling = Instant::now();
    let stream = dial::dial(addresses, deadline, &mut report.addresses).await?;
    report.address = Some(stream.peer.clone());
    report.timings.connect = Some(dialling.elapsed());

    let mut socket = stream.io;
    if let Some(proxy) = &endpoint.proxy {
        report.reached = Phase::Proxy;
        let asking = Instant::now();
        socket = proxy::tunnel(proxy, &endpoint.location, socket, deadline).await?;
        report.timings.proxy = Some(asking.elapsed());
    }

    let stream = BelowTls::new(socket, record.clone());
    let Some(config) = endpoint.channel.client_config(record)? else {
        return Ok(Either::Left(stream));
    };
    report.reached = Phase::Tls;
    let handshaking = Instant::now();
    let stream = tokio::time::timeout_at(
        deadline,
        tls::handshake(config, endpoint.channel.server_name(), stream, record),
    )
    .await
    .unwrap_or_else(|elapsed| Err(in_time(Phase::Tls)(elapsed)))?;
    report.timings.tls = Some(handshaking.elapsed());
    Ok(Either::Right(Box::new(stream)))
}

/// How long a peer with which no protocol was agreed may take to show what it speaks.
const BEHIND_ALPN: Duration = Duration::from_millis(250);

/// How long a connection may take to say goodbye.
pub(crate) const CLOSING_TIME: Duration = Duration::from_millis(100);

/// Lets a connection say goodbye, and lets go of it.
async fn end(driver: JoinHandle<()>) {
    let abort = driver.abort_handle();
    if tokio::time::timeout(CLOSING_TIME, driver).await.is_err() {
        abort.abort();
    }
}
