//! The form in which a credential was sent.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::json;

use super::challenge;
use super::good;
use super::ids;
use super::refused;
use crate::connect::tap::GoAway;
use crate::evidence::Evidence;
use crate::evidence::Overridden;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::credential;
use crate::evidence::answers::ended;
use crate::evidence::answers::http;
use crate::evidence::answers::status;
use crate::evidence::answers::with_scheme;
use crate::invoke::Answer;
use crate::invoke::Ended;
use crate::invoke::Interruption;
use crate::invoke::NoStatus;
use crate::invoke::Progress;
use crate::verdict::diagnoses::first;
use crate::verdict::diagnoses::tests::finding;

#[test]
fn another_kind_of_token_is_told_from_another_scheme() {
    for (message, flag) in [
        (
            "refresh token cannot be used as access token",
            "member access_token",
        ),
        (
            "ID token supplied where access token expected",
            "member access_token",
        ),
        // Near misses.
        ("unsupported authentication scheme", "--user NAME"),
        ("use basic authentication", "--user NAME"),
    ] {
        let evidence = with_scheme(called(status(16, message)), "Bearer", "opaque");
        let found = finding(&evidence, "credential.scheme");
        assert!(found.hint.contains(flag), "{message}: {}", found.hint);
    }
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
            "credential.scheme",
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
    let unseen = first(&sent("Bearer", status(16, "Jwt is missing"))).unwrap();
    assert!(unseen.hint.contains("under which key"), "{}", unseen.hint);
    let bare = first(&sent("", status(16, "invalid token"))).unwrap();
    assert_eq!(bare.id, "credential.rejected");
    let said = (bare.evidence.join("; "), &bare.hint);
    assert!(said.0.contains("without a scheme"), "{}", said.0);
    assert!(said.1.contains("authorization: Bearer"), "{}", said.1);
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
        (&whole.replace('.', "%2E"), "credential.malformed"),
        (&format!("Bearer%20{whole}"), "credential.malformed"),
        ("a%2Eb", "credential.rejected"),
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
        evidence
            .call
            .sent
            .push(("x-padding".into(), "y".repeat(600).parse().unwrap()));
        assert_eq!(first(&evidence).unwrap().id, expected);
    }
}

/// A call with a bearer token of this size that the peer ended over HTTP/2.
fn ended_by_the_peer(cause: Interruption, after: Progress, size: usize) -> Evidence {
    let answer = ended(Ended::NoStatus(NoStatus { cause, after }));
    bearer(called(answer), &"x".repeat(size))
}

#[test]
fn a_call_that_was_ended_for_the_size_of_its_metadata() {
    let goaway = |code| Interruption::GoAway {
        code,
        by_peer: true,
    };
    let reset = |code| Interruption::Reset {
        code,
        by_peer: true,
    };
    let before = Progress::BeforeHeaders;
    for (cause, after, size, limit, debug, expected) in [
        (goaway(11), before, 30_000, None, "", true),
        (reset(11), before, 30_000, None, "", true),
        (reset(6), before, 30_000, Some(16_384), "", true),
        (reset(1), before, 30_000, Some(16_384), "", true),
        (
            goaway(11),
            before,
            30_000,
            None,
            "header list too large",
            true,
        ),
        // Little was sent; the peer had announced more; it gave another reason; it had answered; another code.
        (goaway(11), before, 300, None, "", false),
        (goaway(11), before, 30_000, Some(65_536), "", false),
        (goaway(11), before, 30_000, None, "too_many_pings", false),
        (
            reset(11),
            Progress::AfterMessages(1),
            30_000,
            None,
            "",
            false,
        ),
        (reset(8), before, 30_000, None, "", false),
    ] {
        let is_goaway = matches!(cause, Interruption::GoAway { .. });
        let mut evidence = ended_by_the_peer(cause.clone(), after, size);
        let http2 = &mut evidence.connection_mut().handshake.as_mut().unwrap().http2;
        http2.settings = Some(limit.map(|limit| (6, limit)).into_iter().collect());
        http2.goaway = is_goaway.then(|| GoAway {
            code: 11,
            last_stream: 0,
            debug: debug.into(),
        });
        let found = ids(&evidence);
        let own = match is_goaway {
            true => "http2.goaway",
            false => "http2.reset",
        };
        let wanted = if expected {
            "credential.too-large"
        } else {
            own
        };
        assert_eq!(
            found,
            [wanted],
            "{cause:?} {after:?} {size} {limit:?} {debug}"
        );
        if expected {
            let told = finding(&evidence, wanted).evidence.join("\n");
            assert!(told.contains("bytes of metadata were sent"), "{told}");
        }
    }
}

#[test]
fn a_key_given_twice() {
    let mut evidence = refused(status(16, ""));
    evidence.call.overridden.push(Overridden {
        key: "authorization".into(),
        kept: "env:CREDENTIAL".into(),
        lost: "--rpc-header",
    });
    assert_eq!(ids(&evidence), ["credential.overridden"]);
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
            "credential.malformed",
        ),
        (
            &good(json!({})),
            "token is malformed: token contains an invalid number of segments",
            "credential.malformed",
        ),
        (
            &good(json!({})),
            "the message is malformed",
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
