//! Nothing was sent, or not what was meant to be.

use super::challenge;
use super::ids;
use super::refused;
use super::with_certificate;
use crate::authenticate::NotObtained;
use crate::evidence::Refusal;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::evidence;
use crate::evidence::answers::status;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::warn_all;
use crate::verdict::finding::Side;

#[test]
fn nothing_was_sent() {
    for (code, message, expected) in [
        (16, "", "credential.none-sent"),
        (7, "access denied", "permission.denied"),
        (7, "RBAC: access denied", "permission.denied"),
        (
            7,
            "source IP 10.1.2.3 is not in the allow list",
            "permission.denied",
        ),
        (7, "missing token", "credential.none-sent"),
        (
            7,
            "Audiences in Jwt are not allowed",
            "credential.none-sent",
        ),
        (3, "etcdserver: user name is empty", "credential.none-sent"),
        (3, "missing authorization header", "credential.none-sent"),
        (1010, "missing bearer token", "credential.none-sent"),
        (1500, "unauthenticated", "credential.none-sent"),
        (3, "name is empty", "grpc.status"),
        (3, "token is required", "grpc.status"),
        (3, "invalid access token", "grpc.status"),
        (2001, "Authorization Model not found", "grpc.status"),
        (13, "missing bearer token", "credential.none-sent"),
        (13, "the bearer of bad news", "grpc.status"),
        (14, "missing bearer token", "grpc.status"),
    ] {
        let finding = first(&called(status(code, message))).unwrap();
        assert_eq!(finding.id, expected, "{code} {message}");
    }
}

#[test]
fn the_hint_names_the_kind_that_the_server_asks_for() {
    for (answer, flag) in [
        (status(16, ""), "--token env:TOKEN"),
        (status(16, "missing api key"), "--api-key"),
        (challenge(status(16, ""), "Basic realm=\"x\""), "--user"),
    ] {
        let finding = first(&called(answer)).unwrap();
        assert!(finding.hint.contains(flag), "{}", finding.hint);
        assert_eq!(finding.side, Some(Side::Client));
    }
}

#[test]
fn a_caller_with_a_certificate_is_no_stranger() {
    assert_eq!(
        ids(&with_certificate(
            called(status(7, "role admin required")),
            b"c"
        )),
        ["permission.denied"]
    );
    assert_eq!(
        ids(&with_certificate(called(status(16, "")), b"c")),
        ["credential.none-sent"]
    );
    assert_eq!(
        ids(&with_certificate(called(status(7, "missing token")), b"c")),
        ["credential.none-sent"]
    );
}

#[test]
fn metadata_that_may_be_a_credential_is_one() {
    let mut evidence = called(status(16, ""));
    evidence.call.sent.push((
        "x-session-token".into(),
        http::HeaderValue::from_static("secret"),
    ));
    assert_eq!(ids(&evidence), ["credential.rejected"]);
    evidence.call.sent[0].0 = "x-request-id".into();
    assert_eq!(ids(&evidence), ["credential.none-sent"]);
    let seen = first(&evidence).unwrap().evidence;
    assert!(seen[0].contains("x-request-id"), "{seen:?}");
    evidence.call.sent.clear();
    let seen = first(&evidence).unwrap().evidence;
    assert!(seen[0].contains("no metadata"), "{seen:?}");
}

#[test]
fn withheld_is_a_warning_and_nothing_sent_the_diagnosis() {
    let mut evidence = bearer(called(status(16, "")), "opaque");
    evidence.call.withheld = true;
    evidence.call.sent.clear();
    let finding = first(&evidence).unwrap();
    assert_eq!(finding.id, "credential.none-sent");
    assert!(finding.hint.contains("--cacert"), "{}", finding.hint);
    assert_eq!(warn_all(&Case::new(&evidence))[0].id, "credential.withheld");
    assert!(warn_all(&Case::new(&refused(status(16, "")))).is_empty());
}

#[test]
fn refused_here() {
    let mut evidence = evidence();
    evidence.refusal = Some(Refusal::PlaintextCredential {
        kind: "bearer",
        source: "env:T".into(),
    });
    let finding = first(&evidence).unwrap();
    assert_eq!(finding.id, "credential.plaintext-refused");
    assert!(
        finding
            .cause
            .contains("refusing to send a bearer token to orders.test:443"),
        "{}",
        finding.cause
    );
    evidence.refusal = Some(Refusal::Credential(NotObtained::Malformed {
        kind: "bearer",
        what: "it has a space or line end inside".into(),
    }));
    assert_eq!(first(&evidence).unwrap().id, "credential.malformed");
}

#[test]
fn a_refused_login_is_not_for_want_of_a_credential() {
    let call = |method: &str, code: u32, message: &str| {
        let mut evidence = called(status(code, message));
        evidence.asked.method = Some(method.into());
        first(&evidence).unwrap()
    };
    for (method, code, message, expected) in [
        (
            "auth.v1.AuthService/Login",
            16,
            "wrong user name or password",
            "credential.rejected",
        ),
        (
            "auth.v1.AuthService/Login",
            16,
            "invalid credentials",
            "credential.rejected",
        ),
        (
            "auth.v1.AuthService/RefreshToken",
            16,
            "token is expired",
            "credential.rejected",
        ),
        (
            "etcdserverpb.Auth/Authenticate",
            3,
            "etcdserver: authentication failed, invalid user ID or password",
            "credential.rejected",
        ),
        (
            "orders.v1.Orders/Get",
            16,
            "invalid username or password",
            "credential.rejected",
        ),
        // Servers say so when there is none, too.
        (
            "orders.v1.Orders/Get",
            16,
            "invalid token",
            "credential.none-sent",
        ),
        (
            "orders.v1.Orders/Get",
            16,
            "invalid credentials",
            "credential.none-sent",
        ),
        (
            "auth.v1.AuthService/Logout",
            16,
            "missing bearer token",
            "credential.none-sent",
        ),
        (
            "auth.v1.AuthService/RefreshToken",
            16,
            "authorization is missing",
            "credential.none-sent",
        ),
        (
            "auth.v1.AuthService/Login",
            3,
            "username and password are wanted",
            "grpc.status",
        ),
    ] {
        let finding = call(method, code, message);
        assert_eq!(finding.id, expected, "{method} {message}");
        assert_eq!(
            finding.side.is_none(),
            expected != "credential.none-sent",
            "{method} {message}"
        );
    }
}

#[test]
fn another_host_than_the_profile_is_bound_to() {
    let refusal = |what: &str, hosts: &[&str]| Refusal::WrongHost {
        what: what.into(),
        profile: "ci".into(),
        place: "/home/me/config.toml:3".into(),
        target: "evil.test:443".into(),
        hosts: hosts.iter().map(|host| (*host).to_owned()).collect(),
    };
    for (what, hosts, bound_to, instead) in [
        (
            "a credential of kind oauth",
            &["api.test:443", "*.svc.test"][..],
            "api.test:443, *.svc.test",
            "--auth none",
        ),
        ("a client certificate", &[], "no host", "--cert FILE"),
    ] {
        let mut evidence = evidence();
        evidence.refusal = Some(refusal(what, hosts));
        let finding = first(&evidence).unwrap();
        assert_eq!(finding.id, "credential.wrong-host");
        for words in [what, "`ci`", "evil.test:443", bound_to] {
            assert!(finding.cause.contains(words), "{}", finding.cause);
        }
        assert!(finding.evidence[0].contains("config.toml:3"));
        assert!(finding.hint.contains(instead), "{}", finding.hint);
    }
    // The nearest miss: a refusal of ours that is about the same credential, not about its host.
    let mut evidence = evidence();
    evidence.refusal = Some(Refusal::Usage {
        what: "a profile with a credential, and nothing says where it may go".into(),
        hint: String::new(),
    });
    assert_eq!(first(&evidence).unwrap().id, "input.usage");
}
