use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;

use super::*;
use crate::jwt::Decoded;

fn client(method: &'static Method, id: &str, secret: &str) -> Client {
    Client {
        id: id.to_owned(),
        method,
        secret: Some(Secret::new(secret)),
        key: Some(SigningKey::read(Some("HS384"), &Secret::new("k".repeat(48))).unwrap()),
        key_id: Some("key-1".to_owned()),
        certificate_thumbprint: None,
    }
}

fn applied(client: &Client) -> Request {
    let attempt = Attempt {
        audience: "https://id.test",
        now: OffsetDateTime::UNIX_EPOCH,
        id: "once".to_owned(),
    };
    let mut request = Request::default();
    (client.method.apply)(client, &attempt, &mut request).unwrap();
    request
}

#[test]
fn names_are_those_of_the_registry_and_unique() {
    for method in ALL {
        assert_eq!(find(method.name).unwrap().summary, method.summary);
    }
    assert!(find("basic").is_none());
}

#[test]
fn basic_form_encodes_both_and_repeats_neither() {
    let request = applied(&client(
        &client_secret_basic::METHOD,
        "a:b c",
        "p%+&/\u{e9}",
    ));
    let (key, value) = &request.headers[0];
    assert_eq!(key, http::header::AUTHORIZATION);
    assert!(value.is_sensitive());
    let encoded = value.to_str().unwrap().strip_prefix("Basic ").unwrap();
    let pair = String::from_utf8(STANDARD.decode(encoded).unwrap()).unwrap();
    assert_eq!(pair, "a%3Ab+c:p%25%2B%26%2F%C3%A9");
    assert!(request.form.is_empty());
}

#[test]
fn fields_of_the_other_methods() {
    for (method, fields) in [
        (
            &client_secret_post::METHOD,
            &["client_id", "client_secret"][..],
        ),
        (&none::METHOD, &["client_id"]),
        (&tls_client_auth::METHOD, &["client_id"]),
        (
            &private_key_jwt::METHOD,
            &["client_id", "client_assertion_type", "client_assertion"],
        ),
        (
            &client_secret_jwt::METHOD,
            &["client_id", "client_assertion_type", "client_assertion"],
        ),
    ] {
        let request = applied(&client(
            method,
            "ci",
            "a secret of at least 32 octets, as HS256 likes",
        ));
        assert!(request.headers.is_empty(), "{}", method.name);
        let names: Vec<&str> = request.form.iter().map(|(name, _)| *name).collect();
        assert_eq!(names, fields, "{}", method.name);
    }
}

#[test]
fn an_assertion_says_who_to_whom_and_for_how_long() {
    for (method, algorithm) in [
        (&private_key_jwt::METHOD, "HS384"),
        (&client_secret_jwt::METHOD, "HS256"),
    ] {
        let request = applied(&client(
            method,
            "ci",
            "a secret of at least 32 octets, as HS256 likes",
        ));
        let decoded = Decoded::read(&request.form[2].1).unwrap();
        assert_eq!(decoded.algorithm(), Some(algorithm));
        assert_eq!(decoded.key_id(), Some("key-1"));
        assert_eq!(
            decoded.claims,
            serde_json::json!({
                "iss": "ci", "sub": "ci", "aud": "https://id.test", "jti": "once", "iat": 0, "exp": 60
            })
        );
    }
}
