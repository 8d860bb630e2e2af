//! Whether a connection that did not come about may do so later: for `--wait-for`.

use std::io::ErrorKind;

use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::proxy;
use crate::connect::report::AddressTried;
use crate::connect::report::Ending;

/// Whether the handshake is good: the peer has spoken HTTP/2.
pub(crate) fn is_good(report: &HandshakeReport) -> bool {
    report.reached == Phase::Done && report.failure.is_none()
}

/// Whether it may recover with time: nobody is there yet, or whoever is there cannot speak yet. What a peer says
/// of itself (a certificate, an alert, another protocol) it will say again.
pub(crate) fn may_recover(report: &HandshakeReport) -> bool {
    match &report.failure {
        Some(Failure::Resolve { .. } | Failure::Deadline { .. }) => true,
        Some(Failure::Connect) => !report.addresses.iter().any(is_forbidden),
        Some(Failure::Proxy(refusal)) => is_passing(refusal),
        Some(Failure::Closed { .. } | Failure::Http2 { .. }) => !asked_who_we_are(report),
        Some(Failure::Tls(_) | Failure::Alpn { .. } | Failure::NotLoopback) => false,
        None => match report.ending {
            Some(Ending::Closed { .. }) => {
                !asked_who_we_are(report) && report.http2.opening.is_empty()
            }
            Some(Ending::Tls(_)) => false,
            // Silence is no answer yet.
            Some(Ending::Unanswered { .. }) | None => report.http2.opening.is_empty(),
        },
    }
}

/// This machine forbids the way there.
fn is_forbidden(tried: &AddressTried) -> bool {
    tried
        .failure
        .as_ref()
        .is_some_and(|failure| failure.kind == ErrorKind::PermissionDenied)
}

/// A proxy that has no connection to the target says so by 502, 503 or 504; by SOCKS5 with a reply for each reason, from
/// a general failure (1) and an unreachable network (3) to an expired TTL (6).
fn is_passing(refusal: &proxy::Refusal) -> bool {
    match refusal {
        proxy::Refusal::Status { status, .. } => matches!(status, 502..=504),
        proxy::Refusal::Closed => true,
        proxy::Refusal::SocksReply { reply } => matches!(reply, 1 | 3..=6),
        proxy::Refusal::NotHttp { .. }
        | proxy::Refusal::NotSocks { .. }
        | proxy::Refusal::SocksMethod { .. }
        | proxy::Refusal::SocksLogin => false,
    }
}

/// A server that asks for a certificate and closes without a word has refused ours, or misses it.
fn asked_who_we_are(report: &HandshakeReport) -> bool {
    report
        .tls
        .as_ref()
        .is_some_and(|tls| tls.certificate_request.is_some())
}

#[cfg(test)]
mod tests {
    use std::io;
    use std::time::Duration;

    use super::*;
    use crate::connect::report::CertificateRequest;
    use crate::connect::report::PeerAddress;
    use crate::connect::report::ResolveFailure;
    use crate::connect::report::SocketFailure;
    use crate::connect::report::TlsReport;
    use crate::peer_text::PeerText;

    fn failed(failure: Failure) -> HandshakeReport {
        let mut report = HandshakeReport::new(false);
        report.failure = Some(failure);
        report
    }

    fn unconnected(kind: ErrorKind) -> HandshakeReport {
        let mut report = failed(Failure::Connect);
        report.addresses = vec![AddressTried {
            address: PeerAddress::Unix("socket".into()),
            failure: Some(SocketFailure::from(&io::Error::from(kind))),
            connected: false,
            elapsed: Duration::ZERO,
        }];
        report
    }

    fn proxied(status: u16) -> HandshakeReport {
        failed(Failure::Proxy(proxy::Refusal::Status {
            status,
            reason: PeerText::default(),
            challenges: Vec::new(),
            origin: Vec::new(),
        }))
    }

    fn ended(ending: Option<Ending>, opening: &[u8]) -> HandshakeReport {
        let mut report = HandshakeReport::new(true);
        report.reached = Phase::Http2;
        report.ending = ending;
        report.http2.opening = opening.to_vec();
        report
    }

    fn asked(mut report: HandshakeReport) -> HandshakeReport {
        report.tls = Some(TlsReport {
            certificate_request: Some(CertificateRequest::default()),
            ..TlsReport::default()
        });
        report
    }

    #[test]
    fn whoever_is_not_there_yet_may_come() {
        let resolve = |kind| {
            failed(Failure::Resolve {
                kind,
                text: String::new(),
            })
        };
        let closed = |reset| Failure::Closed {
            phase: Phase::Tls,
            reset,
        };
        for report in [
            resolve(ResolveFailure::NotFound),
            resolve(ResolveFailure::Temporary),
            unconnected(ErrorKind::ConnectionRefused),
            unconnected(ErrorKind::NotFound),
            unconnected(ErrorKind::HostUnreachable),
            failed(closed(true)),
            failed(closed(false)),
            failed(Failure::Deadline {
                phase: Phase::Tls,
                after: Duration::from_secs(10),
            }),
            proxied(503),
            failed(Failure::Proxy(proxy::Refusal::Closed)),
            ended(Some(Ending::Closed { reset: true }), b""),
            ended(None, b""),
        ] {
            assert!(may_recover(&report) && !is_good(&report), "{report:?}");
        }
    }

    #[test]
    fn what_a_peer_says_of_itself_stays() {
        let alert = rustls::AlertDescription::CertificateRequired;
        let alert = rustls::Error::AlertReceived(alert);
        for report in [
            failed(Failure::Tls(rustls::CertificateError::Expired.into())),
            failed(Failure::Tls(rustls::CertificateError::UnknownIssuer.into())),
            failed(Failure::Tls(alert.clone())),
            failed(Failure::Alpn { chosen: None }),
            unconnected(ErrorKind::PermissionDenied),
            proxied(407),
            proxied(403),
            failed(Failure::Proxy(proxy::Refusal::NotHttp {
                start: PeerText::default(),
            })),
            ended(Some(Ending::Tls(alert)), b""),
            ended(Some(Ending::Closed { reset: false }), b"HTTP/1.1 400"),
            asked(ended(Some(Ending::Closed { reset: false }), b"")),
            asked(failed(Failure::Closed {
                phase: Phase::Tls,
                reset: false,
            })),
        ] {
            assert!(!may_recover(&report), "{report:?}");
        }
    }
}
