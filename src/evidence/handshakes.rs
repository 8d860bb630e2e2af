//! Evidence for tests of diagnoses: handshakes as the connector records them, over certificates made
//! here, in 2030.

use std::io;
use std::net::SocketAddr;
use std::sync::Arc;
use std::time::Duration;

use rustls::AlertDescription;
use rustls::CertificateError;
use rustls::SignatureScheme;
use rustls::pki_types::ServerName;

use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::Phase;
use crate::connect::report::AddressTried;
use crate::connect::report::CertificateRequest;
use crate::connect::report::Ending;
use crate::connect::report::PeerAddress;
use crate::connect::report::SocketFailure;
use crate::connect::report::TlsReport;
use crate::evidence::Asked;
use crate::evidence::AskedConnection;
use crate::evidence::Attempt;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::evidence::Trust;
use crate::evidence::answers;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::x509::judge;
use crate::x509::test_pki::Authority;
use crate::x509::test_pki::Der;
use crate::x509::test_pki::now;
use crate::x509::test_pki::plain;
use crate::x509::test_pki::trust;

pub(crate) const HOST: &str = "server.test";

/// A call of `server.test:443` of which nothing is known yet.
pub(crate) fn asked() -> Evidence {
    Evidence::new(
        now(),
        Asked::default(),
        AskedConnection {
            target: format!("{HOST}:443"),
            host: HOST.to_owned(),
            port: 443,
            authority: HOST.to_owned(),
            connect_timeout: Duration::from_secs(10),
            warn_days: 30,
            ..AskedConnection::default()
        },
    )
}

fn address() -> PeerAddress {
    PeerAddress::Tcp(SocketAddr::from(([192, 0, 2, 1], 443)))
}

/// A connection that came as far as `reached`, over TCP.
pub(crate) fn connected(reached: Phase, plaintext: bool) -> HandshakeReport {
    let mut report = HandshakeReport::new(plaintext);
    report.reached = reached;
    report.address = Some(address());
    report.addresses = vec![AddressTried {
        address: address(),
        failure: None,
        connected: true,
        elapsed: Duration::from_millis(1),
    }];
    report
}

/// No address could be connected to; one for each kind of failure.
pub(crate) fn unconnected(kinds: &[io::ErrorKind]) -> Evidence {
    let mut report = HandshakeReport::new(false);
    report.reached = Phase::Connect;
    report.failure = Some(Failure::Connect);
    report.addresses = kinds
        .iter()
        .map(|kind| AddressTried {
            address: address(),
            failure: Some(SocketFailure::from(&io::Error::from(*kind))),
            connected: false,
            elapsed: Duration::from_millis(1),
        })
        .collect();
    with(report)
}

pub(crate) fn with(report: HandshakeReport) -> Evidence {
    let mut evidence = asked();
    evidence.connection_mut().asked.plaintext = report.plaintext;
    evidence.connection_mut().handshake = Some(report);
    evidence
}

/// A handshake that failed before a certificate was seen.
pub(crate) fn tls_failure(failure: Failure, first_bytes: &[u8]) -> Evidence {
    let mut report = connected(Phase::Tls, false);
    report.failure = Some(failure);
    report.bytes_received = first_bytes.len() as u64;
    report.first_bytes = first_bytes.to_vec();
    report.tls = Some(TlsReport {
        offered: vec!["TLSv1.3", "TLSv1.2"],
        server_name: HOST.to_owned(),
        ..TlsReport::default()
    });
    with(report)
}

/// A server that presents `chain` to a client that trusts `anchors` and asks for `name`: judged, and
/// refused or let pass, as the connector does it.
pub(crate) fn presented(chain: &[&Der], anchors: &[&Der], name: &str) -> Evidence {
    let chain: Vec<Der> = chain.iter().map(|der| (*der).clone()).collect();
    let anchors = trust(anchors);
    let server_name = ServerName::try_from(name.to_owned()).unwrap();
    let judged = judge(&chain, &anchors, now(), Some(&server_name), &[]);
    let accepted = judged.is_accepted();
    let mut report = connected(if accepted { Phase::Done } else { Phase::Tls }, false);
    report.first_bytes = b"\x16\x03\x03\0\x7a\x02".to_vec();
    report.bytes_received = 2_000;
    report.failure = (!accepted).then_some(Failure::Tls(rustls::Error::InvalidCertificate(
        CertificateError::UnknownIssuer,
    )));
    if accepted {
        report.http2.settings = Some(Vec::new());
    }
    report.tls = Some(TlsReport {
        offered: vec!["TLSv1.3", "TLSv1.2"],
        version: Some("TLSv1.3"),
        cipher_suite: Some("TLS_AES_128_GCM_SHA256".to_owned()),
        alpn: accepted.then(|| b"h2".to_vec()),
        server_name: name.to_owned(),
        chain,
        judged: Some(judged),
        completed: accepted,
        received_by_completion: if accepted { 2_000 } else { 0 },
        ..TlsReport::default()
    });
    let mut evidence = with(report);
    evidence.connection_mut().asked.host = name.to_owned();
    evidence.connection_mut().trust = Some(Trust {
        anchors: Arc::new(anchors),
        files: vec!["ca.pem".into()],
        system: false,
        crls: Arc::default(),
    });
    evidence
}

/// A good handshake with a server of a fresh CA.
pub(crate) fn good() -> Evidence {
    let root = Authority::root("root", plain);
    let leaf = root.leaf(&[HOST], plain);
    presented(&[&leaf], &[&root.der], HOST)
}

/// How a server lets us know that it does not take our certificate, or misses one.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(crate) enum Turned {
    /// TLS 1.3: an alert as the first thing that is read after the handshake.
    Alert13(AlertDescription),
    /// TLS 1.2: an alert inside the handshake.
    Alert12(AlertDescription),
    /// TLS 1.3: closed without a word after the handshake.
    Closed13 { reset: bool },
    /// TLS 1.2: closed without a word inside the handshake.
    Closed12,
    /// HTTP 400 with a page.
    Http400(&'static str),
}

/// A good server that asks for a client certificate, names these CAs, and refuses.
pub(crate) fn turned_away(by: Turned, listed: &[&Authority], ours: Option<&[&Der]>) -> Evidence {
    let mut evidence = good();
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    let tls = handshake.tls.as_mut().unwrap();
    tls.certificate_request = Some(CertificateRequest {
        acceptable_issuers: listed.iter().map(|ca| subject(&ca.der)).collect(),
        issuers_listed: listed.len(),
        signature_schemes: vec![SignatureScheme::ECDSA_NISTP256_SHA256],
        sent: ours.is_some(),
    });
    if let Some(ours) = ours {
        evidence.connection_mut().client_certificate = Some(ClientCertificate {
            chain: ours.iter().map(|der| (*der).clone()).collect(),
            file: "client.pem".into(),
        });
    }
    turn(&mut evidence, by);
    evidence
}

fn turn(evidence: &mut Evidence, by: Turned) {
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    if let Turned::Http400(page) = by {
        evidence.call.attempts = vec![attempt(answers::http(400, &[], page))];
        return;
    }
    handshake.http2.settings = None;
    let inside = matches!(by, Turned::Alert12(_) | Turned::Closed12);
    handshake.reached = if inside { Phase::Tls } else { Phase::Http2 };
    handshake.tls.as_mut().unwrap().completed = !inside;
    match by {
        Turned::Alert13(alert) => {
            handshake.ending = Some(Ending::Tls(rustls::Error::AlertReceived(alert)));
        }
        Turned::Alert12(alert) => {
            handshake.failure = Some(Failure::Tls(rustls::Error::AlertReceived(alert)));
        }
        Turned::Closed13 { reset } => handshake.ending = Some(Ending::Closed { reset }),
        Turned::Closed12 => {
            handshake.failure = Some(Failure::Closed {
                phase: Phase::Tls,
                reset: false,
            });
        }
        Turned::Http400(_) => {}
    }
    if !inside {
        evidence.call.attempts = vec![interrupted(Interruption::ConnectionLost {
            io_kind: io::ErrorKind::BrokenPipe,
            text: "broken pipe".to_owned(),
        })];
    }
}

/// The subject's DER, as it stands in a certificate request.
fn subject(der: &Der) -> Vec<u8> {
    let certificate = crate::x509::facts::parse(der).unwrap();
    certificate.subject().as_raw().to_vec()
}

/// A call that was sent, and then this came in place of a status.
pub(crate) fn interrupted(cause: Interruption) -> Attempt {
    attempt(answers::ended(Ended::NoStatus(NoStatus {
        cause,
        after: Progress::BeforeHeaders,
    })))
}

pub(crate) fn attempt(answer: Answer) -> Attempt {
    Attempt {
        answer,
        credential_fingerprint: None,
    }
}
