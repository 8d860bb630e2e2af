use std::time::Duration;

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use prost::Message as _;
use rustls::pki_types::CertificateDer;
use serde_json::Value;
use serde_json::json;

use crate::authenticate::NotObtained;
use crate::connect::report::CertificateRequest;
use crate::connect::report::TlsReport;
use crate::evidence::ClientCertificate;
use crate::evidence::Evidence;
use crate::evidence::Overridden;
use crate::evidence::Refusal;
use crate::evidence::answers::NOON;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::credential;
use crate::evidence::answers::evidence;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::evidence::answers::token;
use crate::evidence::answers::with_details;
use crate::evidence::answers::with_headers;
use crate::evidence::answers::with_scheme;
use crate::invoke::Answer;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::prove_all;
use crate::verdict::diagnoses::warn_all;
use crate::verdict::finding::Side;

fn ids(evidence: &Evidence) -> Vec<&'static str> {
    prove_all(evidence)
        .into_iter()
        .map(|finding| finding.id)
        .collect()
}

/// A JWT that is good at noon, with these claims beside its times.
fn good(more: Value) -> String {
    let mut claims = json!({"iss": "https://id.test", "exp": NOON + 600});
    claims
        .as_object_mut()
        .unwrap()
        .extend(more.as_object().unwrap().clone());
    token(&claims)
}

/// A call with a good token, answered so.
fn refused(answer: Answer) -> Evidence {
    bearer(called(answer), &good(json!({})))
}

fn challenge(answer: Answer, value: &str) -> Answer {
    with_headers(answer, &[("www-authenticate", value)])
}

fn with_certificate(mut evidence: Evidence, der: &'static [u8]) -> Evidence {
    evidence.client_certificate = Some(ClientCertificate {
        chain: vec![CertificateDer::from(der)],
        file: "me.pem".into(),
    });
    if let Some(handshake) = &mut evidence.handshake {
        handshake.tls = Some(TlsReport {
            certificate_request: Some(CertificateRequest {
                sent: true,
                ..CertificateRequest::default()
            }),
            ..TlsReport::default()
        });
    }
    evidence
}

#[test]
fn nothing_was_sent() {
    for (code, message, expected) in [
        (16, "", "credential.none-sent"),
        (7, "access denied", "credential.none-sent"),
        (3, "etcdserver: user name is empty", "credential.none-sent"),
        (3, "missing authorization header", "credential.none-sent"),
        (1010, "missing bearer token", "credential.none-sent"),
        (1500, "unauthenticated", "credential.none-sent"),
        (3, "name is empty", "grpc.status"),
        (3, "token is required", "grpc.status"),
        (3, "invalid access token", "grpc.status"),
        (2001, "Authorization Model not found", "grpc.status"),
        (13, "missing bearer token", "grpc.status"),
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
    evidence
        .sent
        .push(("x-session-token".into(), "<redacted>".into()));
    assert_eq!(ids(&evidence), ["credential.rejected"]);
    evidence.sent[0].0 = "x-request-id".into();
    assert_eq!(ids(&evidence), ["credential.none-sent"]);
}

#[test]
fn withheld_is_a_warning_and_nothing_sent_the_diagnosis() {
    let mut evidence = bearer(called(status(16, "")), "opaque");
    evidence.credentials_withheld = true;
    evidence.sent.clear();
    let finding = first(&evidence).unwrap();
    assert_eq!(finding.id, "credential.none-sent");
    assert!(finding.hint.contains("--cacert"), "{}", finding.hint);
    assert_eq!(warn_all(&evidence)[0].id, "credential.withheld");
    assert!(warn_all(&refused(status(16, ""))).is_empty());
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
fn an_expired_token_by_its_own_claims() {
    let expired =
        token(&json!({"iss": "https://id.example.com", "exp": NOON - 42, "sub": "alice"}));
    let finding = first(&bearer(called(status(16, "nope")), &expired)).unwrap();
    assert_eq!(finding.id, "credential.token-expired");
    assert_eq!(
        finding.cause,
        "the token sent expired 42 s before the call (exp 2026-11-21T11:59:18Z, iss https://id.example.com)"
    );
    assert!(
        finding.hint.contains("https://id.example.com") && finding.hint.contains("env:CREDENTIAL")
    );
    for (answer, expected) in [
        (status(7, ""), "credential.token-expired"),
        (http(401, &[], ""), "gateway.unauthenticated"),
        (
            status(2, "Exception calling application: Signature has expired"),
            "credential.token-expired",
        ),
        (status(13, "token is expired"), "credential.token-expired"),
        (status(14, "token is expired"), "grpc.status"),
        (status(13, "the lease has expired"), "grpc.status"),
        (status(3, "name is too long"), "grpc.status"),
        (status(5, "no such order"), "grpc.status"),
        (status(14, "the token service is down"), "grpc.status"),
    ] {
        assert_eq!(
            first(&bearer(called(answer), &expired)).unwrap().id,
            expected
        );
    }
    assert_eq!(
        ids(&bearer(called(http(401, &[], "")), &expired)),
        ["gateway.unauthenticated", "credential.token-expired"]
    );
}

#[test]
fn a_token_that_expires_while_a_stream_runs() {
    let soon = token(&json!({"exp": NOON + 3}));
    let mut evidence = bearer(
        called(Answer {
            messages: 4,
            ..status(16, "")
        }),
        &soon,
    );
    evidence.timings.total = Duration::from_secs(5);
    let finding = first(&evidence).unwrap();
    assert!(
        finding.cause.contains("expired 3 s into the call"),
        "{}",
        finding.cause
    );
    evidence.timings.total = Duration::from_secs(1);
    assert_eq!(first(&evidence).unwrap().id, "credential.rejected");
}

#[test]
fn an_expired_credential_by_the_servers_words() {
    let finding = first(&bearer(called(status(16, "token is expired")), "opaque")).unwrap();
    assert_eq!(
        (finding.id, finding.side),
        ("credential.token-expired", Some(Side::Client))
    );
    let key = credential(
        called(status(16, "api key expired")),
        "api-key",
        "x-api-key",
        "",
        "k-1",
    );
    let finding = first(&key).unwrap();
    assert!(
        finding.cause.contains("API key sent has expired"),
        "{}",
        finding.cause
    );
    // Its own exp says otherwise: nobody is blamed.
    let finding = first(&refused(status(16, "token is expired"))).unwrap();
    assert_eq!(
        (finding.id, finding.side),
        ("credential.token-expired", None)
    );
    for words in [
        "client certificate has expired",
        "your subscription has expired",
    ] {
        assert_eq!(
            first(&refused(status(16, words))).unwrap().id,
            "credential.rejected",
            "{words}"
        );
    }
}

#[test]
fn a_token_from_the_future() {
    let early = token(&json!({"nbf": NOON + 90, "exp": NOON + 600}));
    let finding = first(&bearer(called(status(16, "")), &early)).unwrap();
    assert_eq!(
        (finding.id, finding.side),
        ("credential.token-not-yet-valid", None)
    );
    assert!(
        finding.cause.contains("only 90 s after the call"),
        "{}",
        finding.cause
    );
    let issued = token(&json!({"iat": NOON + 90, "exp": NOON + 600}));
    for (words, expected) in [
        ("Token used before issued", "credential.token-not-yet-valid"),
        ("invalid token", "credential.rejected"),
    ] {
        assert_eq!(
            first(&bearer(called(status(16, words)), &issued))
                .unwrap()
                .id,
            expected
        );
    }
}

#[test]
fn claims_that_the_server_names() {
    for (code, words, expected) in [
        (7, "Audiences in Jwt are not allowed", "credential.audience"),
        (16, "token has invalid audience", "credential.audience"),
        (16, "Audience doesn't match", "credential.audience"),
        (16, "unexpected \"aud\" claim value", "credential.audience"),
        (
            16,
            "The Claim 'aud' value doesn't contain the required audience.",
            "credential.audience",
        ),
        (1004, "invalid audience in token", "credential.audience"),
        (16, "Jwt issuer is not configured", "credential.issuer"),
        (
            16,
            "The Claim 'iss' value doesn't match the required issuer.",
            "credential.issuer",
        ),
        (7, "insufficient_scope", "credential.scope"),
        (
            7,
            "Request had insufficient authentication scopes.",
            "credential.scope",
        ),
        (7, "scope api:write is required", "credential.scope"),
        (16, "token has been revoked", "credential.revoked"),
        (16, "session was revoked", "credential.revoked"),
        // Near misses.
        (
            7,
            "this audience of the campaign is not shared with you",
            "permission.denied",
        ),
        (
            7,
            "user lacks permission in scope projects/x",
            "permission.denied",
        ),
        (
            7,
            "permission was revoked for this user",
            "permission.denied",
        ),
        (16, "unknown certificate issuer", "credential.rejected"),
        (16, "certificate revoked", "credential.rejected"),
        (16, "signature is invalid", "credential.rejected"),
        (16, "", "credential.rejected"),
    ] {
        assert_eq!(
            first(&refused(status(code, words))).unwrap().id,
            expected,
            "{code} {words}"
        );
    }
}

#[test]
fn both_values_stand_side_by_side() {
    let secret = good(json!({"aud": ["orders-dev"], "scope": "api:read"}));
    let finding = first(&bearer(
        called(status(16, "invalid audience, want orders")),
        &secret,
    ))
    .unwrap();
    let told = finding.evidence.join("\n");
    assert!(
        told.contains("aud orders-dev") && told.contains("want orders"),
        "{told}"
    );
    assert!(!told.contains(&secret));

    let answer = challenge(
        status(7, ""),
        "Bearer error=\"insufficient_scope\", scope=\"api:write\"",
    );
    let finding = first(&bearer(called(answer.clone()), &secret)).unwrap();
    assert_eq!(finding.id, "credential.scope");
    let told = finding.evidence.join("\n");
    assert!(
        told.contains("api:write") && told.contains("scope api:read"),
        "{told}"
    );
    // The token has what is asked for: the scope is not it.
    let has_it = good(json!({"scope": "api:write api:read"}));
    assert_eq!(
        first(&bearer(called(answer), &has_it)).unwrap().id,
        "permission.denied"
    );
}

#[test]
fn error_info_is_read_like_words() {
    let info = tonic_types::pb::ErrorInfo {
        reason: "ACCESS_TOKEN_SCOPE_INSUFFICIENT".into(),
        domain: "test".into(),
        metadata: [("permission".to_owned(), "orders.get".to_owned())].into(),
    };
    let with = |reason: &str| {
        let info = tonic_types::pb::ErrorInfo {
            reason: reason.into(),
            ..info.clone()
        };
        refused(with_details(
            7,
            "denied",
            "google.rpc.ErrorInfo",
            info.encode_to_vec(),
        ))
    };
    assert_eq!(
        first(&with("ACCESS_TOKEN_SCOPE_INSUFFICIENT")).unwrap().id,
        "credential.scope"
    );
    assert_eq!(
        first(&with("ACCESS_TOKEN_EXPIRED")).unwrap().id,
        "credential.token-expired"
    );
    let finding = first(&with("IAM_PERMISSION_DENIED")).unwrap();
    assert_eq!(finding.id, "permission.denied");
    assert!(
        finding
            .evidence
            .iter()
            .any(|line| line.contains("permission=orders.get")),
        "{:?}",
        finding.evidence
    );
}

#[test]
fn a_form_in_which_the_server_does_not_look() {
    let sent = |scheme: &str, answer: Answer| with_scheme(called(answer), scheme, "opaque");
    for (scheme, answer, expected) in [
        ("bearer", status(16, "Jwt is missing"), "credential.scheme"),
        (
            "Token",
            status(16, "missing bearer token"),
            "credential.scheme",
        ),
        (
            "",
            status(16, "authorization header is malformed: missing token"),
            "credential.scheme",
        ),
        (
            "basic",
            status(16, "unsupported authentication method"),
            "credential.scheme",
        ),
        (
            "Bearer",
            challenge(status(16, ""), "Basic realm=\"x\""),
            "credential.scheme",
        ),
        (
            "Bearer",
            challenge(http(401, &[], ""), "Negotiate"),
            "gateway.unauthenticated",
        ),
        // Near misses.
        (
            "bearer",
            status(16, "etcdserver: invalid auth token"),
            "credential.rejected",
        ),
        (
            "Bearer",
            status(16, "Jwt is missing"),
            "credential.rejected",
        ),
        (
            "bearer",
            challenge(status(16, ""), "Bearer error=\"invalid_token\""),
            "credential.rejected",
        ),
    ] {
        assert_eq!(
            first(&sent(scheme, answer)).unwrap().id,
            expected,
            "{scheme}"
        );
    }
    let finding = first(&sent(
        "bearer",
        status(16, "etcdserver: invalid auth token"),
    ))
    .unwrap();
    assert!(finding.hint.contains("capital"), "{}", finding.hint);
    let key = credential(
        called(status(16, "missing bearer token")),
        "api-key",
        "x-api-key",
        "",
        "k-1",
    );
    assert_eq!(first(&key).unwrap().id, "credential.scheme");
    // Some servers send the same challenge whatever was sent.
    let always = challenge(status(16, "unknown API key"), "Bearer realm=\"x\"");
    let key = credential(called(always), "api-key", "x-api-key", "", "k-1");
    assert_eq!(first(&key).unwrap().id, "credential.rejected");
}

#[test]
fn a_scheme_written_twice() {
    for (secret, expected) in [
        ("Bearer abc", "credential.doubled-scheme"),
        ("bearer abc", "credential.doubled-scheme"),
        ("abc", "credential.rejected"),
        ("Bearer ", "credential.rejected"),
    ] {
        assert_eq!(
            first(&bearer(called(status(16, "")), secret)).unwrap().id,
            expected,
            "{secret}"
        );
    }
}

#[test]
fn a_credential_that_is_damaged_to_the_eye() {
    let whole = good(json!({}));
    let cut = &whole[..whole.len() - 20];
    let two_parts = whole.rsplit_once('.').unwrap().0;
    let cookie = format!("{}.ZxyZ!.sig", URL_SAFE_NO_PAD.encode(r#"{"user":1}"#));
    for (secret, expected) in [
        ("$TOKEN", "credential.malformed"),
        ("\"abc\"", "credential.malformed"),
        ("<token>", "credential.malformed"),
        (two_parts, "credential.malformed"),
        (&cut.replace("c2ln", "c2*n"), "credential.malformed"),
        (cookie.as_str(), "credential.rejected"),
        (whole.as_str(), "credential.rejected"),
        ("a.b.c", "credential.rejected"),
    ] {
        let finding = first(&bearer(called(status(16, "")), secret)).unwrap();
        assert_eq!(finding.id, expected, "{secret}");
        assert!(!finding.cause.contains(secret), "{}", finding.cause);
    }
    // Damaged, but accepted: nothing.
    assert!(
        !ids(&bearer(called(status(5, "no such order")), "$TOKEN"))
            .contains(&"credential.malformed")
    );
}

#[test]
fn a_token_bound_to_a_certificate() {
    let ours: &[u8] = b"a certificate";
    let bound = |der: &[u8]| {
        let digest = ring::digest::digest(&ring::digest::SHA256, der);
        good(json!({"cnf": {"x5t#S256": URL_SAFE_NO_PAD.encode(digest)}}))
    };
    let call = |secret: &str| bearer(called(status(16, "")), secret);
    assert_eq!(ids(&call(&bound(ours))), ["credential.certificate-binding"]);
    assert_eq!(
        ids(&with_certificate(
            call(&bound(b"another")),
            b"a certificate"
        )),
        ["credential.certificate-binding"]
    );
    assert_eq!(
        ids(&with_certificate(call(&bound(ours)), b"a certificate")),
        ["credential.rejected"]
    );
}

#[test]
fn headers_that_are_too_large() {
    let long = "x".repeat(9_000);
    for (answer, secret, expected) in [
        (http(431, &[], ""), long.as_str(), "credential.too-large"),
        (
            http(400, &[], "Request Header Or Cookie Too Large"),
            &long,
            "credential.too-large",
        ),
        (
            status(
                8,
                "received metadata size exceeds hard limit (16384 vs. 9000)",
            ),
            &long,
            "credential.too-large",
        ),
        (http(431, &[], ""), "short", "http.not-grpc"),
        (status(8, "quota exceeded"), &long, "grpc.status"),
    ] {
        let mut evidence = bearer(called(answer), secret);
        evidence.sent.push(("x-padding".into(), "y".repeat(600)));
        assert_eq!(first(&evidence).unwrap().id, expected);
    }
}

#[test]
fn a_key_given_twice() {
    let mut evidence = refused(status(16, ""));
    evidence.overridden.push(Overridden {
        key: "authorization".into(),
        kept: "env:CREDENTIAL".into(),
        lost: "--rpc-header",
    });
    assert_eq!(ids(&evidence), ["credential.overridden"]);
}

#[test]
fn all_that_is_wrong_is_told_the_first_to_mend_in_front() {
    let secret = token(&json!({"exp": NOON - 42, "aud": "dev"}));
    assert_eq!(
        ids(&bearer(called(status(16, "invalid audience")), &secret)),
        ["credential.token-expired", "credential.audience"]
    );
}

#[test]
fn what_is_refused_without_a_reason_is_undetermined() {
    let finding = first(&refused(status(16, "unauthenticated"))).unwrap();
    assert_eq!((finding.id, finding.side), ("credential.rejected", None));
    assert!(
        finding
            .evidence
            .iter()
            .any(|line| line.contains("iss https://id.test")),
        "{:?}",
        finding.evidence
    );
    let unsigned = format!(
        "{}.{}.",
        URL_SAFE_NO_PAD.encode(r#"{"alg":"none"}"#),
        URL_SAFE_NO_PAD.encode("{}")
    );
    let finding = first(&bearer(called(status(16, "")), &unsigned)).unwrap();
    assert!(
        finding
            .evidence
            .iter()
            .any(|line| line.contains("not signed")),
        "{:?}",
        finding.evidence
    );
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
fn an_opaque_token_where_a_jwt_is_wanted() {
    for (secret, words, expected) in [
        (
            "opaque",
            "Jwt is not in the form of Header.Payload.Signature with two dots and 3 sections",
            "credential.malformed",
        ),
        (
            "opaque",
            "token is malformed: token contains an invalid number of segments",
            "credential.malformed",
        ),
        (
            "opaque",
            "authorization token is malformed",
            "credential.rejected",
        ),
        (
            &good(json!({})),
            "token is malformed: token contains an invalid number of segments",
            "credential.rejected",
        ),
    ] {
        assert_eq!(
            first(&bearer(called(status(16, words)), secret))
                .unwrap()
                .id,
            expected,
            "{words}"
        );
    }
}

#[test]
fn a_signature_that_does_not_verify() {
    for (words, cause) in [
        (
            "Jwt verification fails",
            "cannot verify the token's signature",
        ),
        (
            "token signature is invalid",
            "cannot verify the token's signature",
        ),
        ("unauthenticated", "did not accept the token"),
    ] {
        let finding = first(&refused(status(16, words))).unwrap();
        assert_eq!(finding.id, "credential.rejected");
        assert!(finding.cause.contains(cause), "{}", finding.cause);
    }
}
