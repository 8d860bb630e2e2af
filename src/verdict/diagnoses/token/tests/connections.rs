use std::io::ErrorKind;

use crate::authenticate::fetching::Unobtained;
use crate::authenticate::fetching::Why;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::token_fault::TokenFault;
use crate::connect::Failure;
use crate::evidence::answers::connected;
use crate::evidence::fetches::*;
use crate::evidence::handshakes;
use crate::evidence::handshakes::HOST;
use crate::verdict::Side;
use crate::verdict::diagnoses::tests::finding;
use crate::verdict::diagnoses::tests::proven;
use crate::verdict::diagnoses::tests::text;
use crate::x509::test_pki::Authority;
use crate::x509::test_pki::expired;
use crate::x509::test_pki::plain;

#[test]
fn the_endpoints_certificate_is_judged_as_a_targets() {
    let root = Authority::root("root", plain);
    let other = Authority::root("other", plain);
    let late = root.leaf(&[HOST], expired);
    let foreign = other.leaf(&[HOST], plain);
    let misnamed = root.leaf(&["else.test"], plain);
    for (leaf, id, words) in [
        (
            &late,
            "time.expired.leaf",
            "the server's certificate expired",
        ),
        (&foreign, "trust.no-path", "--token-cacert FILE"),
        (
            &misnamed,
            "name.mismatch",
            "names in the certificate: DNS:else.test",
        ),
    ] {
        let mut evidence = handshakes::presented(&[leaf], &[&root.der], HOST);
        let exchange = over(&mut evidence, HttpOutcome::NoConnection);
        let fault = unobtained("oauth", TokenFault::NoAnswer, oauth(vec![exchange]));
        evidence.caller_mut().unobtained.push(fault);
        assert_eq!(proven(&evidence), ["token.endpoint-tls"]);
        let found = finding(&evidence, "token.endpoint-tls");
        let said = text(&found);
        assert!(said.contains(words) && said.contains(id), "{said}");
        assert_ne!(found.side, Some(Side::Server));
    }
}

#[test]
fn an_endpoint_without_tls_is_not_blamed_for_speaking_no_grpc() {
    let error = rustls::Error::InvalidMessage(rustls::InvalidMessage::InvalidContentType);
    for (first_bytes, words) in [
        (&b"HTTP/1.1 400 Bad Request"[..], "speaks HTTP without TLS"),
        (b"SSH-2.0-OpenSSH_9.6", "SSH"),
    ] {
        let mut evidence = handshakes::tls_failure(Failure::Tls(error.clone()), first_bytes);
        let exchange = over(&mut evidence, HttpOutcome::NoConnection);
        let fault = unobtained("login", TokenFault::NoAnswer, oauth(vec![exchange]));
        evidence.caller_mut().unobtained.push(fault);
        let said = text(&finding(&evidence, "token.endpoint-tls"));
        assert!(said.contains(words) && !said.contains("no gRPC"), "{said}");
    }
}

#[test]
fn what_keeps_from_the_endpoint_is_told_as_of_a_target() {
    use crate::connect::report::ResolveFailure;
    let resolve = Failure::Resolve {
        kind: ResolveFailure::NotFound,
        text: "no such host".into(),
    };
    for (mut evidence, words, side) in [
        (
            handshakes::unconnected(&[ErrorKind::ConnectionRefused]),
            "as net.refused of a target",
            Some(Side::AuthorizationServer),
        ),
        (
            handshakes::unconnected(&[ErrorKind::TimedOut]),
            "as net.connect-timeout of a target",
            None,
        ),
        (
            handshakes::tls_failure(resolve, b""),
            "as net.name-not-found of a target",
            None,
        ),
    ] {
        let exchange = over(&mut evidence, HttpOutcome::NoConnection);
        let fault = unobtained("login", TokenFault::NoAnswer, oauth(vec![exchange]));
        evidence.caller_mut().unobtained.push(fault);
        assert_eq!(proven(&evidence), ["token.endpoint-unreachable"]);
        let found = finding(&evidence, "token.endpoint-unreachable");
        assert!(text(&found).contains(words), "{}", text(&found));
        if side.is_some() {
            assert_eq!(found.side, side);
        }
    }
}

#[test]
fn a_refused_client_certificate_is_of_tls_and_a_bare_end_is_not() {
    use rustls::AlertDescription;
    for (turned, id) in [
        (
            Some(handshakes::Turned::Alert13(
                AlertDescription::CertificateRequired,
            )),
            "token.endpoint-tls",
        ),
        (None, "token.bad-response"),
    ] {
        let mut evidence = match turned {
            Some(turned) => handshakes::turned_away(turned, &[], None),
            None => handshakes::good(),
        };
        evidence.call.attempts.clear();
        let exchange = over(&mut evidence, HttpOutcome::CutOff);
        let fault = unobtained("oauth", TokenFault::NoAnswer, oauth(vec![exchange]));
        evidence.caller_mut().unobtained.push(fault);
        assert_eq!(proven(&evidence), [id]);
        let said = text(&finding(&evidence, id));
        assert_eq!(said.contains("mtls.required"), turned.is_some(), "{said}");
    }
}

#[test]
fn what_takes_too_long_without_a_fault_is_told_apart() {
    for (why, id) in [(Why::Busy, "token.busy"), (Why::Late, "token.late")] {
        let mut evidence = connected();
        evidence.caller_mut().unobtained.push(Unobtained {
            kind: "oauth",
            source: SOURCE.into(),
            why,
        });
        assert_eq!(proven(&evidence), [id]);
    }
}
