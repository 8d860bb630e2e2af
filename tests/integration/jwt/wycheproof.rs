//! Project Wycheproof's vectors for JSON Web Signatures and Keys: what verifies there verifies here, and nothing else.

use std::fs;
use std::path::Path;

use grpcauth::internals::Jws;
use grpcauth::internals::Keys;
use grpcauth::internals::verify;
use serde_json::Value;

/// Vectors that are judged otherwise here, by number, and why. One that agrees has no place in the list.
type Exceptions = &'static [(u64, &'static str)];

const SIGNATURE: Exceptions = &[
    (
        346,
        "the key is for PS256, the token says PS384: a key pins its algorithm",
    ),
    (
        347,
        "ES512 is not supported, and the key's alg is misspelt ES521",
    ),
    (
        350,
        "the key is for PS256, the token says PS384: a key pins its algorithm",
    ),
    (
        351,
        "ES512 is not supported, and the key's alg is misspelt ES521",
    ),
    (
        367,
        "the token is clean: the text lacks the character that its comment speaks of",
    ),
    (
        370,
        "the token is clean: the text lacks the character that its comment speaks of",
    ),
    (
        372,
        "the text holds a `?`, which is no base64url, and is called valid",
    ),
    (
        373,
        "the text holds a `?`, which is no base64url, and is called valid",
    ),
];

const ROCA: &str = "the key's primes are guessable (ROCA): the signature is good all the same, and a JWK says nothing of how it was made";

const KEY: Exceptions = &[(7, ROCA)];

const CRYPTO: Exceptions = &[(46, ROCA)];

fn run(file: &str, exceptions: Exceptions) {
    let vectors = Path::new(env!("CARGO_MANIFEST_DIR")).join("tests/integration/jwt/wycheproof");
    let text = fs::read(vectors.join(file)).expect("the file is readable");
    let file: Value = serde_json::from_slice(&text).expect("the file is JSON");
    let mut wrong = Vec::new();
    let mut count = 0;
    for group in list(&file["testGroups"]) {
        // A group without a public key has a shared secret.
        let key = group.get("public").unwrap_or(&group["private"]);
        for test in list(&group["tests"]) {
            // Encryption is not ours.
            let Some(token) = test.get("jws") else {
                continue;
            };
            count += 1;
            let number = test["tcId"].as_u64().expect("every vector has a number");
            let agrees = accepts(key, token) == (test["result"] == "valid");
            let exception = exceptions.iter().find(|(known, _)| *known == number);
            match exception {
                None if !agrees => wrong.push(format!("{number}: {}", test["comment"])),
                Some((_, why)) if agrees => wrong.push(format!("{number} agrees now: {why}")),
                _ => {}
            }
        }
    }
    assert!(count > 20, "only {count} vectors were found");
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Whether the token verifies with the key or the set of keys; whatever cannot be read does not.
fn accepts(key: &Value, token: &Value) -> bool {
    let text = key.to_string();
    let keys = match key.get("keys") {
        Some(_) => Keys::from_jwks(None, &text),
        None => Keys::from_jwk(None, &text),
    };
    let token = token
        .as_str()
        .map_or_else(|| token.to_string(), str::to_owned);
    match (keys, Jws::read(&token)) {
        (Ok(keys), Ok(jws)) => verify(&jws, &keys).is_ok(),
        _ => false,
    }
}

fn list(value: &Value) -> &[Value] {
    value.as_array().map(Vec::as_slice).unwrap_or_default()
}

#[test]
fn signatures() {
    run("json_web_signature_test.json", SIGNATURE);
}

#[test]
fn keys() {
    run("json_web_key_test.json", KEY);
}

#[test]
fn keys_and_sets_of_them() {
    run("json_web_crypto_test.json", CRYPTO);
}
