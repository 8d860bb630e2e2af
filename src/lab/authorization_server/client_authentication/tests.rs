use jsonwebtoken::Algorithm;
use jsonwebtoken::EncodingKey;
use serde_json::Value;
use serde_json::json;

use super::super::tests::Server;
use super::super::tests::Told;
use crate::lab::certificate;
use crate::lab::oauth_clients;
use crate::lab::oauth_clients::Proof;

const GRANT: (&str, &str) = ("grant_type", "client_credentials");
const TYPE: (&str, &str) = (
    "client_assertion_type",
    "urn:ietf:params:oauth:client-assertion-type:jwt-bearer",
);

impl Server {
    fn token(&self, client: Option<(&str, &str)>, form: &[(&str, &str)]) -> Told {
        self.post("/token", client, &[&[GRANT], form].concat())
    }

    fn method(&self) -> Option<&'static str> {
        self.world.statistics.all()["/token"].last_client_authentication
    }

    fn claims(&self, client: &str) -> Value {
        let now = self.world.clock.now().unix_timestamp();
        let id = crate::lab::random::name("");
        json!({"iss": client, "sub": client, "aud": "https://127.0.0.1:1", "exp": now + 60, "jti": id})
    }

    fn asserted(&self, assertion: &str, more: &[(&str, &str)]) -> Told {
        let form = [TYPE, ("client_assertion", assertion)];
        self.token(None, &[&form, more].concat())
    }
}

fn secret(id: &str) -> &'static str {
    match oauth_clients::find(id).unwrap().proof {
        Proof::Secret(secret) => secret,
        other => panic!("{id} has {other:?}"),
    }
}

#[test]
fn a_secret_is_taken_in_the_header_or_in_the_body_but_not_in_both() {
    let server = Server::new();
    let odd = "team:a+b c";
    for (header, body, status, error) in [
        (Some(("ci", secret("ci"))), &[][..], 200, ""),
        (Some((odd, secret(odd))), &[], 200, ""),
        (Some(("ci", secret("ci"))), &[("client_id", "ci")], 200, ""),
        (
            None,
            &[("client_id", odd), ("client_secret", secret(odd))],
            200,
            "",
        ),
        (Some(("ci", "wrong")), &[], 401, "invalid_client"),
        (Some(("nobody", "")), &[], 401, "invalid_client"),
        (Some(("public", "")), &[], 401, "invalid_client"),
        (
            Some(("ci", secret("ci"))),
            &[("client_id", "admin-ci")],
            400,
            "invalid_request",
        ),
        (
            Some(("ci", secret("ci"))),
            &[("client_id", "ci"), ("client_secret", secret("ci"))],
            400,
            "invalid_request",
        ),
        (
            None,
            &[("client_id", "ci"), ("client_secret", "wrong")],
            401,
            "invalid_client",
        ),
        (None, &[("client_id", "ci")], 401, "invalid_client"),
        (None, &[], 401, "invalid_client"),
    ] {
        let told = server.token(header, body);
        assert_eq!(told.outcome(), (status, error), "{header:?} {body:?}");
        let challenge = told.answer.headers().get("www-authenticate");
        assert_eq!(challenge.is_some(), status == 401);
    }
}

/// The mistake that most clients make first.
#[test]
fn an_id_and_a_secret_that_are_not_form_encoded_are_refused() {
    use base64::Engine as _;
    let server = Server::new();
    let pair = format!("team:a+b c:{}", secret("team:a+b c"));
    for value in [
        format!(
            "Basic {}",
            base64::engine::general_purpose::STANDARD.encode(pair)
        ),
        "Basic !".into(),
        "Bearer x".into(),
    ] {
        let request = http::Request::post("/token")
            .header("content-type", "application/x-www-form-urlencoded")
            .header("authorization", value)
            .body(bytes::Bytes::from("grant_type=client_credentials"));
        let told = server.ask(&request.unwrap());
        assert_eq!(told.outcome(), (401, "invalid_client"));
    }
}

#[test]
fn a_private_key_signs_an_assertion_that_is_good_once() {
    let server = Server::new();
    let assertion = server.world.client_keys.sign(&server.claims("jwt-client"));
    let told = server.asserted(&assertion, &[]);
    assert_eq!(told.outcome(), (200, ""));
    assert_eq!(server.method(), Some("private_key_jwt"));
    let replayed = server.asserted(&assertion, &[]);
    assert_eq!(replayed.outcome(), (401, "invalid_client"));
    let now = server.world.clock.now().unix_timestamp();
    for (name, value, good) in [
        ("aud", json!(["http://127.0.0.1:3/token", "x"]), true),
        ("nbf", json!(now + 30), true),
        ("aud", json!("https://elsewhere"), false),
        ("iss", json!("ci"), false),
        ("sub", json!("ci"), false),
        ("exp", json!(now - 1), false),
        ("exp", json!(now + 7200), false),
        ("exp", Value::Null, false),
        ("iat", json!(now + 120), false),
        ("jti", Value::Null, false),
    ] {
        let mut claims = server.claims("jwt-client");
        claims[name] = value;
        let told = server.asserted(&server.world.client_keys.sign(&claims), &[]);
        assert_eq!(told.status == 200, good, "{claims}: {:?}", told.json);
    }
}

#[test]
fn an_assertion_is_of_its_clients_key_and_nobody_elses() {
    let server = Server::new();
    let hs256 = |client: &str, key: &[u8]| {
        let header = jsonwebtoken::Header::new(Algorithm::HS256);
        let key = EncodingKey::from_secret(key);
        jsonwebtoken::encode(&header, &server.claims(client), &key).unwrap()
    };
    let told = server.asserted(&hs256("ci", secret("ci").as_bytes()), &[]);
    assert_eq!(told.outcome(), (200, ""));
    assert_eq!(server.method(), Some("client_secret_jwt"));
    let good = || server.world.client_keys.sign(&server.claims("jwt-client"));
    let stranger = oauth_clients::ClientKeys::generate().unwrap();
    for (assertion, more, error) in [
        (hs256("ci", b"wrong"), &[][..], "invalid_client"),
        (hs256("jwt-client", b"any"), &[], "invalid_client"),
        (
            stranger.sign(&server.claims("jwt-client")),
            &[],
            "invalid_client",
        ),
        (stranger.sign(&server.claims("ci")), &[], "invalid_client"),
        ("no.jwt".into(), &[], "invalid_client"),
        (good(), &[("client_id", "ci")], "invalid_client"),
        (good(), &[("client_secret", "x")], "invalid_request"),
    ] {
        let told = server.asserted(&assertion, more);
        assert_eq!(told.outcome().1, error, "{more:?}");
    }
    let untyped = server.token(None, &[("client_assertion", &good())]);
    assert_eq!(untyped.outcome(), (400, "invalid_request"));
}

#[test]
fn a_certificate_is_a_client_where_it_is_registered() {
    let form = [("client_id", "mtls-client")];
    let server = Server::new().with_certificate("client-viewer");
    let told = server.token(None, &form);
    let verified = server.world.verify(told.text("access_token")).unwrap();
    let own = certificate::thumbprint(server.peer.certificate.as_ref().unwrap());
    assert_eq!(verified.thumbprint(), Some(&*own));
    assert_eq!(server.method(), Some("tls_client_auth"));
    let beside = server.token(Some(("ci", secret("ci"))), &[]);
    let verified = server.world.verify(beside.text("access_token")).unwrap();
    assert_eq!(verified.thumbprint(), None, "another client's is not bound");
    for server in [
        Server::new().with_certificate("client-admin"),
        Server::new(),
    ] {
        let told = server.token(None, &form);
        assert_eq!(told.outcome(), (401, "invalid_client"));
    }
}
