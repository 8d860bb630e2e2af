use std::time::Duration;

use super::*;
use crate::connect::Phase;
use crate::evidence::Evidence;
use crate::evidence::handshakes::connected;
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
    for (failure, id) in [
        (answered(407, "Who?", &["Basic"]), "proxy.auth-required"),
        (answered(403, "Forbidden", &[]), "proxy.connect-refused"),
        (answered(502, "", &[]), "proxy.connect-refused"),
        (answered(302, "Found", &[]), "proxy.connect-refused"),
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
