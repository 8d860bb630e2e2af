use rustls::AlertDescription;
use rustls::Error;
use rustls::InvalidMessage;

use crate::connect::Failure;
use crate::connect::Phase;
use crate::connect::report::Ending;
use crate::evidence::Evidence;
use crate::evidence::handshakes::*;
use crate::verdict::FollowUp;
use crate::verdict::diagnoses::tests::wished;
use crate::verdict::diagnoses::tests::*;

const SETTINGS: &[u8] = b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64\0\x04\0\x40\0\0\0\x06\0\0\x20\0";

fn not_tls(first_bytes: &[u8]) -> Evidence {
    let error = Error::InvalidMessage(InvalidMessage::InvalidContentType);
    tls_failure(Failure::Tls(error), first_bytes)
}

#[test]
fn what_answers_a_tls_hello_is_named() {
    for (first_bytes, id) in [
        (SETTINGS, "plain.server-is-grpc"),
        (b"HTTP/1.1 400 Bad Request\r\n", "plain.server-is-http1"),
        (b"SSH-2.0-OpenSSH_9.6\r\n", "plain.server-is-ssh"),
        (b"220 mail.test ESMTP\r\n", "plain.not-tls"),
        (b"\x4a\0\0\0\x0a8.0.36\0", "plain.not-tls"),
    ] {
        assert_eq!(proven(&not_tls(first_bytes)), [id], "{first_bytes:x?}");
    }
    let shown = finding(&not_tls(b"220 mail.test ESMTP\r\n"), "plain.not-tls");
    assert!(text(&shown).contains("220 mail.test"));
}

#[test]
fn tls_that_fails_is_not_taken_for_another_protocol() {
    let alert = Failure::Tls(Error::AlertReceived(AlertDescription::HandshakeFailure));
    let evidence = tls_failure(alert, b"\x15\x03\x03\0\x02\x02\x28");
    assert_eq!(proven(&evidence), ["tls.handshake-failed"]);
    let evidence = not_tls(b"\x16\x03\x03\xff\xff");
    assert_eq!(proven(&evidence), ["tls.malformed"]);
}

#[test]
fn a_server_that_hangs_up_on_a_tls_hello_is_asked_in_plaintext() {
    for reset in [false, true] {
        let phase = Phase::Tls;
        let mut evidence = tls_failure(Failure::Closed { phase, reset }, b"");
        assert_eq!(wished(&evidence), [FollowUp::PlaintextHello]);
        for (answer, id) in [
            (SETTINGS, "plain.server-is-grpc"),
            (&SETTINGS[..9], "plain.server-is-grpc"),
            (b"HTTP/1.1 400 Bad Request", "plain.server-is-http1"),
        ] {
            evidence.connection_mut().follow_ups.plaintext_answer = Some(answer.to_vec());
            assert_eq!(proven(&evidence), [id]);
        }
        // A TLS server may well answer plaintext with an alert: that proves nothing here.
        for answer in [&b"\x15\x03\x03\0\x02\x02\x46"[..], b"", b"\0"] {
            evidence.connection_mut().follow_ups.plaintext_answer = Some(answer.to_vec());
            let id = if reset { "net.reset" } else { "net.closed" };
            assert_eq!(proven(&evidence), [id], "{answer:x?}");
        }
    }
}

/// A connection in plaintext on which `first_bytes` came before it was closed.
fn plaintext(first_bytes: &[u8]) -> Evidence {
    let mut report = connected(Phase::Http2, true);
    report.first_bytes = first_bytes.to_vec();
    report.http2.opening = first_bytes.to_vec();
    report.ending = Some(Ending::Closed { reset: false });
    with(report)
}

#[test]
fn a_tls_server_is_known_by_its_answer_to_plaintext() {
    let alert = plaintext(b"\x15\x03\x01\0\x02\x02\x46");
    assert_eq!(proven(&alert), ["plain.server-wants-tls"]);
    assert_eq!(wished(&alert), []);
}

#[test]
fn one_that_says_nothing_or_http1_is_asked_with_a_tls_hello() {
    for (first_bytes, otherwise) in [
        (&b""[..], "net.closed"),
        (b"HTTP/1.1 400 Bad Request\r\n", "http2.not-http2"),
    ] {
        let mut evidence = plaintext(first_bytes);
        assert_eq!(wished(&evidence), [FollowUp::TlsHello]);
        assert_eq!(proven(&evidence), [otherwise]);
        evidence.connection_mut().follow_ups.answers_tls = Some(false);
        assert_eq!(proven(&evidence), [otherwise]);
        assert_eq!(wished(&evidence), []);
        evidence.connection_mut().follow_ups.answers_tls = Some(true);
        assert_eq!(proven(&evidence), ["plain.server-wants-tls"]);
    }
}

#[test]
fn a_plaintext_server_that_speaks_http2_is_not_asked_for_tls() {
    let mut evidence = plaintext(SETTINGS);
    evidence
        .connection_mut()
        .handshake
        .as_mut()
        .unwrap()
        .http2
        .settings = Some(Vec::new());
    assert_eq!(wished(&evidence), []);
    assert_eq!(proven(&evidence), Vec::<&str>::new());
    let ssh = plaintext(b"SSH-2.0-OpenSSH_9.6\r\n");
    assert_eq!(proven(&ssh), ["http2.not-http2"]);
    assert_eq!(wished(&ssh), []);
}

#[test]
fn the_hint_follows_the_scheme_that_was_typed() {
    let mut evidence = not_tls(SETTINGS);
    assert!(
        finding(&evidence, "plain.server-is-grpc")
            .hint
            .contains("--plaintext")
    );
    evidence.connection_mut().asked.target = "https://server.test".to_owned();
    assert!(
        finding(&evidence, "plain.server-is-grpc")
            .hint
            .contains("http://")
    );
}
