use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::proptest;
use serde_json::json;
use time::OffsetDateTime;

use super::*;
use crate::jwt::Algorithm;
use crate::jwt::SigningKey;
use crate::secret::Secret;

const SECRET: &str = "a secret of at least thirty-two bytes";

fn question(keys: Option<&Keys>) -> Question<'_> {
    Question {
        expected: Expected {
            clock: OffsetDateTime::from_unix_timestamp(1_795_255_200).unwrap(),
            audience: None,
            issuer: None,
        },
        keys,
        certificate: None,
        raw_payload: false,
    }
}

fn signed(claims: Value) -> String {
    let claims = claims.as_object().unwrap().clone();
    SigningKey::read(None, &Secret::new(SECRET))
        .unwrap()
        .sign(Map::new(), &claims)
}

fn spelt(header: &str, claims: &str) -> String {
    let encode = |text: &str| URL_SAFE_NO_PAD.encode(text);
    format!("{}.{}.c2ln", encode(header), encode(claims))
}

#[test]
fn every_form_is_told_from_the_others() {
    let header = r#"{"alg":"RS256"}"#;
    let whole = spelt(header, "{}");
    let encrypted = format!("{}.a.b.c.d", URL_SAFE_NO_PAD.encode(r#"{"alg":"dir"}"#));
    for (text, form) in [
        (whole.as_str(), "jwt"),
        (&spelt(r#"{"alg":"none"}"#, "{}"), "jwt"),
        (&encrypted, "encrypted"),
        (&spelt(header, "[]"), "damaged"),
        (&whole[..whole.len() - 5], "damaged"),
        (&whole[..10], "damaged"),
        (&format!("{whole}="), "damaged"),
        ("ya29.a0AfH6SMBx", "opaque"),
        ("hunter2", "opaque"),
        (&format!("\"{whole}\""), "mistaken"),
        (&whole.replacen('.', ".\n", 1), "mistaken"),
        ("", "opaque"),
        // A signed cookie.
        (&spelt(r#"{"user":1}"#, "x"), "damaged"),
    ] {
        let found = match examine(text, &question(None)).form {
            Form::Jwt(_) => "jwt",
            Form::Raw { .. } => "raw",
            Form::Encrypted { .. } => "encrypted",
            Form::Damaged { .. } => "damaged",
            Form::Mistaken(_) => "mistaken",
            Form::Opaque { .. } => "opaque",
        };
        assert_eq!(found, form, "{text}");
    }
}

#[test]
fn a_token_is_accepted_by_its_signature_and_its_claims() {
    let keys = Keys::from_text(Some(Algorithm::find("HS256").unwrap()), SECRET).unwrap();
    let other = Keys::from_text(
        Some(Algorithm::find("HS256").unwrap()),
        "another secret of thirty-two bytes",
    )
    .unwrap();
    for (claims, keys, accepted) in [
        (json!({"exp": 1_795_255_300}), Some(&keys), true),
        (json!({"exp": 1_795_255_300}), Some(&other), false),
        (json!({"exp": 1_795_255_300}), None, false),
        (json!({"exp": 1_795_255_170}), Some(&keys), true),
        (json!({"exp": 1_795_255_100}), Some(&keys), false),
        (json!({"exp": "1795255300"}), Some(&keys), false),
    ] {
        let found = examine(&signed(claims.clone()), &question(keys));
        assert_eq!(found.is_accepted(), accepted, "{claims}");
    }
}

#[test]
fn a_payload_that_is_no_json_verifies_where_it_is_asked_for() {
    let keys = Keys::from_text(Some(Algorithm::find("HS256").unwrap()), SECRET).unwrap();
    // RFC 7515's compact form, over the payload `foo`.
    let message = format!("{}.Zm9v", URL_SAFE_NO_PAD.encode(r#"{"alg":"HS256"}"#));
    let tag = ring::hmac::sign(
        &ring::hmac::Key::new(ring::hmac::HMAC_SHA256, SECRET.as_bytes()),
        message.as_bytes(),
    );
    let token = format!("{message}.{}", URL_SAFE_NO_PAD.encode(tag));
    let raw = Question {
        raw_payload: true,
        ..question(Some(&keys))
    };
    assert!(examine(&token, &raw).is_accepted());
    assert!(!examine(&token, &question(Some(&keys))).is_accepted());
}

#[test]
fn a_binding_is_compared_with_the_certificate_at_hand() {
    let certificate = b"some DER";
    let thumbprint = URL_SAFE_NO_PAD.encode(digest::digest(&digest::SHA256, certificate));
    let bound = |confirmation: Value, certificate| {
        let token = signed(json!({"exp": 1_795_255_300, "cnf": confirmation}));
        let question = Question {
            certificate,
            ..question(None)
        };
        examine(&token, &question).binding
    };
    let ours = json!({ "x5t#S256": thumbprint });
    for (confirmation, certificate, broken) in [
        (ours.clone(), Some(&certificate[..]), false),
        (ours.clone(), Some(&b"another"[..]), true),
        (ours, None, false),
        (json!({"jkt": "x"}), Some(&certificate[..]), false),
        (json!({"kid": "x"}), None, false),
    ] {
        let found = bound(confirmation.clone(), certificate).unwrap();
        assert_eq!(found.is_broken(), broken, "{confirmation}");
    }
    assert_eq!(bound(Value::Null, None), None);
}

#[test]
fn names_given_twice_are_found_in_both_parts() {
    let token = spelt(r#"{"alg":"x","alg":"y"}"#, r#"{"sub":"a","sub":"b"}"#);
    assert_eq!(examine(&token, &question(None)).duplicates, ["alg", "sub"]);
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn nothing_makes_it_panic(text in any::<String>(), parts in proptest::collection::vec("[A-Za-z0-9_=-]{0,12}", 1..6), claims in any::<Vec<u8>>(), cut in 0_usize..80) {
        let keys = Keys::from_text(Some(Algorithm::find("HS256").unwrap()), SECRET).unwrap();
        let question = question(Some(&keys));
        let of_bytes = format!("eyJhbGciOiJIUzI1NiJ9.{}.c2ln", URL_SAFE_NO_PAD.encode(claims));
        let whole = signed(json!({"exp": 1}));
        for token in [text, parts.join("."), of_bytes, whole[..cut.min(whole.len())].to_owned()] {
            assert!(!examine(&token, &question).is_accepted());
        }
    }
}
