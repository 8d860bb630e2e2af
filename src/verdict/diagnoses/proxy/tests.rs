use std::time::Duration;

use super::*;
use crate::connect::Phase;
use crate::evidence::Evidence;
use crate::evidence::handshakes::connected;
use crate::evidence::handshakes::tls_failure;
use crate::evidence::handshakes::with;
use crate::verdict::diagnoses::tests::*;

fn failed(failure: Failure, with_credentials: bool) -> Evidence {
    let mut report = connected(Phase::Proxy, false);
    report.proxy = Some("http://proxy.test:3128".into());
    report.failure = Some(failure);
    let mut evidence = with(report);
    evidence.connection_mut().proxy_credentials = with_credentials;
    evidence
}

fn answered(status: u16, reason: &str, challenges: &[&str]) -> Failure {
    Failure::Proxy(Refusal::Status {
        status,
        reason: reason.into(),
        challenges: challenges.iter().map(|text| (*text).into()).collect(),
        origin: vec!["server: squid\u{1b}[31m".into()],
    })
}

#[test]
fn answers_are_told_apart() {
    let late = Failure::Deadline {
        phase: Phase::Proxy,
        after: Duration::from_secs(10),
    };
    let ssh = Refusal::NotHttp {
        start: b"SSH-2.0\x1b".into(),
    };
    let not_socks = Refusal::NotSocks {
        start: b"HTTP/1.1 400\x1b".into(),
    };
    for (failure, id) in [
        (answered(407, "Who?", &["Basic"]), "proxy.auth-required"),
        (answered(403, "Forbidden", &[]), "proxy.connect-refused"),
        (answered(502, "", &[]), "proxy.connect-refused"),
        (answered(302, "Found", &[]), "proxy.connect-refused"),
        (socks_method(0xff), "proxy.auth-required"),
        (Failure::Proxy(Refusal::SocksLogin), "proxy.auth-required"),
        (reply(1), "proxy.connect-refused"),
        (reply(2), "proxy.connect-refused"),
        (reply(3), "proxy.target-unreachable"),
        (reply(4), "proxy.target-unreachable"),
        (reply(5), "proxy.target-unreachable"),
        (reply(6), "proxy.target-unreachable"),
        (reply(7), "proxy.connect-refused"),
        (reply(8), "proxy.connect-refused"),
        (reply(0xf0), "proxy.connect-refused"),
        (Failure::Proxy(not_socks), "proxy.no-tunnel"),
        (Failure::Proxy(Refusal::Closed), "proxy.no-tunnel"),
        (Failure::Proxy(ssh), "proxy.no-tunnel"),
        (late, "proxy.no-tunnel"),
    ] {
        let evidence = failed(failure, false);
        assert_eq!(proven(&evidence), [id]);
        let found = finding(&evidence, id);
        assert!(
            found.cause.contains("http://proxy.test:3128"),
            "{}",
            found.cause
        );
        assert!(!found.evidence.is_empty());
        assert!(found.evidence.iter().all(|line| !line.contains('\u{1b}')));
    }
}

/// A connection of which these were the first bytes, in TLS or in plaintext.
fn opened_with(first_bytes: &[u8], proxy: Option<&str>, plaintext: bool) -> Evidence {
    let failure = Failure::Tls(rustls::Error::InvalidMessage(
        rustls::InvalidMessage::InvalidContentType,
    ));
    let mut evidence = tls_failure(failure, first_bytes);
    evidence.connection_mut().asked.plaintext = plaintext;
    let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
    handshake.proxy = proxy.map(Into::into);
    if plaintext {
        handshake.plaintext = true;
        handshake.tls = None;
        handshake.failure = None;
        handshake.reached = Phase::Http2;
        handshake.http2.opening = first_bytes.to_vec();
    }
    evidence
}

#[test]
fn a_page_after_connect_is_the_proxys() {
    let page = b"<!DOCTYPE html><title>Blocked</title>";
    let http = Some("http://proxy.test:3128");
    for plaintext in [false, true] {
        let evidence = opened_with(page, http, plaintext);
        assert_eq!(proven(&evidence), ["proxy.no-tunnel"]);
        let said = text(&finding(&evidence, "proxy.no-tunnel"));
        assert!(
            said.contains("http://proxy.test:3128") && said.contains("Blocked"),
            "{said}"
        );
        // Near misses: no proxy, one of the other kind, and bytes that a server may greet with.
        for (first_bytes, proxy) in [
            (&page[..], None),
            (page, Some("socks5://proxy.test:1080")),
            (b"220 mail.test ESMTP", http),
        ] {
            let found = proven(&opened_with(first_bytes, proxy, plaintext));
            let own = if plaintext {
                "http2.not-http2"
            } else {
                "plain.not-tls"
            };
            assert_eq!(found, [own], "{proxy:?}");
        }
    }
}

fn reply(reply: u8) -> Failure {
    Failure::Proxy(Refusal::SocksReply { reply })
}

fn socks_method(method: u8) -> Failure {
    Failure::Proxy(Refusal::SocksMethod { method })
}

#[test]
fn each_kind_of_proxy_gets_its_fix() {
    let not_http = |start: &[u8]| Refusal::NotHttp {
        start: start.into(),
    };
    let not_socks = |start: &[u8]| Refusal::NotSocks {
        start: start.into(),
    };
    for (failure, proxy, sent, fix) in [
        (
            socks_method(0xff),
            "socks5://p.test:1",
            false,
            "--proxy-user NAME",
        ),
        (
            socks_method(2),
            "socks5://p.test:1",
            false,
            "--proxy-user NAME",
        ),
        (socks_method(0xff), "socks5://p.test:1", true, "GSSAPI"),
        (
            Failure::Proxy(Refusal::SocksLogin),
            "socks5://p.test:1",
            true,
            "check --proxy-user",
        ),
        (
            Failure::Proxy(not_http(b"\x05\xff")),
            "http://p.test:1",
            false,
            "socks5h://",
        ),
        (
            Failure::Proxy(not_http(b"SSH-2.0")),
            "http://p.test:1",
            false,
            "check host and port",
        ),
        (
            Failure::Proxy(not_socks(b"HTTP/1.1 400")),
            "socks5h://p.test:1",
            false,
            "write http://",
        ),
        (
            Failure::Proxy(not_socks(b"SSH-2.0")),
            "socks5://p.test:1",
            false,
            "check host and port",
        ),
    ] {
        let mut evidence = failed(failure, sent);
        let handshake = evidence.connection_mut().handshake.as_mut().unwrap();
        handshake.proxy = Some(proxy.into());
        let [id] = proven(&evidence)[..] else {
            panic!("{proxy}");
        };
        let hint = finding(&evidence, id).hint;
        assert!(hint.contains(fix), "{hint}");
    }
}

#[test]
fn what_a_proxy_wants_decides_the_cure() {
    for (challenges, sent, fix) in [
        (&["Basic realm=x"][..], false, "--proxy-user"),
        (&[], false, "--proxy-user"),
        (&["basic"], true, "check --proxy-user"),
        (&["NTLM", "Negotiate"], false, "cntlm"),
    ] {
        let evidence = failed(answered(407, "", challenges), sent);
        let hint = finding(&evidence, "proxy.auth-required").hint;
        assert!(hint.contains(fix), "{hint}");
    }
}

#[test]
fn without_a_proxy_there_is_no_such_diagnosis() {
    let mut report = connected(Phase::Connect, false);
    report.failure = Some(Failure::Connect);
    assert!(
        proven(&with(report))
            .iter()
            .all(|id| !id.starts_with("proxy."))
    );
}
