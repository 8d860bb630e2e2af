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
//!   inbound byte to the [`tap`], which notes SETTINGS, GOAWAY with its debug data, RST_STREAM, and which of the [`rules`] was broken.
//!
//! To add a channel credential: one file and one variant in [`channel_credentials`].

pub(crate) mod above_tls;
pub(crate) mod below_tls;
pub(crate) mod channel;
pub(crate) mod channel_credentials;
pub(crate) mod dial;
pub(crate) mod endpoint;
pub(crate) mod follow_up;
pub(crate) mod frames;
pub(crate) mod host_override;
pub(crate) mod http1;
pub(crate) mod http2;
pub(crate) mod keepalive;
pub(crate) mod proxy;
pub(crate) mod record;
pub(crate) mod report;
pub(crate) mod resolve;
pub(crate) mod rules;
pub(crate) mod tap;
pub(crate) mod tls;
pub(crate) mod waiting;

use std::time::Duration;

use tokio::time::Instant;
use tokio_util::either::Either;

pub(crate) use endpoint::Endpoint;
pub(crate) use http2::Connection;
pub(crate) use record::Milestones;
pub(crate) use report::Failure;
pub(crate) use report::HandshakeReport;
pub(crate) use report::Phase;

use crate::connect::record::Record;

/// Resolves, dials and shakes hands. The report exists whatever the outcome.
///
/// `deadline` bounds everything up to the end of TLS; HTTP/2's preface is written with the first
/// request and its SETTINGS are not waited for, which saves a round trip.
pub(crate) async fn connect(
    endpoint: &Endpoint,
    deadline: Instant,
) -> (Option<Connection>, HandshakeReport) {
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
) -> Result<Connection, Failure> {
    let stream = match channel::establish(endpoint, deadline, record, report).await? {
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

/// How long a peer with which no protocol was agreed may take to show what it speaks.
const BEHIND_ALPN: Duration = Duration::from_millis(250);
