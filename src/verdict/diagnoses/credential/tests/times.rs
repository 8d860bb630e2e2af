//! Tokens beyond their times.

use std::time::Duration;

use serde_json::json;

use super::ids;
use super::refused;
use crate::evidence::answers::NOON;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::credential;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::evidence::answers::token;
use crate::invoke::Answer;
use crate::verdict::diagnoses::first;
use crate::verdict::finding::Side;

#[test]
fn an_expired_token_by_its_own_claims() {
    let expired =
        token(&json!({"iss": "https://id.example.com", "exp": NOON - 90, "sub": "alice"}));
    let finding = first(&bearer(called(status(16, "nope")), &expired)).unwrap();
    assert_eq!(finding.id, "credential.token-expired");
    assert_eq!(
        finding.cause,
        "the token sent expired 90 s before the call (exp 2026-11-21T11:58:30Z, iss https://id.example.com)"
    );
    assert!(
        finding.hint.contains("https://id.example.com") && finding.hint.contains("env:CREDENTIAL")
    );
    for (answer, expected) in [
        (status(7, ""), "credential.token-expired"),
        (http(401, &[], ""), "credential.token-expired"),
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
        ["credential.token-expired"]
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
    evidence.call.timings.total = Duration::from_secs(5);
    let finding = first(&evidence).unwrap();
    assert!(
        finding.cause.contains("expired 3 s into the call"),
        "{}",
        finding.cause
    );
    evidence.call.timings.total = Duration::from_secs(1);
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
    for (words, id) in [
        ("client certificate has expired", "credential.rejected"),
        ("your subscription has expired", "permission.denied"),
    ] {
        assert_eq!(
            first(&refused(status(16, words))).unwrap().id,
            id,
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
fn the_servers_words_come_before_the_tokens_own() {
    for (ago, code, words, expected) in [
        (
            3600,
            16,
            "invalid audience",
            &["credential.audience", "credential.token-expired"][..],
        ),
        (3600, 16, "no", &["credential.token-expired"]),
        // What the server has read is not expired for it.
        (3600, 7, "role admin required", &["permission.denied"]),
        (3600, 16, "signature is invalid", &["credential.rejected"]),
        // Clocks differ by so much.
        (20, 16, "invalid audience", &["credential.audience"]),
        (20, 7, "role admin required", &["permission.denied"]),
        (20, 16, "no", &["credential.rejected"]),
        (20, 16, "token is expired", &["credential.token-expired"]),
    ] {
        let secret = token(&json!({"exp": NOON - ago, "aud": "dev"}));
        let found = ids(&bearer(called(status(code, words)), &secret));
        assert_eq!(found, expected, "{ago} {words}");
    }
    for (ahead, words, expected) in [
        (3, "role admin required", "permission.denied"),
        (3, "", "permission.denied"),
        (90, "", "credential.token-not-yet-valid"),
        (90, "role admin required", "permission.denied"),
        (
            3,
            "token is not yet valid",
            "credential.token-not-yet-valid",
        ),
    ] {
        let secret = token(&json!({"nbf": NOON + ahead, "exp": NOON + 600}));
        let found = first(&bearer(called(status(7, words)), &secret)).unwrap();
        assert_eq!(found.id, expected, "{ahead} {words}");
    }
}

#[test]
fn a_token_tells_of_its_times_whatever_became_of_it() {
    for (claims, found) in [
        (json!({"exp": NOON - 60}), &["credential.token-expired"][..]),
        (json!({"exp": NOON - 59}), &[]),
        (json!({"exp": NOON + 1}), &[]),
        (json!({"exp": "1795262400"}), &["credential.malformed"]),
        (
            json!({"exp": (NOON + 60) * 1000}),
            &["credential.malformed"],
        ),
        (
            json!({"nbf": NOON + 60}),
            &["credential.token-not-yet-valid"],
        ),
        (json!({"nbf": NOON + 59}), &[]),
        (json!({}), &[]),
    ] {
        let evidence = bearer(called(status(0, "")), &token(&claims));
        let problems = super::super::problems(&evidence.caller.credentials[0], evidence.clock);
        let ids: Vec<&str> = problems.iter().map(|problem| problem.id).collect();
        assert_eq!(ids, found, "{claims}");
    }
    let opaque = bearer(called(status(0, "")), "opaque");
    assert_eq!(
        super::super::problems(&opaque.caller.credentials[0], opaque.clock),
        []
    );
}

#[test]
fn a_token_that_begins_on_the_way_is_not_early_and_the_hint_names_the_time() {
    let secret = token(&json!({"nbf": NOON + 120, "exp": NOON + 600}));
    let mut evidence = bearer(called(status(16, "")), &secret);
    let finding = first(&evidence).unwrap();
    assert_eq!(finding.id, "credential.token-not-yet-valid");
    assert!(
        finding
            .hint
            .starts_with("call again after 2026-11-21T12:02:00Z"),
        "{}",
        finding.hint
    );
    evidence.call.began = Some(evidence.clock + ::time::Duration::seconds(120));
    assert_eq!(first(&evidence).unwrap().id, "credential.rejected");
}

#[test]
fn what_a_refused_token_is_stands_in_the_evidence() {
    for (claims, told, hint) in [
        (json!({"typ": "Refresh"}), true, "send an access token"),
        (json!({"typ": "Bearer"}), false, "get a fresh token"),
        (
            json!({"cnf": {"jkt": "x"}}),
            false,
            "get a token without that binding",
        ),
        (json!({"cnf": {"kid": "x"}}), false, "get a fresh token"),
    ] {
        let secret = super::good(claims);
        let finding = first(&bearer(called(status(16, "")), &secret)).unwrap();
        assert_eq!(finding.id, "credential.rejected");
        let evidence = finding.evidence.join("; ");
        assert_eq!(
            evidence.contains("it is a refresh token"),
            told,
            "{evidence}"
        );
        assert!(finding.hint.contains(hint), "{}", finding.hint);
    }
}
