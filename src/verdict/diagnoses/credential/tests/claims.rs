//! What a token says, against what the server says of it.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use prost::Message as _;
use serde_json::json;

use super::challenge;
use super::good;
use super::ids;
use super::refused;
use super::with_certificate;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::status;
use crate::evidence::answers::with_details;
use crate::verdict::diagnoses::first;

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
        (
            16,
            "oidc: id token issued by a different provider, expected \"a\" got \"b\"",
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
        (7, "this resource has expired", "permission.denied"),
        (
            7,
            "the issuer of this invoice is not allowed",
            "permission.denied",
        ),
        (7, "unknown audience: campaign 7", "permission.denied"),
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
