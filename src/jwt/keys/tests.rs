use serde_json::json;

use super::*;

const RSA: &str = include_str!("../fixtures/rsa.pub.pem");
const P256: &str = include_str!("../fixtures/p256.pub.pem");

fn secret(id: &str) -> Value {
    json!({"kty": "oct", "kid": id, "alg": "HS256", "k": "-ebuDNsVZ2iJtoZ-akfXTSCt4UO2cruLCsbWlBinggE"})
}

fn public(id: &str) -> Value {
    json!({"kty": "OKP", "crv": "Ed25519", "kid": id, "x": "11qYAYKxCrfVS_7TyWQHOg7hcvPapiMlrwIaaPcHURo"})
}

fn find(name: &str) -> Option<Algorithm> {
    Some(Algorithm::find(name).unwrap())
}

#[test]
fn a_key_is_read_from_every_form() {
    for (text, kind) in [
        (RSA, KeyKind::Rsa),
        (include_str!("../fixtures/rsa-pkcs1.pub.pem"), KeyKind::Rsa),
        (include_str!("../fixtures/rsa.pem"), KeyKind::Rsa),
        (P256, KeyKind::P256),
        (include_str!("../fixtures/p256.cert.pem"), KeyKind::P256),
        (include_str!("../fixtures/p256.pem"), KeyKind::P256),
        (include_str!("../fixtures/p384.pem"), KeyKind::P384),
        (include_str!("../fixtures/p384.pub.pem"), KeyKind::P384),
        (include_str!("../fixtures/ed25519.pem"), KeyKind::Ed25519),
        (
            include_str!("../fixtures/ed25519.pub.pem"),
            KeyKind::Ed25519,
        ),
        (&public("a").to_string(), KeyKind::Ed25519),
    ] {
        let keys = Keys::from_text(None, text).unwrap();
        assert_eq!((keys.keys[0].kind, keys.is_set), (kind, false));
    }
}

/// The text of what is published in place of a key: as an HMAC's secret it would verify what anybody signs.
#[test]
fn a_shared_secret_is_taken_only_where_an_hmac_is_named() {
    let accepted = |text: &str| Keys::from_text(find("HS256"), text).map(|keys| keys.keys[0].kind);
    for secret in [
        "a shared secret",
        "{not json",
        "MII, which is no base64",
        "[x",
    ] {
        assert_eq!(accepted(secret), Ok(KeyKind::Secret), "{secret}");
        assert_eq!(
            Keys::from_text(None, secret).unwrap_err(),
            KeysFault::SecretWithoutAlgorithm
        );
    }
    let set = json!({"keys": [public("a")]}).to_string();
    let bare = |pem: &str| {
        let lines = pem.lines().filter(|line| !line.starts_with("-----"));
        lines.collect::<Vec<_>>().join("\n")
    };
    let no_key = [
        set.clone(),
        format!(" \n{set}"),
        json!({"kid": "x"}).to_string(),
        "ssh-rsa AAAAB3NzaC1yc2EAAAADAQABAAAB someone@host".to_owned(),
        "ssh-ed25519 AAAAC3NzaC1lZDI1NTE5AAAAI someone@host".to_owned(),
        "<!DOCTYPE html><html><body>404</body></html>".to_owned(),
        bare(RSA),
        bare(P256),
        bare(include_str!("../fixtures/ed25519.pub.pem")),
        bare(include_str!("../fixtures/p256.cert.pem")),
        "eyJhbGciOiJIUzI1NiJ9.e30.c2ln".to_owned(),
    ];
    for text in no_key {
        for algorithm in [None, find("HS256"), find("HS512"), find("RS256")] {
            let fault = Keys::from_text(algorithm, &text).unwrap_err();
            assert_ne!(fault, KeysFault::SecretWithoutAlgorithm, "{text}");
        }
    }
}

#[test]
fn an_rsa_key_fits_both_paddings_and_alg_says_which() {
    let takes = |keys: &Keys, name| keys.keys[0].takes(Algorithm::find(name).unwrap());
    let bare = Keys::from_text(None, RSA).unwrap();
    assert!(takes(&bare, "RS256") && takes(&bare, "PS512") && !takes(&bare, "HS256"));
    let pinned = Keys::from_text(find("PS256"), RSA).unwrap();
    assert!(takes(&pinned, "PS256") && !takes(&pinned, "RS256"));
    assert_eq!(pinned.keys[0].algorithms(), ["PS256"]);
}

#[test]
fn what_does_not_verify_says_why_and_what_to_do() {
    for (algorithm, text, cause, fix) in [
        (find("HS256"), RSA, "key confusion", "shared secret"),
        (
            find("HS256"),
            include_str!("../fixtures/p256.cert.pem"),
            "key confusion",
            "leave --alg out",
        ),
        (
            find("HS256"),
            &public("a").to_string(),
            "key confusion",
            "leave --alg out",
        ),
        (
            find("ES256"),
            RSA,
            "ES256 does not verify with an RSA key",
            "RS256",
        ),
        (
            find("ES256"),
            "hunter2",
            "some other text",
            "BEGIN PUBLIC KEY",
        ),
        (
            find("HS384"),
            &secret("a").to_string(),
            "the key is for HS256, not for HS384",
            "HS256",
        ),
        (None, "", "empty", "bytes"),
        (
            None,
            include_str!("../../x509/fixtures/p521root.pem"),
            "EC P-521",
            "P-256",
        ),
        (
            None,
            include_str!("../../x509/fixtures/request.csr"),
            "certificate signing request",
            "PUBLIC KEY",
        ),
        (
            None,
            r#"{"kty":"oct","alg":"HS256","k":"AAEC"}"#,
            "has 3 bytes, and RFC 7518 §3.2 wants 32",
            "bytes",
        ),
        (None, r#"{"kty":"oct","k":""}"#, "empty", "bytes"),
        (
            None,
            r#"{"kty":"oct","k":"AAEC","use":"enc"}"#,
            "not for verifying",
            "sig",
        ),
    ] {
        let (told, advice) = Keys::from_text(algorithm, text).unwrap_err().explain();
        assert!(told.contains(cause), "{told}");
        assert!(advice.contains(fix), "{told}: {advice}");
        assert!(!told.contains("hunter2"), "{told}");
    }
}

#[test]
fn a_set_keeps_what_can_be_used_and_tells_of_the_rest() {
    let set = json!({"keys": [
        public("a"),
        {"kty": "RSA", "kid": "b", "use": "enc", "n": "AQAB", "e": "AQAB"},
        {"kty": "EC", "crv": "P-521"},
    ]});
    let keys = Keys::from_jwks(None, &set.to_string()).unwrap();
    assert_eq!(keys.keys.len(), 1);
    let told: Vec<String> = keys.passed_over.iter().map(ToString::to_string).collect();
    assert!(told[0].starts_with("key `b`: ") && told[1].starts_with("key #3: "));
}

#[test]
fn a_set_that_is_none_or_mixed_is_refused() {
    for (text, cause) in [
        ("", "not JSON"),
        ("{}", "no JWK Set"),
        (r#"{"keys":7}"#, "no JWK Set"),
        (r#"{"keys":[]}"#, "no key of the set"),
        (
            r#"{"keys":[{"kty":"EC","crv":"P-521"}]}"#,
            "#1: the JWK cannot be used: the curve P-521",
        ),
        (
            &json!({"keys": [secret("a"), public("b")]}).to_string(),
            "secrets and public keys both",
        ),
    ] {
        let told = Keys::from_jwks(None, text).unwrap_err().to_string();
        assert!(told.contains(cause), "{told}");
    }
    let secrets = json!({"keys": [secret("a"), secret("b")]});
    assert!(Keys::from_jwks(None, &secrets.to_string()).is_ok());
}
