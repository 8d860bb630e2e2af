//! `token mint`: the token alone on standard output.

use base64::Engine as _;
use base64::engine::general_purpose::URL_SAFE_NO_PAD;
use serde_json::Value;
use serde_json::json;

use super::SECRET;
use super::minted;
use super::run;
use super::run_with_input;

fn part(token: &str, which: usize) -> Value {
    let part = token.split('.').nth(which).unwrap();
    serde_json::from_slice(&URL_SAFE_NO_PAD.decode(part).unwrap()).unwrap()
}

#[test]
fn times_and_an_id_are_filled_in_and_what_is_given_wins() {
    let token = minted("--key env:HS --ttl 5m --claim sub=alice --claim admin=true");
    assert_eq!(part(&token, 0), json!({"alg": "HS256", "typ": "JWT"}));
    let claims = part(&token, 1);
    let at = |name: &str| claims[name].as_i64().unwrap();
    assert_eq!(at("exp") - at("iat"), 300);
    assert_eq!(claims["jti"].as_str().unwrap().len(), 22);
    assert_eq!(
        (&claims["sub"], &claims["admin"]),
        (&json!("alice"), &json!(true))
    );

    let token = minted(
        "--key env:HS --claims '{\"sub\":\"a\",\"iat\":1,\"exp\":\"x\"}' --claim sub=b --claim jti=j --kid k --typ at+jwt",
    );
    assert_eq!(
        part(&token, 0),
        json!({"alg": "HS256", "typ": "at+jwt", "kid": "k"})
    );
    assert_eq!(
        part(&token, 1),
        json!({"sub": "b", "iat": 1, "exp": "x", "jti": "j"})
    );
    assert_ne!(minted("--key env:HS"), minted("--key env:HS"));
}

#[test]
fn claims_are_read_from_standard_input() {
    let ran = run_with_input("mint --key env:HS --claims @-", "{\"sub\":\"bob\"}");
    assert_eq!(part(ran.stdout.trim_end(), 1)["sub"], "bob");
}

#[test]
fn the_document_holds_the_token_and_what_is_in_it() {
    let ran = run("mint --key env:HS --claim sub=a --format json", "");
    let document = ran.document();
    let token = document["token"].as_str().unwrap();
    assert_eq!(part(token, 0), document["header"]);
    assert_eq!(part(token, 1), document["claims"]);
    assert!(!ran.stdout.contains(SECRET));
}

#[test]
fn an_unsigned_token_needs_to_be_asked_for_twice() {
    let token = minted("--alg none --insecure-alg-none --claim sub=admin");
    assert!(token.ends_with('.'));
    for line in [
        "--alg none",
        "--alg none --key env:HS",
        "--insecure-alg-none",
        "--alg none --insecure-alg-none --key env:HS",
    ] {
        let ran = run(&format!("mint {line}"), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{line}");
    }
}

#[test]
fn what_does_not_sign_is_2_and_says_why() {
    for (line, words) in [
        ("--key env:HS --alg ES512", "ES512 is not supported here"),
        ("--key env:HS --alg hs256", "did you mean HS256?"),
        ("--key env:HS --alg RS256", "some other text"),
        ("--key file:%p256.pub.pem", "holds a public key"),
        (
            "--key file:%p256.pem --alg RS256",
            "RS256 does not sign with an EC P-256 key",
        ),
        ("--key file:%rsa.pem --alg HS256", "this is a private key"),
        ("--key env:HS --claims [1]", "no object"),
        ("--key env:HS --claims {", "not JSON"),
        ("--key env:HS --claim sub", "NAME=VALUE"),
        ("--key stdin --claims @-", "claimed twice"),
    ] {
        let ran = run(&format!("mint {line}"), "");
        assert_eq!((ran.code, ran.stdout.as_str()), (2, ""), "{line}");
        assert!(ran.stderr.contains(words), "{line}: {}", ran.stderr);
        assert!(!ran.stderr.contains(SECRET), "{}", ran.stderr);
    }
}

#[test]
fn a_weak_key_is_told_of() {
    for (line, words) in [
        ("--key 'cmd:printf short'", "the secret has 5 bytes"),
        ("--key file:%rsa.pub.pem --alg HS256", "key confusion"),
    ] {
        let ran = run(&format!("mint {line}"), "");
        assert_eq!(ran.code, 0);
        assert!(ran.stderr.contains(words), "{}", ran.stderr);
    }
    assert_eq!(run("mint --key env:HS", "").stderr, "");
}
