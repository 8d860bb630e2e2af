use serde_json::json;

use super::*;
use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;

/// RFC 7517 §A.1, the EC key.
fn ec() -> Value {
    json!({
        "kty": "EC",
        "crv": "P-256",
        "x": "MKBCTNIcKUSDii11ySs3526iDZ8AiTo7Tu6KPAqv7D4",
        "y": "4Etl6SRW2YiLUrN5vfvVHuhp7x8PxltmWWlbbM4IFyM",
        "kid": "1",
    })
}

fn with(mut key: Value, member: &str, value: Value) -> Value {
    key[member] = value;
    key
}

#[test]
fn keys_of_every_kind_are_read() {
    let octets = |length| URL_SAFE_NO_PAD.encode(vec![0x9b; length]);
    for (key, kind, has_private) in [
        (ec(), KeyKind::P256, false),
        (with(ec(), "d", json!(octets(32))), KeyKind::P256, true),
        (
            json!({"kty": "EC", "crv": "P-384", "x": octets(48), "y": octets(48)}),
            KeyKind::P384,
            false,
        ),
        (
            json!({"kty": "OKP", "crv": "Ed25519", "x": octets(32)}),
            KeyKind::Ed25519,
            false,
        ),
        (
            json!({"kty": "OKP", "crv": "Ed25519", "x": octets(32), "d": octets(32)}),
            KeyKind::Ed25519,
            true,
        ),
        (
            json!({"kty": "RSA", "n": octets(256), "e": "AQAB"}),
            KeyKind::Rsa,
            false,
        ),
        (
            json!({"kty": "oct", "k": octets(32)}),
            KeyKind::Secret,
            true,
        ),
    ] {
        let read = Jwk::read(&key).unwrap();
        assert_eq!((read.kind, read.private.is_some()), (kind, has_private));
    }
}

#[test]
fn what_a_key_is_for_is_kept() {
    for (member, value, signs, verifies) in [
        ("kid", json!("1"), true, true),
        ("use", json!("sig"), true, true),
        ("use", json!("enc"), false, false),
        ("key_ops", json!(["verify"]), false, true),
        ("key_ops", json!(["sign", "verify"]), true, true),
        ("key_ops", json!(["encrypt"]), false, false),
        ("key_ops", json!([]), false, false),
    ] {
        let read = Jwk::read(&with(ec(), member, value.clone())).unwrap();
        assert_eq!(read.is_for("sign"), signs, "{member} {value}");
        assert_eq!(read.is_for("verify"), verifies, "{member} {value}");
    }
    let pinned = Jwk::read(&with(ec(), "alg", json!("ES256"))).unwrap();
    assert_eq!(pinned.algorithm.unwrap().name(), "ES256");
    assert_eq!(pinned.id.as_deref(), Some("1"));
}

#[test]
fn what_cannot_be_used_is_told_and_never_repeated() {
    let secret = "c2VjcmV0LXNlY3JldC1zZWNyZXQ";
    for (key, why) in [
        (json!([]), "no JSON object"),
        (json!({}), "`kty` is missing"),
        (json!({"kty": "oct"}), "`k` is missing"),
        (json!({"kty": "oct", "k": 7}), "`k` is missing"),
        (
            json!({"kty": "oct", "k": format!("{secret}=")}),
            "`k` is not base64url",
        ),
        (json!({"kty": "LMS"}), "type `LMS`"),
        (
            json!({"kty": "EC", "crv": "P-521"}),
            "the curve P-521 is not supported",
        ),
        (
            json!({"kty": "EC", "crv": "secp256k1"}),
            "the curve secp256k1 is not",
        ),
        (
            json!({"kty": "OKP", "crv": "Ed448"}),
            "the curve Ed448 is not",
        ),
        (with(ec(), "x", json!("AAAA")), "`x` has not the length"),
        (with(ec(), "d", json!(secret)), "`d` has not the length"),
        (
            with(ec(), "alg", json!("ES512")),
            "ES512 is not supported here",
        ),
        (with(ec(), "alg", json!("none")), "`none` signs nothing"),
        (
            with(ec(), "alg", json!("HS256")),
            "its `alg` is HS256, but it is an EC P-256 key",
        ),
        (
            json!({"kty": "RSA", "n": "AQAB", "e": "AQAB"}),
            "RSA key of 17 bits",
        ),
    ] {
        let refusal = Jwk::read(&key).unwrap_err().to_string();
        assert!(refusal.contains(why), "{refusal}");
        assert!(!refusal.contains("c2Vjcm"), "{refusal}");
    }
}

#[test]
fn a_key_is_told_from_other_json() {
    assert!(looks_like_jwk(r#" {"kty":"oct"}"#));
    for text in ["", "secret", "{}", r#"{"keys":[]}"#, "{\"kty\":", "[1]"] {
        assert!(!looks_like_jwk(text), "{text}");
    }
}
