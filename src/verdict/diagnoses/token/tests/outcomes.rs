use std::io::ErrorKind;

use serde_json::json;

use super::*;
use crate::authenticate::fetching::FetchRecord;
use crate::authenticate::http::Purpose;
use crate::evidence::Evidence;
use crate::evidence::Renewed;
use crate::evidence::answers;
use crate::evidence::answers::bearer;
use crate::evidence::answers::called;
use crate::evidence::answers::connected;
use crate::evidence::fetches::*;
use crate::evidence::handshakes;
use crate::exit_status::ExitStatus;
use crate::verdict::Expectation;
use crate::verdict::case::Case;
use crate::verdict::diagnoses::tests::finding;
use crate::verdict::diagnoses::tests::proven;
use crate::verdict::diagnoses::tests::text;
use crate::verdict::diagnoses::tests::warned;
use crate::verdict::judge;

/// An OK call with a token that was fetched so.
fn ok(record: FetchRecord) -> Evidence {
    fetched(bearer(called(answers::status(0, "")), "opaque"), record)
}

#[test]
fn clocks_that_differ_are_warned_of_beyond_five_seconds() {
    for (ahead, warning) in [
        (5, None),
        (6, Some("the local clock is 6 s behind that of id.test")),
        (-7, Some("the local clock is 6 s ahead of that of id.test")),
        (-6, None),
    ] {
        let evidence = ok(asked(dated(ahead)));
        let expected: Vec<&str> = warning.iter().map(|_| "token.clock-skew").collect();
        assert_eq!(warned(&evidence), expected, "{ahead}");
        if let Some(words) = warning {
            assert_eq!(finding(&evidence, "token.clock-skew").cause, words);
        }
    }
}

#[test]
fn scope_that_was_not_granted_is_warned_of() {
    let jwt = answers::token(&json!({"scope": "a"}));
    let without = answers::token(&json!({}));
    for (asked_for, granted, token, warning) in [
        (
            &["a", "b"][..],
            Some("a"),
            "opaque",
            Some("asked for scope \"a b\", got \"a\""),
        ),
        (
            &["a"],
            Some(""),
            "opaque",
            Some("asked for scope \"a\", got none"),
        ),
        (&["a", "b"], Some("b a c"), "opaque", None),
        (&["a", "b"], None, "opaque", None),
        (
            &["a", "b"],
            None,
            jwt.as_str(),
            Some("asked for scope \"a b\", got \"a\""),
        ),
        (&["a", "openid"], None, jwt.as_str(), None),
        (&["a"], None, without.as_str(), None),
        (&[], Some("a"), "opaque", None),
    ] {
        let mut record = asked(answered(200));
        record.request.scope = asked_for.iter().map(|scope| (*scope).to_owned()).collect();
        let mut evidence = fetched(bearer(called(answers::status(0, "")), token), record);
        evidence.caller_mut().credentials[0].scope = granted.map(str::to_owned);
        let found: Vec<String> = crate::verdict::diagnoses::warn_all(&Case::new(&evidence))
            .into_iter()
            .map(|finding| crate::peer_text::plain(&finding.cause))
            .collect();
        let expected: Vec<String> = warning.iter().map(|words| (*words).to_owned()).collect();
        assert_eq!(found, expected);
    }
}

#[test]
fn a_refused_refresh_is_warned_of_whatever_came_after_it() {
    let refused = |outcome| FetchRecord {
        refresh_refused: Some(error("invalid_grant", "Session not active")),
        ..oauth(vec![
            exchange(&connected(), Purpose::Refresh, answered(400)),
            exchange(&connected(), Purpose::Token, outcome),
        ])
    };
    let fixed = ok(refused(answered(200)));
    assert_eq!(warned(&fixed), ["token.refresh-refused"]);
    let said = text(&finding(&fixed, "token.refresh-refused"));
    assert!(said.contains("invalid_grant (HTTP 400)") && said.contains("Session not active"));
    let worse = in_vain("oauth", error("invalid_client", ""), refused(answered(401)));
    assert_eq!(warned(&worse), ["token.refresh-refused"]);
    assert_eq!(proven(&worse), ["token.invalid-client"]);
    assert_eq!(warned(&ok(asked(answered(200)))), Vec::<&str>::new());
}

#[test]
fn where_the_target_fails_too_the_token_comes_second() {
    let mut evidence = handshakes::unconnected(&[ErrorKind::ConnectionRefused]);
    let fault = error("invalid_client", "");
    evidence
        .caller_mut()
        .unobtained
        .push(unobtained("oauth", fault, asked(answered(401))));
    let verdict = judge(&Expectation::default(), &evidence);
    assert_eq!(verdict.exit, ExitStatus::NoStatus);
    assert_eq!(verdict.diagnosis.unwrap().id, "net.refused");
    assert_eq!(verdict.also[0].id, "token.invalid-client");
}

#[test]
fn a_renewal_in_vain_stands_beside_the_refusal() {
    let refused = || bearer(called(answers::status(16, "no")), "opaque");
    let fault = || unobtained("oauth", error("invalid_grant", ""), asked(answered(400)));
    for (renewed, also, words) in [
        (
            Some(Renewed::Unobtained(fault())),
            &["token.invalid-grant"][..],
            "could not be obtained",
        ),
        (Some(Renewed::Same), &[], "requested: unchanged"),
        (Some(Renewed::Another), &[], "this is the second"),
        (None, &[], ""),
    ] {
        let mut evidence = refused();
        let is_renewed = renewed.is_some();
        evidence.caller_mut().renewed = renewed;
        let verdict = judge(&Expectation::default(), &evidence);
        assert_eq!(verdict.exit.code(), 80);
        let diagnosis = verdict.diagnosis.unwrap();
        assert_eq!(diagnosis.id, "credential.rejected");
        assert!(diagnosis.evidence.iter().any(|line| line.contains(words)));
        let asked_anew = text(&diagnosis).contains("a new token was");
        assert!(is_renewed || !asked_anew);
        let others: Vec<&str> = verdict.also.iter().map(|finding| finding.id).collect();
        assert_eq!(others, also);
    }
}
