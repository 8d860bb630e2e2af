use serde_json::json;

use super::*;

const RSA: &str = include_str!("../fixtures/rsa.pem");
const P256: &str = include_str!("../fixtures/p256.pem");
const P384: &str = include_str!("../fixtures/p384.pem");
const ED25519: &str = include_str!("../fixtures/ed25519.pem");

fn read(algorithm: Option<&str>, key: &str) -> Result<SigningKey, KeyFault> {
    SigningKey::read(algorithm, &Secret::new(key))
}

fn object(value: Value) -> Map<String, Value> {
    value.as_object().expect("an object").clone()
}

#[test]
fn the_key_decides_the_algorithm_where_nothing_is_asked_for() {
    for (key, algorithm) in [
        ("a secret", "HS256"),
        (RSA, "RS256"),
        (include_str!("../../x509/fixtures/pkcs1.key"), "RS256"),
        (P256, "ES256"),
        (include_str!("../../x509/fixtures/sec1.key"), "ES256"),
        (P384, "ES384"),
        (
            include_str!("../../x509/fixtures/keys/p384-sec1.pem"),
            "ES384",
        ),
        (ED25519, "EdDSA"),
        (r#"{"kty":"oct","k":"AAECAwQ"}"#, "HS256"),
        (r#"{"kty":"oct","k":"AAECAwQ","alg":"HS512"}"#, "HS512"),
    ] {
        assert_eq!(read(None, key).unwrap().algorithm(), algorithm);
    }
}

#[test]
fn an_algorithm_is_taken_with_a_key_that_fits_it() {
    for (algorithm, key, fits) in [
        ("HS512", "a secret", true),
        ("RS512", RSA, true),
        ("PS384", RSA, true),
        ("ES256", RSA, false),
        ("ES256", P256, true),
        ("ES384", P256, false),
        ("RS256", P256, false),
        ("EdDSA", ED25519, true),
        ("Ed25519", ED25519, true),
        ("EdDSA", P256, false),
        ("HS256", RSA, false),
    ] {
        let read = read(Some(algorithm), key);
        assert_eq!(read.is_ok(), fits, "{algorithm}");
        if let Ok(key) = read {
            assert_eq!(key.algorithm(), algorithm);
        }
    }
}

#[test]
fn what_does_not_sign_says_why_and_what_to_do() {
    let public_jwk =
        r#"{"kty":"OKP","crv":"Ed25519","x":"11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"}"#;
    for (algorithm, key, cause, fix) in [
        (Some("ES512"), P256, "ES512 is not supported", "HS256"),
        (
            None,
            include_str!("../../x509/fixtures/keys/p521-sec1.pem"),
            "EC P-521",
            "openssl genpkey",
        ),
        (
            None,
            include_str!("../../x509/fixtures/keys/secp256k1.pem"),
            "EC secp256k1",
            "openssl genpkey",
        ),
        (
            None,
            include_str!("../../x509/fixtures/keys/rsa1024.pem"),
            "RSA 1024",
            "2048",
        ),
        (
            None,
            include_str!("../../x509/fixtures/keys/sec1-no-public.pem"),
            "without its public half",
            "openssl ec -in FILE",
        ),
        (
            None,
            include_str!("../../x509/fixtures/keys/pkcs8-no-public.pem"),
            "without its public half",
            "openssl ec -in FILE",
        ),
        (
            None,
            include_str!("../../x509/fixtures/encrypted-pkcs8.key"),
            "encrypted (PKCS#8)",
            "openssl pkey",
        ),
        (
            None,
            include_str!("../fixtures/p256.pub.pem"),
            "holds a public key",
            "PRIVATE KEY",
        ),
        (Some("RS256"), "hunter2", "some other text", "PRIVATE KEY"),
        (
            Some("RS256"),
            P256,
            "RS256 does not sign with an EC P-256 key",
            "ES256",
        ),
        (
            Some("HS256"),
            RSA,
            "this is a private key",
            "leave the algorithm out",
        ),
        (Some("none"), "x", "`none` signs nothing", "another"),
        (Some("HS256"), "", "empty", "as many bytes"),
        (None, public_jwk, "a public key", "private members"),
        (
            Some("HS384"),
            r#"{"kty":"oct","k":"AAECAwQ","alg":"HS256"}"#,
            "the JWK is for HS256, not for HS384",
            "HS256",
        ),
        (
            None,
            r#"{"kty":"oct","k":"AAECAwQ","use":"enc"}"#,
            "not for signing",
            "sig",
        ),
        (None, r#"{"kty":"oct"}"#, "`k` is missing", "RFC 7517"),
    ] {
        let (told, advice) = read(algorithm, key).unwrap_err().explain();
        assert!(told.contains(cause), "{told}");
        assert!(advice.contains(fix), "{told}: {advice}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn a_weak_secret_signs_and_is_named() {
    let weakness = |algorithm, key: &str| read(algorithm, key).unwrap().weakness();
    assert_eq!(weakness(None, &"x".repeat(32)), None);
    assert_eq!(
        weakness(Some("HS512"), &"x".repeat(63)),
        Some(Weakness::ShortSecret {
            length: 63,
            least: 64
        })
    );
    assert_eq!(
        weakness(Some("HS256"), include_str!("../fixtures/rsa.pub.pem")),
        Some(Weakness::PublicKeyAsSecret)
    );
    assert_eq!(weakness(None, RSA), None);
}

/// RFC 7515 §A.1's key, over our own spelling of header and claims; the signature is Python's.
#[test]
fn what_is_signed_is_the_header_and_the_claims_as_given() {
    let jwk = r#"{"kty":"oct","kid":"k1","k":"AyM1SysPpbyDfgZld3umj1qzKObwVMkoqQ-EstJQLr_T-1qS0gZH75aKtMN3Yj0iPS4hcgUuTwjAzZr1Z9CAow"}"#;
    let key = read(None, jwk).unwrap();
    let token = key.sign(
        object(json!({"alg": "none", "x": 1})),
        &object(json!({"sub": "a"})),
    );
    let parts: Vec<&str> = token.split('.').collect();
    let decoded = |part: &str| String::from_utf8(URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap();
    assert_eq!(
        decoded(parts[0]),
        r#"{"alg":"HS256","typ":"JWT","kid":"k1","x":1}"#
    );
    assert_eq!(decoded(parts[1]), r#"{"sub":"a"}"#);
    assert_eq!(parts[2], "scmYMmR4b6PdHjHwxJAVUSuU067rJgjd3mvC4oZAPrw");
}

#[test]
fn what_is_given_in_the_header_wins_but_for_the_algorithm() {
    let header = complete(
        object(json!({"alg": "RS256", "typ": "at+jwt", "kid": "mine"})),
        "ES256",
        Some("theirs"),
    );
    assert_eq!(
        Value::Object(header),
        json!({"alg": "ES256", "typ": "at+jwt", "kid": "mine"})
    );
}

#[test]
fn an_unsigned_token_ends_in_a_dot() {
    let token = unsigned(Map::new(), &object(json!({"sub": "a"})));
    assert!(token.ends_with('.'));
    let decoded = crate::jwt::Decoded::read(&token).unwrap();
    assert_eq!((decoded.algorithm(), decoded.signed), (Some("none"), false));
}

#[test]
fn a_key_is_not_printed() {
    let shown = format!("{:?}", read(None, "hunter2hunter2").unwrap());
    assert!(!shown.contains("hunter2"), "{shown}");
}
