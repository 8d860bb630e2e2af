use super::*;
use crate::jwt::NotAJwt;
use crate::jwt::provider;

fn tokens() -> (Tokens, OffsetDateTime) {
    provider::install();
    let now = OffsetDateTime::from_unix_timestamp(1_800_000_000).unwrap();
    (Tokens::generate("https://127.0.0.1:1".into()).unwrap(), now)
}

fn viewer() -> Authorization {
    Authorization::of("viewer", Role::Viewer)
}

#[test]
fn a_token_says_what_was_granted() {
    let (tokens, now) = tokens();
    let all = Authorization {
        client: Some("ci"),
        audiences: vec!["elsewhere", RESOURCE],
        thumbprint: Some("digest".into()),
        actor: Some("somebody".into()),
        ..viewer()
    };
    let token = tokens.issue(&all, Some("session_1"), now);
    let verified = tokens.verify(&token, now).unwrap();
    assert_eq!(verified.session(), Some("session_1"));
    assert_eq!(verified.thumbprint(), Some("digest"));
    let claims = &verified.claims.claims;
    for (name, value) in [
        ("scope", json!("vault.read")),
        ("client_id", json!("ci")),
        ("aud", json!(["elsewhere", RESOURCE])),
        ("act", json!({"sub": "somebody"})),
    ] {
        assert_eq!(claims[name], value, "{name}");
    }
    let plain = tokens.issue(&viewer(), None, now);
    let plain = tokens.verify(&plain, now).unwrap();
    assert_eq!(plain.claims.claims["aud"], AUDIENCE);
    assert_eq!((plain.session(), plain.thumbprint()), (None, None));
}

#[test]
fn a_token_for_another_audience_is_good_for_the_issuer_alone() {
    let (tokens, now) = tokens();
    let elsewhere = Authorization {
        audiences: vec!["elsewhere"],
        ..viewer()
    };
    let token = tokens.issue(&elsewhere, None, now);
    assert_eq!(tokens.verify(&token, now), Err(Problem::Audience));
    assert!(tokens.verify_for_any(&token, now).is_ok());
}

#[test]
fn a_token_is_good_from_its_first_second_to_its_last() {
    let (tokens, now) = tokens();
    let token = tokens.issue(&viewer(), None, now);
    let caller = tokens.verify(&token, now).unwrap().caller;
    assert_eq!((&*caller.subject, caller.role), ("viewer", Role::Viewer));
    assert!(
        tokens
            .verify(&token, now + LIFETIME - Duration::SECOND)
            .is_ok()
    );
    assert_eq!(
        tokens.verify(&token, now + LIFETIME),
        Err(Problem::Expired(now + LIFETIME))
    );
    assert_eq!(
        tokens.verify(&token, now - Duration::SECOND),
        Err(Problem::NotYetValid(now))
    );
}

#[test]
fn each_misfit_is_told_apart() {
    let (tokens, now) = tokens();
    let until = now + LIFETIME;
    let changed = |name: &str, value: Value| {
        let mut claims = tokens.claims("viewer", Role::Viewer, now, until);
        claims[name] = value;
        tokens.sign(&claims)
    };
    let stranger = Tokens::generate(tokens.issuer.clone()).unwrap();
    for (token, expected) in [
        (changed("iss", json!("https://elsewhere")), Problem::Issuer),
        (changed("aud", json!(["a", "b"])), Problem::Audience),
        (changed("exp", json!("tomorrow")), Problem::Claim("exp")),
        (changed("sub", Value::Null), Problem::Claim("sub")),
        (changed("role", json!("root")), Problem::Claim("role")),
        (stranger.issue(&viewer(), None, now), Problem::Signature),
        ("a.b".into(), Problem::Malformed(NotAJwt::Parts(2))),
        // {"alg":"none"} and {"alg":"ES384"}
        ("eyJhbGciOiJub25lIn0.e30.".into(), Problem::Unsigned),
        ("eyJhbGciOiJFUzM4NCJ9.e30.AAAA".into(), Problem::UnknownKey),
    ] {
        assert_eq!(tokens.verify(&token, now), Err(expected));
    }
    assert!(
        tokens
            .verify(&changed("aud", json!(["a", AUDIENCE])), now)
            .is_ok()
    );
}

#[test]
fn the_shared_secret_signs_too_and_the_public_key_is_no_secret() {
    let (tokens, now) = tokens();
    let claims = tokens.claims("admin", Role::Admin, now, now + LIFETIME);
    let hs256 = |secret: &[u8]| {
        let header = jsonwebtoken::Header::new(Algorithm::HS256);
        jsonwebtoken::encode(&header, &claims, &EncodingKey::from_secret(secret)).unwrap()
    };
    assert!(tokens.verify(&hs256(tokens.hs256.as_bytes()), now).is_ok());
    for public in [
        tokens.es256.public_key_pem().into_bytes(),
        tokens.es256.der_bytes().to_vec(),
    ] {
        assert_eq!(tokens.verify(&hs256(&public), now), Err(Problem::Signature));
    }
}

#[test]
fn the_jwk_set_verifies_what_was_minted() {
    let (tokens, now) = tokens();
    let token = tokens.issue(&viewer(), None, now);
    let set: jsonwebtoken::jwk::JwkSet = serde_json::from_value(tokens.jwks()).unwrap();
    let key = DecodingKey::from_jwk(set.find(ES256).unwrap()).unwrap();
    let (message, signature) = token.rsplit_once('.').unwrap();
    assert_eq!(
        jsonwebtoken::crypto::verify(signature, message.as_bytes(), &key, Algorithm::ES256),
        Ok(true)
    );
}
