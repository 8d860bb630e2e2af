use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use percent_encoding::NON_ALPHANUMERIC;
use percent_encoding::utf8_percent_encode;
use serde_json::Value;
use serde_json::json;
use time::Duration;
use time::OffsetDateTime;

use super::*;
use crate::lab::world::Addresses;

/// An authorization server that nobody dials.
pub struct Server {
    pub world: World,
    pub peer: Peer,
}

/// What it told.
#[derive(Debug)]
pub struct Told {
    pub status: u16,
    pub answer: Answer,
    pub json: Value,
}

impl Server {
    pub fn new() -> Self {
        crate::jwt::provider::install();
        let now = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
        Self {
            world: World::generate(now, Addresses::for_tests()).unwrap(),
            peer: Peer::default(),
        }
    }

    /// The same for a client with the certificate of this file.
    pub fn with_certificate(mut self, file: &str) -> Self {
        let mut clients = self.world.pki.clients.iter();
        let identity = clients.find(|identity| identity.file == file).unwrap();
        self.peer.certificate = identity.chain.first().cloned();
        self
    }

    /// Posts a form, with `Authorization: Basic` for this client if there is one.
    pub fn post(&self, path: &str, client: Option<(&str, &str)>, form: &[(&str, &str)]) -> Told {
        let mut request = http::Request::post(path)
            .header("content-type", "application/x-www-form-urlencoded")
            .body(Bytes::from(encoded(form)))
            .unwrap();
        if let Some((id, secret)) = client {
            let pair = format!("{}:{}", escaped(id), escaped(secret));
            let value = format!("Basic {}", STANDARD.encode(pair)).parse().unwrap();
            request.headers_mut().insert("authorization", value);
        }
        self.ask(&request)
    }

    pub fn ask(&self, request: &Request) -> Told {
        let answer = super::answer(&self.world, &self.peer, request);
        Told {
            status: answer.status().as_u16(),
            json: serde_json::from_slice(answer.body()).unwrap_or_default(),
            answer,
        }
    }

    /// The secret of a client of the table.
    pub fn credentials(id: &'static str) -> Option<(&'static str, &'static str)> {
        match crate::lab::oauth_clients::find(id).unwrap().proof {
            crate::lab::oauth_clients::Proof::Secret(secret) => Some((id, secret)),
            _ => None,
        }
    }
}

impl Told {
    /// The status and the error, or nothing for a success.
    pub fn outcome(&self) -> (u16, &str) {
        (self.status, self.json["error"].as_str().unwrap_or_default())
    }

    pub fn text(&self, name: &str) -> &str {
        let value = self.json[name].as_str();
        value.unwrap_or_else(|| panic!("no {name} in {}", self.json))
    }
}

fn escaped(text: &str) -> String {
    utf8_percent_encode(text, NON_ALPHANUMERIC).to_string()
}

fn encoded(form: &[(&str, &str)]) -> String {
    let pairs: Vec<_> = form
        .iter()
        .map(|(name, value)| format!("{}={}", escaped(name), escaped(value)))
        .collect();
    pairs.join("&")
}

const VIEWER: [(&str, &str); 2] = [("username", "viewer"), ("password", "viewer-password")];

#[test]
fn each_endpoint_wants_its_method() {
    let server = Server::new();
    for (method, path, status, allow) in [
        ("GET", "/token", 405, Some("POST")),
        ("POST", "/jwks", 405, Some("GET")),
        ("DELETE", "/device", 405, Some("GET, POST")),
        ("GET", "/device", 200, None),
        ("GET", "/elsewhere", 404, None),
        ("GET", "/token/", 404, None),
    ] {
        let request = http::Request::builder().method(method).uri(path);
        let told = server.ask(&request.body(Bytes::new()).unwrap());
        assert_eq!(told.status, status, "{method} {path}");
        let allowed = told.answer.headers().get("allow");
        assert_eq!(allowed.map(|value| value.to_str().unwrap()), allow);
        assert_eq!(told.answer.headers()["cache-control"], "no-store");
        // The lab's day, not this machine's.
        let date = told.answer.headers()["date"].to_str().unwrap();
        assert!(date.starts_with("Fri, 04 Oct 2024 "), "{date}");
    }
}

#[test]
fn each_way_to_authenticate_has_a_client_that_uses_it() {
    for method in client_authentication::METHODS {
        let used = crate::lab::oauth_clients::CLIENTS
            .iter()
            .any(|client| client.proof.methods().contains(&method.name));
        assert!(used, "{}", method.name);
    }
}

#[test]
fn what_discovery_names_is_there() {
    let server = Server::new();
    let document = |path| {
        let request = http::Request::get(path).body(Bytes::new()).unwrap();
        server.ask(&request).json
    };
    let found = document("/.well-known/openid-configuration");
    assert_eq!(found, document("/.well-known/oauth-authorization-server"));
    assert_eq!(found["issuer"], server.world.addresses.issuer);
    let aliases = found["mtls_endpoint_aliases"].as_object().unwrap();
    for (name, url) in found.as_object().unwrap().iter().chain(aliases) {
        if name.ends_with("_endpoint") || name == "jwks_uri" {
            let (_, path) = url.as_str().unwrap().split_at("https://127.0.0.1:1".len());
            let there = ENDPOINTS.iter().any(|endpoint| endpoint.path == path);
            assert!(there, "{name}: {url}");
        }
    }
}

#[test]
fn a_login_takes_json_or_a_form_and_can_be_refreshed() {
    let server = Server::new();
    let json = |path: &str, body: &Value| {
        let request = http::Request::post(path).body(Bytes::from(body.to_string()));
        server.ask(&request.unwrap())
    };
    let told = server.post("/login", None, &VIEWER);
    assert_eq!(told.status, 200);
    let told = json(
        "/login",
        &json!({"username": "viewer", "password": "viewer-password"}),
    );
    let first = told.text("refresh_token");
    let refreshed = json("/login/refresh", &json!({"refresh_token": first}));
    let token = refreshed.text("token");
    assert_eq!(server.world.verify(token).unwrap().caller.subject, "viewer");
    for (path, body, status) in [
        ("/login/refresh", json!({"refresh_token": first}), 401),
        ("/login/refresh", json!({"refresh_token": 1}), 400),
        (
            "/login",
            json!({"username": "viewer", "password": "x"}),
            401,
        ),
        ("/login", json!({"username": "viewer"}), 400),
    ] {
        assert_eq!(json(path, &body).status, status, "{path} {body}");
    }
    // The refresh token was shown twice.
    assert!(server.world.verify(token).is_err());
}

#[test]
fn a_device_gets_its_token_when_its_user_has_said_so() {
    let server = Server::new();
    let public = [("client_id", "public"), ("scope", "vault.read")];
    let told = server.post("/device_authorization", None, &public);
    let (device, user) = (told.text("device_code"), told.text("user_code"));
    assert!(told.text("verification_uri_complete").ends_with(user));
    let decide = |decision| {
        let form = [("user_code", user), ("decision", decision)];
        server
            .post("/device", None, &[&form[..], &VIEWER].concat())
            .status
    };
    let wrong = [
        ("user_code", user),
        ("decision", "approve"),
        ("username", "viewer"),
    ];
    assert_eq!(server.post("/device", None, &wrong).status, 401);
    assert_eq!(decide("perhaps"), 400);
    assert_eq!(decide("approve"), 200);
    assert_eq!(decide("deny"), 404);
    let grant = "urn:ietf:params:oauth:grant-type:device_code";
    let poll = [
        ("client_id", "public"),
        ("grant_type", grant),
        ("device_code", device),
    ];
    let told = server.post("/token", None, &poll);
    let verified = server.world.verify(told.text("access_token")).unwrap();
    assert_eq!(verified.caller.subject, "viewer");
    let again = server.post("/token", None, &poll);
    assert_eq!(again.outcome(), (400, "invalid_grant"));
}

#[test]
fn a_revoked_token_is_not_active() {
    let server = Server::new();
    let ci = Server::credentials("ci");
    let other = Server::credentials("admin-ci");
    let password = [&[("grant_type", "password")][..], &VIEWER].concat();
    let told = server.post("/token", ci, &password);
    let (access, refresh) = (told.text("access_token"), told.text("refresh_token"));
    let active = |token: &str| server.post("/introspect", ci, &[("token", token)]).json;
    let revoke = |client, token| server.post("/revoke", client, &[("token", token)]);
    assert_eq!(active(access)["sub"], "viewer");
    assert_eq!(active(refresh)["client_id"], "ci");
    assert_eq!(
        revoke(other, access).outcome(),
        (400, "unauthorized_client")
    );
    assert_eq!(revoke(other, refresh).status, 200);
    assert_eq!(active(access)["active"], true);
    assert_eq!(revoke(ci, access).status, 200);
    assert_eq!(active(access), json!({"active": false}));
    assert_eq!(
        active(refresh)["active"],
        true,
        "an access token goes alone"
    );
    assert_eq!(revoke(ci, refresh).status, 200);
    assert_eq!(active(refresh), json!({"active": false}));
    assert_eq!(revoke(ci, "unknown").status, 200);
    assert_eq!(revoke(None, access).outcome(), (401, "invalid_client"));
    let public = [("client_id", "public"), ("token", access)];
    let told = server.post("/introspect", None, &public);
    assert_eq!(told.outcome(), (401, "invalid_client"));
}

#[test]
fn requests_are_counted_without_a_secret() {
    let server = Server::new();
    let grant = [("grant_type", "client_credentials")];
    server.post("/token", Server::credentials("ci"), &grant);
    server.post(
        "/token",
        Some(("ci", "wrong-secret")),
        &[("grant_type", "own-words")],
    );
    server.post("/elsewhere", None, &[]);
    let request = http::Request::get("/stats").body(Bytes::new()).unwrap();
    let told = server.ask(&request);
    let expected = json!({"/token": {
        "requests": 2,
        "last_grant_type": "client_credentials",
        "last_client_authentication": "client_secret_basic",
    }});
    assert_eq!(told.json, expected);
}
