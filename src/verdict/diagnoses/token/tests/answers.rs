use serde_json::json;

use super::*;
use crate::authenticate::http::Head;
use crate::authenticate::http::HttpOutcome;
use crate::authenticate::http::Purpose;
use crate::authenticate::token_fault::Content;
use crate::authenticate::token_fault::TokenFault;
use crate::evidence::answers::connected;
use crate::evidence::fetches::*;
use crate::exit_status::ExitStatus;
use crate::verdict::Expectation;
use crate::verdict::Side;
use crate::verdict::diagnoses::tests::finding;
use crate::verdict::diagnoses::tests::proven;
use crate::verdict::diagnoses::tests::text;
use crate::verdict::judge;

/// Faults, the one row that tells of each, and words of what it says.
#[test]
fn every_fault_is_told_by_its_row() {
    let unreadable = |why: &str| TokenFault::Unreadable {
        why: why.to_owned(),
        content: Content::Text("<html>portal</html>".into()),
    };
    let absent = |found: &[&str]| TokenFault::NotInAnswer {
        looked_at: vec!["/token".into()],
        content: keys(found),
    };
    let oauth_401 = || asked(answered(401));
    for (kind, fault, record, id, words) in [
        (
            "oauth",
            error("invalid_client", "unknown client"),
            oauth_401(),
            "token.invalid-client",
            "the token request to https://id.test/token failed: invalid_client (HTTP 401)\nthe server says invalid_client: \"unknown client\"",
        ),
        (
            "oauth",
            error("invalid_grant", ""),
            asked(answered(400)),
            "token.invalid-grant",
            "does not describe it",
        ),
        (
            "oauth",
            error("invalid_scope", ""),
            asked(answered(400)),
            "token.invalid-scope",
            "name a scope with --scope",
        ),
        (
            "oauth",
            error("unauthorized_client", ""),
            oauth_401(),
            "token.unauthorized-client",
            "Keycloak answers so to a wrong secret",
        ),
        (
            "oauth",
            error("unsupported_grant_type", ""),
            asked(answered(400)),
            "token.unsupported-grant",
            "ask the operator of id.test to switch client_credentials on",
        ),
        (
            "oauth",
            error("access_denied", "no"),
            asked(answered(403)),
            "token.refused",
            "failed: access_denied (HTTP 403)",
        ),
        (
            "oauth",
            TokenFault::Status(Content::Empty),
            asked(answered(502)),
            "token.refused",
            "was answered with HTTP 502 Bad Gateway",
        ),
        (
            "oauth",
            TokenFault::Redirect,
            asked(answered(302)),
            "token.endpoint-redirect",
            "to nowhere (no Location)",
        ),
        (
            "oauth",
            unreadable("it is not JSON"),
            asked(answered(200)),
            "token.bad-response",
            "cannot be read: it is not JSON\nthe answer says \"<html>portal</html>\"",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::CutOff),
            "token.bad-response",
            "the connection ended before the answer did",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::NotHttp),
            "token.bad-response",
            "not HTTP/1.1",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::TooLarge),
            "token.bad-response",
            "longer than 1048576 bytes",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::Encoded("gzip".into())),
            "token.bad-response",
            "compressed (gzip)",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::Late),
            "token.endpoint-unreachable",
            "was not answered within 12 ms",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::NoConnection),
            "token.endpoint-unreachable",
            "no connection",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::NoName),
            "token.endpoint-tls",
            "can stand in no certificate",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            asked(HttpOutcome::Plaintext),
            "token.endpoint-tls",
            "https://id.test/token is plaintext: everybody on the way could read what is sent there",
        ),
        (
            "oauth",
            TokenFault::NoAnswer,
            oauth(vec![
                exchange(&connected(), Purpose::Discovery, answered(200)),
                exchange(&connected(), Purpose::Token, HttpOutcome::Plaintext),
            ]),
            "token.discovery",
            "an endpoint that is plaintext",
        ),
        (
            "oauth",
            absent(&["id"]),
            asked(answered(200)),
            "token.not-in-response",
            "asked with --login-url",
        ),
        (
            "login",
            absent(&["user", "refreshToken", "auth/Token"]),
            login(answered(200)),
            "token.not-in-response",
            "no token at /token in the answer of https://id.test/token (HTTP 200)\ntop-level keys of the answer: user, refreshToken, auth/Token\nHTTP 200 OK, application/json",
        ),
        (
            "login",
            absent(&["auth/Token"]),
            login(answered(200)),
            "token.not-in-response",
            "try --token-ptr /auth~1Token",
        ),
        (
            "oauth",
            TokenFault::Unusable {
                why: "it is of type mac".into(),
            },
            asked(answered(200)),
            "token.unusable",
            "cannot be sent: it is of type mac",
        ),
        (
            "oauth",
            TokenFault::Signing {
                why: "no key".into(),
            },
            oauth(Vec::new()),
            "token.signing",
            "could not be signed: no key",
        ),
        (
            "oauth",
            TokenFault::Discovery {
                why: "they name no issuer".into(),
            },
            discovering(answered(200)),
            "token.discovery",
            "they name no issuer\nasked: https://id.test/token (HTTP 200)",
        ),
        // The metadata's place answers as a token endpoint might.
        (
            "oauth",
            error("invalid_client", ""),
            discovering(answered(401)),
            "token.discovery",
            "brought no metadata: HTTP 401 Unauthorized",
        ),
        (
            "oauth",
            TokenFault::Status(Content::Empty),
            discovering(answered(404)),
            "token.discovery",
            "HTTP 404 Not Found",
        ),
        (
            "oauth",
            unreadable("it is empty"),
            discovering(answered(200)),
            "token.discovery",
            "brought no metadata: it is empty",
        ),
        // A login's errors are its own, whatever they are called.
        (
            "login",
            error("invalid_client", ""),
            login(answered(401)),
            "token.refused",
            "unexpected authentication response: 401 Unauthorized from https://id.test/token",
        ),
        (
            "login",
            TokenFault::Status(Content::Text("wrong password".into())),
            login(answered(403)),
            "token.refused",
            "unexpected authentication response: 403 Forbidden from https://id.test/token\nthe answer says \"wrong password\"",
        ),
        (
            "login",
            TokenFault::Status(keys(&["message"])),
            login(answered(404)),
            "token.refused",
            "check the URL",
        ),
        (
            "login",
            error("Bad credentials", ""),
            login(answered(200)),
            "token.refused",
            "the login to https://id.test/token failed: Bad credentials (HTTP 200)",
        ),
    ] {
        let evidence = in_vain(kind, fault, record);
        assert_eq!(proven(&evidence), [id], "{words}");
        let said = text(&finding(&evidence, id));
        assert!(said.contains(words), "{id}: {said}");
        let verdict = judge(&Expectation::default(), &evidence);
        assert_eq!(verdict.exit, ExitStatus::Credential);
    }
}

#[test]
fn what_the_server_lists_makes_the_hint() {
    let with = |code, document, scope: &[&str]| {
        let mut record = listing(asked(answered(400)), document);
        record.request.scope = scope.iter().map(|scope| (*scope).to_owned()).collect();
        in_vain("oauth", error(code, ""), record)
    };
    let methods = |list: &[&str]| json!({"token_endpoint_auth_methods_supported": list});
    let grants = |list: &[&str]| json!({"grant_types_supported": list});
    let scopes = |list: &[&str]| json!({"scopes_supported": list});
    for (id, evidence, side, words) in [
        (
            "token.invalid-client",
            with("invalid_client", methods(&["private_key_jwt", "none"]), &[]),
            Some(Side::Client),
            "the server lists token_endpoint_auth_methods_supported: private_key_jwt, none\nthe server does not list client_secret_basic: try --client-auth private_key_jwt --assertion-key SRC",
        ),
        (
            "token.invalid-client",
            with("invalid_client", methods(&["client_secret_basic"]), &[]),
            None,
            "check --client-id and --client-secret",
        ),
        (
            "token.invalid-client",
            with("invalid_client", methods(&["spnego"]), &[]),
            None,
            "check --client-id",
        ),
        (
            "token.unsupported-grant",
            with(
                "unsupported_grant_type",
                grants(&["implicit", "password"]),
                &[],
            ),
            Some(Side::Client),
            "try --grant password",
        ),
        (
            "token.unsupported-grant",
            with(
                "unsupported_grant_type",
                grants(&["client_credentials"]),
                &[],
            ),
            None,
            "name another grant",
        ),
        (
            "token.invalid-scope",
            with("invalid_scope", scopes(&["a"]), &["a", "b"]),
            Some(Side::Client),
            "leave out --scope b: the server does not list it",
        ),
        (
            "token.invalid-scope",
            with("invalid_scope", scopes(&["a"]), &["a"]),
            None,
            "leave scopes out one by one",
        ),
    ] {
        let found = finding(&evidence, id);
        assert_eq!(found.side, side, "{words}");
        assert!(text(&found).contains(words), "{}", text(&found));
    }
}

#[test]
fn an_assertion_that_was_out_of_its_time_there_is_the_clocks_fault() {
    for (method, ahead, words) in [
        ("private_key_jwt", 90, "the client's assertion had expired"),
        ("private_key_jwt", -90, "issued in the future"),
        (
            "private_key_jwt",
            30,
            "check --client-id and --assertion-key",
        ),
        (
            "client_secret_basic",
            90,
            "check --client-id and --client-secret",
        ),
    ] {
        let mut record = asked(dated(ahead));
        record.request.client_authentication = Some(method);
        let evidence = in_vain("oauth", error("invalid_client", ""), record);
        let found = finding(&evidence, "token.invalid-client");
        assert!(text(&found).contains(words), "{}", text(&found));
        let blamed = words.starts_with("check").then_some(()).is_none();
        assert_eq!(found.side.is_some(), blamed);
    }
}

#[test]
fn of_a_refresh_another_login_is_the_cure_and_of_a_password_another_password() {
    let refresh = oauth(vec![exchange(
        &connected(),
        Purpose::Refresh,
        answered(400),
    )]);
    let mut password = asked(answered(401));
    password.request.grant = Some("password");
    for (record, words) in [
        (refresh, "--refresh-token SRC"),
        (password, "check --user and --password"),
        (asked(answered(400)), "get it anew"),
    ] {
        let evidence = in_vain("oauth", error("invalid_grant", ""), record);
        let said = text(&finding(&evidence, "token.invalid-grant"));
        assert!(said.contains(words), "{said}");
    }
}

#[test]
fn of_a_location_no_more_than_the_host_is_told() {
    for (location, words) in [
        (
            "https://login.test/sign-in?session=s3cret",
            "(HTTP 302) to login.test\n",
        ),
        (
            "http://id.test/token?code=s3cret",
            "to the same host, id.test, in the clear (http)",
        ),
        ("/token/?code=s3cret", "to another path of the same host"),
        ("http://[s3cret", "to what is no URL"),
    ] {
        let outcome = HttpOutcome::Answered(Box::new(Head {
            location: Some(location.into()),
            ..head(302)
        }));
        let evidence = in_vain("oauth", TokenFault::Redirect, asked(outcome));
        let said = text(&finding(&evidence, "token.endpoint-redirect"));
        assert!(said.contains(words), "{said}");
        assert!(!said.contains("s3cret"), "{said}");
    }
}

#[test]
fn a_limit_says_how_long_to_wait() {
    for (retry_after, words) in [
        (Some("120"), "retry-after: 120), then try again"),
        (None, "wait, then try again"),
    ] {
        let outcome = HttpOutcome::Answered(Box::new(Head {
            retry_after: retry_after.map(Into::into),
            ..head(429)
        }));
        let evidence = in_vain("oauth", TokenFault::Status(Content::Empty), asked(outcome));
        let said = text(&finding(&evidence, "token.refused"));
        assert!(said.contains(words), "{said}");
    }
}

/// What a peer says may be as long as it likes: it is cut.
#[test]
fn long_words_are_cut() {
    let long = "x".repeat(100_000);
    for fault in [
        error(&long, &long),
        error("invalid_client", &long),
        TokenFault::Status(keys(&[&long])),
    ] {
        let evidence = in_vain("oauth", fault, asked(answered(400)));
        let id = proven(&evidence)[0];
        assert!(text(&finding(&evidence, id)).len() < 2_000, "{id}");
    }
}
