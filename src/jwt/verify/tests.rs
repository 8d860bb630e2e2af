use proptest::prelude::ProptestConfig;
use proptest::prelude::any;
use proptest::prop_assert;
use proptest::prop_assert_eq;
use proptest::proptest;
use serde_json::Map;
use serde_json::json;

use super::*;
use crate::jwt::SigningKey;
use crate::jwt::signing::unsigned;
use crate::secret::Secret;

const SECRET: &str = "a secret of at least thirty-two bytes, and then sixty-four of them";
const RSA: &str = include_str!("../fixtures/rsa.pem");
const P256: &str = include_str!("../fixtures/p256.pem");
const P384: &str = include_str!("../fixtures/p384.pem");
const ED25519: &str = include_str!("../fixtures/ed25519.pem");

/// Every algorithm, a key that signs with it, and one that verifies.
const PAIRS: [(&str, &str, &str); 13] = [
    ("HS256", SECRET, SECRET),
    ("HS384", SECRET, SECRET),
    ("HS512", SECRET, SECRET),
    ("RS256", RSA, include_str!("../fixtures/rsa.pub.pem")),
    ("RS384", RSA, include_str!("../fixtures/rsa-pkcs1.pub.pem")),
    ("RS512", RSA, RSA),
    ("PS256", RSA, include_str!("../fixtures/rsa.pub.pem")),
    ("PS384", RSA, RSA),
    ("PS512", RSA, RSA),
    ("ES256", P256, include_str!("../fixtures/p256.cert.pem")),
    ("ES384", P384, include_str!("../fixtures/p384.pub.pem")),
    (
        "EdDSA",
        ED25519,
        include_str!("../fixtures/ed25519.pub.pem"),
    ),
    ("Ed25519", ED25519, ED25519),
];

fn object(value: &Value) -> Map<String, Value> {
    value.as_object().unwrap().clone()
}

fn signed(algorithm: &str, key: &str, header: &Value) -> String {
    SigningKey::read(Some(algorithm), &Secret::new(key))
        .unwrap()
        .sign(object(header), &object(&json!({"sub": "a"})))
}

fn verified(token: &str, keys: &Keys) -> Result<Verified, Refused> {
    verify(&Jws::read(token).unwrap(), keys)
}

/// A key; a shared secret for every HMAC.
fn key(text: &str) -> Keys {
    let hmac = Algorithm::find("HS256").unwrap();
    Keys::from_text(None, text).unwrap_or_else(|_| {
        let mut keys = Keys::from_text(Some(hmac), text).unwrap();
        keys.keys[0].algorithm = None;
        keys
    })
}

#[test]
fn what_is_signed_verifies_with_its_key_and_no_other() {
    for (algorithm, private, public) in PAIRS {
        let token = signed(algorithm, private, &json!({}));
        assert_eq!(verified(&token, &key(public)).unwrap().algorithm, algorithm);
        for (other, _, stranger) in PAIRS {
            let same_kind = key(stranger).keys[0].takes(Algorithm::find(algorithm).unwrap());
            if !same_kind {
                assert!(
                    verified(&token, &key(stranger)).is_err(),
                    "{algorithm} {other}"
                );
            }
        }
        let (message, signature) = token.rsplit_once('.').unwrap();
        let first = if signature.starts_with('A') { "B" } else { "A" };
        let forged = format!("{message}.{first}{}", &signature[1..]);
        assert_eq!(
            verified(&forged, &key(public)).unwrap_err().reason(),
            "signature"
        );
    }
}

#[test]
fn the_header_never_chooses() {
    let public = include_str!("../fixtures/rsa.pub.pem");
    let none = unsigned(Map::new(), &object(&json!({"sub": "a"})));
    let spelt = |alg: &str, signature: &str| {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD;
        let header = URL_SAFE_NO_PAD.encode(json!({"alg": alg}).to_string());
        format!("{header}.e30.{signature}")
    };
    let confused = signed("HS256", public, &json!({}));
    let critical = signed("RS256", RSA, &json!({"crit": ["exp"], "exp": 1}));
    let good = signed("RS256", RSA, &json!({}));
    for (token, reason, words) in [
        (&none, "unsigned", "not signed"),
        (&spelt("nOnE", "c2ln"), "unsigned", "`nOnE`"),
        (&spelt("RS256", ""), "no_signature", "empty"),
        (
            &spelt("ES512", "c2ln"),
            "unsupported_algorithm",
            "ES512 is not supported",
        ),
        (&spelt("\u{1b}", "c2ln"), "unsupported_algorithm", "`\\x1b`"),
        (&"e30.e30.c2ln".to_owned(), "no_algorithm", "no alg"),
        (&confused, "key_confusion", "key confusion"),
        (&critical, "critical_extension", "crit: `exp`"),
        (
            &signed("ES256", P256, &json!({})),
            "other_algorithm",
            "says ES256, and the key is for RS256",
        ),
    ] {
        let refused = verified(token, &key(public)).unwrap_err();
        assert_eq!(refused.reason(), reason);
        assert!(refused.to_string().contains(words), "{refused}");
    }
    assert!(verified(&good, &key(public)).is_ok());
    let pinned = Keys::from_text(Some(Algorithm::find("PS256").unwrap()), public).unwrap();
    assert_eq!(
        verified(&good, &pinned).unwrap_err().to_string(),
        "the token says RS256, and the key is for PS256"
    );
}

/// A set of secrets: `kid` and the letter that the secret is made of.
fn set(keys: &[(Option<&str>, char)]) -> Keys {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let list: Vec<Value> = keys
        .iter()
        .map(|(id, letter)| {
            let secret = letter.to_string().repeat(32);
            json!({"kty": "oct", "alg": "HS256", "kid": id, "k": URL_SAFE_NO_PAD.encode(secret)})
        })
        .collect();
    Keys::from_jwks(None, &json!({ "keys": list }).to_string()).unwrap()
}

#[test]
fn the_key_id_chooses_within_a_set() {
    let by_b = |header: Value| signed("HS256", &"b".repeat(32), &header);
    let named = by_b(json!({"kid": "2"}));
    let unnamed = by_b(json!({}));
    let two = set(&[(Some("1"), 'a'), (Some("2"), 'b')]);
    assert_eq!(verified(&named, &two).unwrap().key_id.as_deref(), Some("2"));
    let tried = verified(&unnamed, &two).unwrap();
    assert_eq!(tried.doubts, [Doubt::NoKeyId { keys: 2 }]);

    for (keys, reason) in [
        (set(&[(Some("1"), 'a'), (Some("3"), 'b')]), "unknown_key_id"),
        (
            set(&[(Some("2"), 'a'), (Some("2"), 'b')]),
            "ambiguous_key_id",
        ),
        (set(&[(Some("2"), 'a'), (Some("1"), 'b')]), "signature"),
    ] {
        assert_eq!(verified(&named, &keys).unwrap_err().reason(), reason);
    }
    assert!(verified(&named, &set(&[(None, 'a'), (None, 'b')])).is_ok());
}

#[test]
fn a_single_key_is_tried_whatever_its_id() {
    use base64::Engine as _;
    use base64::engine::general_purpose::URL_SAFE_NO_PAD;
    let jwk = json!({"kty": "oct", "kid": "1", "k": URL_SAFE_NO_PAD.encode("b".repeat(32))});
    let token = signed("HS256", &"b".repeat(32), &json!({"kid": "2"}));
    let good = verified(&token, &key(&jwk.to_string())).unwrap();
    assert!(matches!(&good.doubts[..], [Doubt::OtherKeyId { .. }]));
}

#[test]
fn a_short_secret_verifies_with_a_doubt() {
    let token = signed("HS256", "hunter2", &json!({}));
    let good = verified(&token, &key("hunter2")).unwrap();
    assert_eq!(
        good.doubts,
        [Doubt::ShortSecret {
            length: 7,
            least: 32
        }]
    );
}

proptest! {
    #![proptest_config(ProptestConfig::with_cases(256))]

    #[test]
    fn a_round_trip_keeps_the_claims(subject in any::<String>(), number in any::<i64>(), which in 0..PAIRS.len()) {
        let (algorithm, private, public) = PAIRS[which];
        let claims = object(&json!({"sub": subject, "n": number}));
        let signer = SigningKey::read(Some(algorithm), &Secret::new(private)).unwrap();
        let token = signer.sign(Map::new(), &claims);
        let jws = Jws::read(&token).unwrap();
        prop_assert!(verify(&jws, &key(public)).is_ok());
        prop_assert_eq!(jws.claims().unwrap(), claims);
    }

    #[test]
    fn no_bytes_make_it_panic_or_verify(header in any::<String>(), payload in any::<Vec<u8>>(), signature in any::<Vec<u8>>()) {
        use base64::Engine as _;
        use base64::engine::general_purpose::URL_SAFE_NO_PAD as BASE64;
        let keys = key(include_str!("../fixtures/p256.pub.pem"));
        for header in [header, r#"{"alg":"ES256"}"#.to_owned()] {
            let token = format!("{}.{}.{}", BASE64.encode(header), BASE64.encode(&payload), BASE64.encode(&signature));
            if let Ok(jws) = Jws::read(&token) {
                prop_assert!(verify(&jws, &keys).is_err());
            }
        }
    }
}
