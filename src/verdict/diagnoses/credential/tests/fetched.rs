//! What a token shows that was fetched in the same run: what was asked, what was granted, and by which clock.

use serde_json::json;
use time::Duration;

use super::challenge;
use super::good;
use super::ids;
use crate::authenticate::Obtained;
use crate::authenticate::http::Head;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::Purpose;
use crate::connect::HandshakeReport;
use crate::connect::report::CertificateRequest;
use crate::connect::report::TlsReport;
use crate::evidence::Evidence;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::connected;
use crate::evidence::answers::status;
use crate::evidence::fetches::*;
use crate::invoke::Answer;
use crate::verdict::diagnoses::tests::finding;
use crate::verdict::diagnoses::tests::text;

/// A call with a token that was fetched with this scope and audience, answered so.
fn fetched_for(answer: Answer, token: &str, scope: &[&str], audience: Option<&str>) -> Evidence {
    let mut record = oauth(vec![exchange(&connected(), Purpose::Token, answered(200))]);
    record.request.scope = scope.iter().map(|scope| (*scope).to_owned()).collect();
    record.request.audience = audience.map(str::to_owned);
    fetched(bearer(called(answer), token), record)
}

#[test]
fn what_was_asked_for_stands_beside_what_was_refused() {
    let jwt = good(json!({"aud": "billing", "scope": "a"}));
    let short = || {
        challenge(
            status(7, ""),
            "Bearer error=\"insufficient_scope\", scope=\"a b\"",
        )
    };
    for (answer, id, words) in [
        (
            status(16, "audience mismatch"),
            "credential.audience",
            "it was fetched from https://id.test/token for scope a, audience orders",
        ),
        (
            status(16, "audience mismatch"),
            "credential.audience",
            "(--audience A or --resource URI asks for it)",
        ),
        (
            status(16, "unknown issuer"),
            "credential.issuer",
            "it was fetched from https://id.test/token",
        ),
        (short(), "credential.scope", "(--scope S asks for it)"),
        (
            status(16, "no"),
            "credential.rejected",
            "it was fetched from https://id.test/token for scope a, audience orders",
        ),
        (
            status(16, "no"),
            "credential.rejected",
            "the token from client_credentials at https://id.test, fetched for this call, was sent",
        ),
        (
            status(16, "the token was revoked"),
            "credential.revoked",
            "fetch a new token with `grpcauth token refresh`",
        ),
    ] {
        let evidence = fetched_for(answer, &jwt, &["a"], Some("orders"));
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{id}: {said}");
    }
    let given = bearer(called(status(16, "audience mismatch")), &jwt);
    let said = text(&finding(&given, "credential.audience"));
    assert!(
        !said.contains("fetched") && !said.contains("--audience"),
        "{said}"
    );
}

#[test]
fn of_an_opaque_token_the_endpoints_word_on_scope_counts() {
    let wants = || {
        challenge(
            status(7, ""),
            "Bearer error=\"insufficient_scope\", scope=\"a b\"",
        )
    };
    for (granted, id, words) in [
        (Some("a"), "credential.scope", "scope granted with it: a"),
        (Some(""), "credential.scope", "scope granted with it: none"),
        (None, "credential.scope", "it is not a readable JWT"),
        // It has all that the server wants: something else is wrong.
        (Some("b a"), "permission.denied", ""),
    ] {
        let mut evidence = fetched_for(wants(), "opaque", &["a", "b"], None);
        evidence.caller_mut().credentials[0].scope = granted.map(str::to_owned);
        assert_eq!(ids(&evidence), [id], "{granted:?}");
        assert!(text(&finding(&evidence, id)).contains(words));
    }
}

#[test]
fn of_an_opaque_token_the_endpoints_word_on_its_end_counts() {
    for (seconds, id, words) in [
        (
            -90,
            "credential.token-expired",
            "expired 90 s before the call (until 2026-11-21T11:58:30Z, by the word of https://id.test/token)",
        ),
        // Clocks differ by so much: a fact, and no cause by itself.
        (-42, "credential.rejected", ""),
        (0, "credential.rejected", ""),
        (60, "credential.rejected", ""),
    ] {
        let mut evidence = fetched_for(status(16, "no"), "opaque", &[], None);
        evidence.caller_mut().credentials[0].expires_at =
            Some(evidence.clock + Duration::seconds(seconds));
        assert_eq!(ids(&evidence), [id], "{seconds}");
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{said}");
    }
    let mut early = fetched_for(status(16, "token is expired"), "opaque", &[], None);
    early.caller_mut().credentials[0].expires_at = Some(early.clock + Duration::seconds(60));
    let said = text(&finding(&early, "credential.token-expired"));
    assert!(
        said.contains("it has 60 s left (until 2026-11-21T12:01:00Z"),
        "{said}"
    );
}

#[test]
fn a_token_that_is_kept_is_fetched_anew() {
    for (obtained, words) in [
        (Obtained::Cache, "kept from an earlier fetch"),
        (Obtained::Refreshed, "fetched in place of an older one"),
    ] {
        let mut evidence = fetched_for(status(16, "token is expired"), "opaque", &[], None);
        evidence.caller_mut().credentials[0].obtained = obtained;
        evidence.caller_mut().credentials[0].fetch = None;
        let said = text(&finding(&evidence, "credential.token-expired"));
        assert!(said.contains(words), "{said}");
        assert!(said.contains("`grpcauth token refresh`"), "{said}");
    }
}

#[test]
fn what_was_fetched_for_the_call_is_not_to_be_fetched_again() {
    for (obtained, is_fresh) in [
        (Obtained::Fetched, true),
        (Obtained::Refreshed, true),
        (Obtained::Cache, false),
    ] {
        let mut evidence = fetched_for(status(16, "no"), "opaque", &[], None);
        evidence.caller_mut().credentials[0].obtained = obtained;
        let said = text(&finding(&evidence, "credential.rejected"));
        assert_eq!(said.contains("does not help"), is_fresh, "{said}");
        assert_eq!(said.contains("token refresh"), !is_fresh, "{said}");
    }
}

#[test]
fn clocks_that_differ_are_told_where_times_matter() {
    for (ahead, told) in [(90, true), (3, false)] {
        for (refusal, id) in [
            ("token is expired", "credential.token-expired"),
            ("token is not yet valid", "credential.token-not-yet-valid"),
            ("no", "credential.rejected"),
        ] {
            let date = connected().clock + Duration::seconds(ahead);
            let outcome = HttpOutcome::Answered(Box::new(Head {
                date: Some(date),
                ..head(200)
            }));
            let record = oauth(vec![exchange(&connected(), Purpose::Token, outcome)]);
            let evidence = bearer(called(status(16, refusal)), &good(json!({})));
            let said = text(&finding(&fetched(evidence, record), id));
            let words = "the local clock is 90 s behind that of id.test";
            assert_eq!(said.contains(words), told, "{id}: {said}");
        }
    }
}

#[test]
fn a_bound_token_tells_how_it_was_fetched() {
    for (sent, words) in [
        (
            true,
            "it was fetched from https://id.test/token with a client certificate",
        ),
        (
            false,
            "it was fetched from https://id.test/token without a client certificate",
        ),
    ] {
        let mut handshake = HandshakeReport::new(false);
        handshake.tls = Some(TlsReport {
            certificate_request: Some(CertificateRequest {
                sent,
                ..CertificateRequest::default()
            }),
            ..TlsReport::default()
        });
        let mut exchange = exchange(&connected(), Purpose::Token, answered(200));
        exchange.handshake = Some(handshake);
        let jwt = good(json!({"cnf": {"x5t#S256": "AAAA"}}));
        let evidence = fetched(
            bearer(called(status(16, "no")), &jwt),
            oauth(vec![exchange]),
        );
        let said = text(&finding(&evidence, "credential.certificate-binding"));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn where_a_jwt_is_wanted_the_endpoint_must_give_one() {
    let evidence = fetched_for(
        status(16, "Jwt is not in the form of Header.Payload.Signature"),
        "opaque",
        &[],
        None,
    );
    let said = text(&finding(&evidence, "credential.malformed"));
    assert!(
        said.contains("ask the operator of https://id.test/token for tokens that are JWTs"),
        "{said}"
    );
}
