//! From an endpoint to a channel, in plaintext or in TLS, on which HTTP/2 or HTTP/1.1 then runs.

use std::time::Duration;

use tokio::task::JoinHandle;
use tokio::time::Instant;
use tokio_rustls::client::TlsStream;
use tokio_util::either::Either;

use crate::connect::below_tls::BelowTls;
use crate::connect::dial;
use crate::connect::dial::Socket;
use crate::connect::endpoint::Endpoint;
use crate::connect::proxy;
use crate::connect::record::Record;
use crate::connect::report::Failure;
use crate::connect::report::HandshakeReport;
use crate::connect::report::PeerAddress;
use crate::connect::report::Phase;
use crate::connect::resolve;
use crate::connect::tls;

/// Runs `attempt` with a fresh record, and puts what it saw into the report.
pub(super) async fn recorded<C>(
    endpoint: &Endpoint,
    attempt: impl AsyncFnOnce(&Record, &mut HandshakeReport) -> Result<C, Failure>,
) -> (Option<C>, HandshakeReport) {
    let record = Record::default();
    let mut report = HandshakeReport::new(endpoint.channel.is_plaintext());
    report.proxy = endpoint.proxy.as_ref().map(|proxy| proxy.shown.clone());
    let outcome = attempt(&record, &mut report).await;
    record.update(&mut report);
    match outcome {
        Ok(connection) => (Some(connection), report),
        Err(failure) => {
            report.failure.get_or_insert(failure);
            (None, report)
        }
    }
}

/// A channel that stands: in plaintext, or in TLS.
pub(super) type Stream = Either<BelowTls<Socket>, Box<TlsStream<BelowTls<Socket>>>>;

/// Everything up to the end of TLS.
pub(super) async fn establish(
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
    if endpoint.only_loopback
        && !(endpoint.may_be_loopback() && addresses.iter().all(PeerAddress::is_loopback))
    {
        return Err(Failure::NotLoopback);
    }

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

/// How long a connection may take to say goodbye.
const CLOSING_TIME: Duration = Duration::from_millis(100);

/// Lets a connection say goodbye, and lets go of it.
pub(super) async fn end(driver: JoinHandle<()>) {
    let abort = driver.abort_handle();
    if tokio::time::timeout(CLOSING_TIME, driver).await.is_err() {
        abort.abort();
    }
}
