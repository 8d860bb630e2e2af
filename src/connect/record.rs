//! Where the wrappers, the verifier and the certificate resolver note what they see.

use std::sync::Arc;
use std::sync::Mutex;
use std::sync::MutexGuard;
use std::sync::PoisonError;

use tokio::sync::Notify;
use tokio::time::Instant;

use crate::connect::report::Ending;
use crate::connect::report::HandshakeReport;
use crate::connect::report::Phase;
use crate::connect::report::SocketFailure;
use crate::connect::report::TlsReport;
use crate::connect::tap::Tap;

/// One connection's notes, shared by everything that sits on its byte stream.
#[derive(Clone, Debug, Default)]
pub struct Record {
    noted: Arc<Mutex<Noted>>,
    /// Rung when the peer's SETTINGS are in, when it has answered the client's, and when the connection has ended.
    news: Arc<Notify>,
}

/// What has been noted so far.
#[derive(Debug, Default)]
pub struct Noted {
    pub bytes_received: u64,
    pub first_bytes: Vec<u8>,
    pub write_failure: Option<SocketFailure>,
    pub tls: TlsReport,
    pub tap: Tap,
    pub ending: Option<Ending>,
    pub established_at: Option<Instant>,
    pub settings_at: Option<Instant>,
    /// When the peer last said anything, above TLS.
    pub heard_at: Option<Instant>,
}

/// How far a connection has come: whoever has read its notes has news when this is another.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub struct Milestones {
    /// Octets received until the peer's SETTINGS are in; their count is no news from then on.
    before_settings: Option<u64>,
    /// Its last stream and its code.
    goaway: Option<(u32, u32)>,
    /// Those with an error: after an early answer a server waives the rest of the request by one without (RFC 9113 §8.1).
    resets: usize,
    write_failed: bool,
    is_breached: bool,
    has_ended: bool,
}

impl Record {
    /// See [`Milestones`].
    pub fn milestones(&self) -> Milestones {
        let noted = self.noted();
        let http2 = noted.tap.report();
        let goaway = http2.goaway.as_ref();
        Milestones {
            before_settings: http2.settings.is_none().then_some(noted.bytes_received),
            goaway: goaway.map(|goaway| (goaway.last_stream, goaway.code)),
            resets: http2.resets.iter().filter(|(_, code)| *code != 0).count(),
            is_breached: http2.breach.is_some(),
            write_failed: noted.write_failure.is_some(),
            has_ended: noted.ending.is_some(),
        }
    }

    /// The notes, to read or to add to. Never held across an await.
    pub fn noted(&self) -> MutexGuard<'_, Noted> {
        // A panic elsewhere leaves plain facts behind, which are as good as before.
        self.noted.lock().unwrap_or_else(PoisonError::into_inner)
    }

    /// Puts what the wrappers have noted by now into the report; called again when a call has ended.
    pub fn update(&self, report: &mut HandshakeReport) {
        let noted = self.noted();
        report.bytes_received = noted.bytes_received;
        report.first_bytes.clone_from(&noted.first_bytes);
        report.write_failure.clone_from(&noted.write_failure);
        report.ending.clone_from(&noted.ending);
        report.http2 = noted.tap.report().clone();
        if !report.plaintext && report.reached >= Phase::Tls {
            report.tls = Some(noted.tls.clone());
        }
        if report.reached == Phase::Http2 && report.http2.settings.is_some() {
            report.reached = Phase::Done;
            report.timings.http2 = noted
                .settings_at
                .zip(noted.established_at)
                .map(|(settings, established)| settings.saturating_duration_since(established));
        }
    }

    /// When the peer last said anything, above TLS.
    pub(super) fn heard_at(&self) -> Option<Instant> {
        self.noted().heard_at
    }

    /// Notes how the connection ended, if it has not been noted.
    pub(super) fn end(&self, ending: Ending) {
        self.noted().ending.get_or_insert(ending);
        self.ring();
    }

    /// Wakes who waits in [`Record::settled`].
    pub(super) fn ring(&self) {
        self.news.notify_one();
    }

    /// Until the peer's SETTINGS are in, or it has ended the connection (GOAWAY, a close).
    pub async fn settled(&self) {
        self.until(|noted| noted.settings_at.is_some() || noted.tap.has_answered())
            .await;
    }

    /// Until the peer has answered the client's SETTINGS, or the connection has ended.
    pub async fn answered(&self) {
        self.until(|noted| noted.tap.has_answered()).await;
    }

    async fn until(&self, is_so: impl Fn(&Noted) -> bool) {
        loop {
            {
                let noted = self.noted();
                if is_so(&noted) || noted.ending.is_some() {
                    return;
                }
            }
            self.news.notified().await;
        }
    }
}
