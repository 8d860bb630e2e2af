use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::proptest;
use serde_json::json;

use super::*;

fn token(header: &str, claims: &str, signature: &str) -> String {
    format!(
        "{}.{}.{signature}",
        URL_SAFE_NO_PAD.encode(header),
        URL_SAFE_NO_PAD.encode(claims)
    )
}

fn with_claims(claims: &Value) -> Decoded {
    Decoded::read(&token(
        r#"{"alg":"ES256"}"#,
        &claims.to_string(),
        "c2lnbmF0dXJl",
    ))
    .expect("a well-formed token")
}

#[test]
fn the_token_of_rfc_7515_a_1_is_read() {
    let token = "eyJ0eXAiOiJKV1QiLA0KICJhbGciOiJIUzI1NiJ9.\
        eyJpc3MiOiJqb2UiLA0KICJleHAiOjEzMDA4MTkzODAsDQogImh0dHA6Ly9leGFtcGxlLmNvbS9pc19yb290Ijp0cnVlfQ.\
        dBjftJeZ4CVP-mB92K27uhbUJU1p1r_wW1gFWFOEjXk";
    let decoded = Decoded::read(token).unwrap();
    assert_eq!(decoded.algorithm(), Some("HS256"));
    assert_eq!(decoded.issuer(), Some("joe"));
    assert_eq!(
        decoded.expires_at(),
        OffsetDateTime::from_unix_timestamp(1_300_819_380).ok()
    );
    assert!(decoded.signed);
    assert!(looks_like_jwt(token));
}

#[test]
fn unsigned_and_unknown_algorithms_are_read() {
    for (header, signature, signed) in [
        (r#"{"alg":"none"}"#, "", false),
        (r#"{"alg":"NonE"}"#, "c2ln", false),
        (r#"{"alg":"ES256"}"#, "", false),
        (r#"{"alg":7}"#, "c2ln", false),
        ("{}", "c2ln", false),
        (r#"{"alg":"ES512"}"#, "c2ln", true),
        (r#"{"alg":"ML-DSA-65","kid":"k"}"#, "c2ln", true),
    ] {
        let decoded = Decoded::read(&token(header, r#"{"sub":"a"}"#, signature)).unwrap();
        assert_eq!(decoded.signed, signed, "{header}");
        assert_eq!(decoded.subject(), Some("a"));
    }
}

#[test]
fn what_is_no_jwt_is_told_apart() {
    let header = URL_SAFE_NO_PAD.encode(r#"{"alg":"ES256"}"#);
    let claims = URL_SAFE_NO_PAD.encode(r#"{"sub":"a"}"#);
    for (text, expected) in [
        (String::new(), "this has 1"),
        ("hunter2".into(), "this has 1"),
        (format!("{header}.{claims}"), "this has 2"),
        (format!("{header}.a.b.c"), "this has 4"),
        ("a.b.c.d.e".into(), "this has 5"),
        (format!("{header}.a.b.c.d"), "encrypted"),
        (
            format!("{header}=.{claims}.c2ln"),
            "header is not base64url: it is padded",
        ),
        (
            format!("{header}.{claims}/.c2ln"),
            "claims is not base64url: byte 15",
        ),
        (
            format!("{header}.{claims}.c2ln\u{e9}"),
            "signature is not base64url",
        ),
        (
            format!("{header}.{}.c2ln", &claims[..claims.len() - 3]),
            "claims is not JSON: it ends too early",
        ),
        (token("[]", "{}", ""), "header is JSON, but no object"),
        (token("{}", "3", ""), "claims is JSON, but no object"),
        (
            token("{}", &"[".repeat(100_000), ""),
            "claims is not JSON: it is damaged",
        ),
        ("a".repeat(MAX_LENGTH + 1), "too many"),
    ] {
        let refusal = Decoded::read(&text).unwrap_err().to_string();
        assert!(refusal.contains(expected), "{refusal}");
        assert!(!refusal.contains("hunter2"), "{refusal}");
    }
}

#[test]
fn claims_of_one_or_many_values_are_read() {
    for (claims, audiences, scopes) in [
        (json!({}), vec![], vec![]),
        (
            json!({"aud": "vault", "scope": "read  write"}),
            vec!["vault"],
            vec!["read", "write"],
        ),
        (
            json!({"aud": ["a", 1, "b"], "scope": ["read", "write"]}),
            vec!["a", "b"],
            vec!["read", "write"],
        ),
        (
            json!({"aud": 3, "scp": "api.read"}),
            vec![],
            vec!["api.read"],
        ),
    ] {
        let decoded = with_claims(&claims);
        assert_eq!(decoded.audiences(), audiences);
        assert_eq!(decoded.scopes(), scopes);
    }
}

#[test]
fn times_are_numbers_or_malformed() {
    let at = NumericDate::At(OffsetDateTime::from_unix_timestamp(1_795_255_200).unwrap());
    for (claims, expected) in [
        (json!({}), NumericDate::Absent),
        (json!({"exp": 1_795_255_200}), at),
        (json!({"exp": 1_795_255_200.75}), at),
        (json!({"exp": "1795255200"}), NumericDate::Malformed),
        (json!({"exp": null}), NumericDate::Malformed),
        (json!({"exp": 1e300}), NumericDate::Malformed),
        (json!({"exp": i64::MIN}), NumericDate::Malformed),
        (json!({"exp": u64::MAX}), NumericDate::Malformed),
    ] {
        assert_eq!(
            with_claims(&claims).numeric_date("exp"),
            expected,
            "{claims}"
        );
        assert_eq!(with_claims(&claims).expires_at(), expected.time());
    }
}

#[test]
fn the_shape_of_a_jwt_is_recognised() {
    let header = URL_SAFE_NO_PAD.encode(r#"{ "alg":"ES256"}"#);
    assert!(looks_like_jwt(&format!("{header}.damaged!.x\n")));
    assert!(looks_like_jwt(&format!("{header}....")));
    for opaque in ["", "a.b.c", "1.2.3", "127.0.0.1", "ya29.a0AfH6SMBx"] {
        assert!(!looks_like_jwt(opaque), "{opaque}");
    }
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn hostile_text_never_panics(text in any::<String>(), parts in proptest::collection::vec("[A-Za-z0-9_-]{0,12}", 1..6)) {
        let _ = Decoded::read(&text);
        let _ = Decoded::read(&parts.join("."));
        let _ = looks_like_jwt(&text);
    }

    #[test]
    fn a_cut_token_is_refused_or_read_and_never_panics(cut in 0usize..60) {
        let whole = token(r#"{"alg":"ES256"}"#, r#"{"sub":"a","exp":1}"#, "c2lnbmF0dXJl");
        if let Ok(decoded) = Decoded::read(&whole[..cut.min(whole.len())]) {
            prop_assert!(decoded.claims.is_object());
        }
    }
}
