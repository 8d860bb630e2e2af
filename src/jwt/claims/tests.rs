use serde_json::json;

use super::*;

const CLOCK: i64 = 1_795_255_200;

fn token(header: Value, claims: Value) -> Decoded {
    Decoded {
        header,
        claims,
        signed: true,
    }
}

fn checked(token: &Decoded, audience: Option<&str>, issuer: Option<&str>) -> Vec<Check> {
    let clock = OffsetDateTime::from_unix_timestamp(CLOCK).unwrap();
    let expected = Expected {
        clock,
        audience,
        issuer,
    };
    check(token, &expected)
}

fn weights(claims: Value) -> Vec<(&'static str, Weight)> {
    checked(&token(json!({}), claims), None, None)
        .into_iter()
        .map(|check| (check.of, check.finding.weight()))
        .collect()
}

#[test]
fn times_are_judged_with_the_leeway_between() {
    use Weight::Doubtful;
    use Weight::Holds;
    use Weight::Refused;
    for (exp, weight) in [
        (json!(CLOCK + 1), Holds),
        (json!(CLOCK + 300), Holds),
        (json!(CLOCK), Doubtful),
        (json!(CLOCK - 42), Doubtful),
        (json!(CLOCK - 59), Doubtful),
        (json!(CLOCK - 60), Refused),
        (json!(CLOCK as f64 + 0.5), Doubtful),
        (json!(CLOCK.to_string()), Refused),
        (json!(null), Refused),
        (json!(1e300), Refused),
    ] {
        assert_eq!(weights(json!({"exp": exp})), [("exp", weight)], "{exp}");
    }
    for (name, value, weight) in [
        ("nbf", CLOCK, Holds),
        ("nbf", CLOCK + 60, Doubtful),
        ("nbf", CLOCK + 61, Refused),
        ("iat", CLOCK - 5, Holds),
        ("iat", CLOCK + 60, Holds),
        ("iat", CLOCK + 61, Doubtful),
    ] {
        let claims = json!({"exp": CLOCK + 3600, name: value});
        assert_eq!(
            weights(claims),
            [("exp", Holds), (name, weight)],
            "{name} {value}"
        );
    }
    assert_eq!(weights(json!({})), [("exp", Doubtful)]);
}

#[test]
fn the_leeway_is_told() {
    let found = checked(&token(json!({}), json!({"exp": CLOCK - 42})), None, None);
    assert_eq!(
        found[0].finding,
        Finding::Expired {
            ago: Duration::seconds(42),
            tolerated: true
        }
    );
}

#[test]
fn a_token_that_is_good_at_no_time_is_named() {
    for (other, bad) in [("nbf", CLOCK + 31), ("iat", CLOCK + 31)] {
        let claims = json!({"exp": CLOCK + 30, other: bad});
        let checks = checked(&token(json!({}), claims), None, None);
        let never = checks.last().unwrap();
        assert_eq!(never.finding, Finding::NeverGood { other });
        let equal = json!({"exp": CLOCK + 31, other: bad});
        let checks = checked(&token(json!({}), equal), None, None);
        assert_ne!(checks.last().unwrap().of, "exp");
    }
}

#[test]
fn audience_and_issuer_are_compared_where_they_are_wanted() {
    let good = json!({"exp": CLOCK + 1, "aud": ["a", "b"], "iss": "i"});
    let weigh = |claims: &Value, audience, issuer| -> Vec<(&str, Weight)> {
        checked(&token(json!({}), claims.clone()), audience, issuer)
            .into_iter()
            .skip(1)
            .map(|check| (check.of, check.finding.weight()))
            .collect()
    };
    for (claims, audience, issuer, expected) in [
        (&good, None, None, vec![]),
        (&good, Some("b"), None, vec![("aud", Weight::Holds)]),
        (&good, Some("c"), None, vec![("aud", Weight::Refused)]),
        (&good, None, Some("i"), vec![("iss", Weight::Holds)]),
        (&good, None, Some("i/"), vec![("iss", Weight::Refused)]),
        (
            &json!({"exp": CLOCK + 1}),
            Some("a"),
            Some("i"),
            vec![("aud", Weight::Refused), ("iss", Weight::Refused)],
        ),
        (
            &json!({"exp": CLOCK + 1, "aud": 7, "iss": []}),
            None,
            None,
            vec![("aud", Weight::Refused), ("iss", Weight::Refused)],
        ),
    ] {
        assert_eq!(weigh(claims, audience, issuer), expected, "{claims}");
    }
}

#[test]
fn types_are_known_or_named() {
    let finding = |typ: Value| {
        checked(&token(json!({"typ": typ}), json!({})), None, None)
            .into_iter()
            .find(|check| check.of == "typ")
            .map(|check| check.finding)
    };
    for known in ["JWT", "jwt", "at+jwt", "application/at+JWT"] {
        assert_eq!(finding(json!(known)), Some(Finding::KnownType), "{known}");
    }
    assert!(matches!(
        finding(json!("dpop+jwt")),
        Some(Finding::OtherType {
            what: Some("a DPoP proof (RFC 9449)")
        })
    ));
    assert_eq!(finding(json!("x")), Some(Finding::OtherType { what: None }));
    assert_eq!(finding(json!(7)), Some(Finding::NotText));
    assert_eq!(finding(Value::Null), None);
}
