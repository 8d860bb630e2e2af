use serde_json::Value;
use serde_json::json;

use super::super::tests::Server;
use super::super::tests::Told;
use crate::lab::tokens::RESOURCE;
use crate::lab::users::Role;

const PASSWORD: [(&str, &str); 3] = [
    ("grant_type", "password"),
    ("username", "admin"),
    ("password", "admin-password"),
];
const EXCHANGE: &str = "urn:ietf:params:oauth:grant-type:token-exchange";
const ACCESS_TOKEN: &str = "urn:ietf:params:oauth:token-type:access_token";
const BEARER: &str = "urn:ietf:params:oauth:grant-type:jwt-bearer";

impl Server {
    fn grant(&self, client: &'static str, form: &[(&str, &str)]) -> Told {
        match Self::credentials(client) {
            None => self.post("/token", None, &[form, &[("client_id", client)]].concat()),
            credentials => self.post("/token", credentials, form),
        }
    }

    fn refresh(&self, client: &'static str, token: &str, more: &[(&str, &str)]) -> Told {
        let form = [("grant_type", "refresh_token"), ("refresh_token", token)];
        self.grant(client, &[&form, more].concat())
    }

    fn exchange(&self, token: &str, more: &[(&str, &str)]) -> Told {
        let form = [
            ("grant_type", EXCHANGE),
            ("subject_token", token),
            ("subject_token_type", ACCESS_TOKEN),
        ];
        self.grant("public", &[&form, more].concat())
    }
}

#[test]
fn what_is_asked_for_is_there_or_refused() {
    let server = Server::new();
    let grant = ("grant_type", "client_credentials");
    for (client, form, status, error) in [
        ("ci", &[grant][..], 200, ""),
        ("ci", &[], 400, "invalid_request"),
        (
            "ci",
            &[("grant_type", "own")],
            400,
            "unsupported_grant_type",
        ),
        ("public", &[grant], 400, "unauthorized_client"),
        (
            "ci",
            &[grant, ("scope", "vault.administer")],
            400,
            "invalid_scope",
        ),
        ("ci", &[grant, ("scope", "other")], 400, "invalid_scope"),
        (
            "ci",
            &[grant, ("audience", "nobody")],
            400,
            "invalid_target",
        ),
        ("ci", &[grant, grant], 400, "invalid_request"),
        ("public", &PASSWORD, 200, ""),
        ("public", &PASSWORD[..2], 400, "invalid_request"),
        (
            "public",
            &[PASSWORD[0], PASSWORD[1], ("password", "x")],
            400,
            "invalid_grant",
        ),
    ] {
        let told = server.grant(client, form);
        assert_eq!(told.outcome(), (status, error), "{client} {form:?}");
    }
    let json = http::Request::post("/token")
        .header("content-type", "application/json")
        .body("grant_type=client_credentials".into());
    let told = server.ask(&json.unwrap());
    assert_eq!(told.outcome(), (400, "invalid_request"));
}

#[test]
fn less_is_granted_than_is_asked_and_the_role_follows() {
    let server = Server::new();
    let both = ("scope", "vault.read vault.administer");
    for (client, scope, granted, role) in [
        ("admin-ci", both, both.1, Role::Admin),
        (
            "admin-ci",
            ("scope", "vault.read"),
            "vault.read",
            Role::Viewer,
        ),
        ("ci", both, "vault.read", Role::Viewer),
    ] {
        let told = server.grant(client, &[("grant_type", "client_credentials"), scope]);
        assert_eq!(told.text("scope"), granted);
        assert_eq!(told.json.get("refresh_token"), None);
        let verified = server.world.verify(told.text("access_token")).unwrap();
        assert_eq!(
            (&*verified.caller.subject, verified.caller.role),
            (client, role)
        );
        assert_eq!(verified.claims.claims["scope"], granted);
    }
}

#[test]
fn a_refresh_token_is_rotated_and_its_reuse_revokes_all() {
    let server = Server::new();
    let first = server.grant("public", &PASSWORD);
    let first = first.text("refresh_token");
    // Refused, and not spent by it.
    for (client, more, error) in [
        ("ci", &[][..], "invalid_grant"),
        ("public", &[("scope", "other")], "invalid_scope"),
    ] {
        let told = server.refresh(client, first, more);
        assert_eq!(told.outcome(), (400, error), "{client} {more:?}");
    }
    let second = server.refresh("public", first, &[("scope", "vault.read")]);
    assert_eq!(second.text("scope"), "vault.read");
    let narrowed = server.world.verify(second.text("access_token")).unwrap();
    assert_eq!(narrowed.caller.role, Role::Viewer);
    let third = server.refresh("public", second.text("refresh_token"), &[]);
    // What was granted at first, not what was asked for last.
    assert_eq!(third.text("scope"), "vault.read vault.administer");
    let last = third.text("access_token");
    assert!(server.world.verify(last).is_ok());
    let reused = server.refresh("public", first, &[]);
    assert_eq!(reused.outcome(), (400, "invalid_grant"));
    assert!(server.world.verify(last).is_err());
    let next = server.refresh("public", third.text("refresh_token"), &[]);
    assert_eq!(next.outcome(), (400, "invalid_grant"));
}

#[test]
fn a_token_is_exchanged_for_no_more_than_it_is() {
    let server = Server::new();
    let ci = [("grant_type", "client_credentials")];
    let subject = server.grant("ci", &ci);
    let subject = subject.text("access_token");
    let actor = server.grant("admin-ci", &ci);
    let told = server.exchange(
        subject,
        &[
            ("resource", RESOURCE),
            ("actor_token", actor.text("access_token")),
            ("actor_token_type", ACCESS_TOKEN),
        ],
    );
    assert_eq!(told.text("issued_token_type"), ACCESS_TOKEN);
    let verified = server.world.verify(told.text("access_token")).unwrap();
    assert_eq!(verified.caller.role, Role::Viewer);
    let claims = &verified.claims.claims;
    assert_eq!(
        json!([
            claims["sub"],
            claims["act"]["sub"],
            claims["aud"],
            claims["client_id"]
        ]),
        json!(["ci", "admin-ci", RESOURCE, "public"])
    );
    let jwt = "urn:ietf:params:oauth:token-type:jwt";
    let told = server.exchange(subject, &[("requested_token_type", jwt)]);
    assert_eq!(told.text("token_type"), "N_A");
    for (token, more) in [
        ("a.b.c", &[][..]),
        (subject, &[("requested_token_type", "urn:x")]),
        (subject, &[("actor_token", subject)]),
    ] {
        let told = server.exchange(token, more);
        assert_eq!(told.outcome(), (400, "invalid_request"), "{more:?}");
    }
    let untyped = [("grant_type", EXCHANGE), ("subject_token", subject)];
    let told = server.grant("public", &untyped);
    assert_eq!(told.outcome(), (400, "invalid_request"));
}

#[test]
fn an_assertion_stands_for_its_client_or_for_a_user() {
    let server = Server::new();
    let now = server.world.clock.now().unix_timestamp();
    let claims = |subject: Value| {
        json!({
            "iss": "jwt-client",
            "sub": subject,
            "aud": "https://127.0.0.1:1/token",
            "exp": now + 60,
            "jti": crate::lab::random::name(""),
        })
    };
    for (subject, expected) in [
        (json!("jwt-client"), Ok("jwt-client")),
        (json!("admin"), Ok("admin")),
        (json!("nobody"), Err("invalid_grant")),
        (Value::Null, Err("invalid_grant")),
    ] {
        let assertion = server.world.client_keys.sign(&claims(subject));
        let form = [("grant_type", BEARER), ("assertion", &*assertion)];
        let told = server.post("/token", None, &form);
        match expected {
            Ok(subject) => {
                let verified = server.world.verify(told.text("access_token")).unwrap();
                assert_eq!(verified.caller.subject, subject);
                // The client's scopes are the limit, whoever the user is.
                assert_eq!(verified.caller.role, Role::Viewer);
                let replayed = server.post("/token", None, &form);
                assert_eq!(replayed.outcome(), (400, "invalid_grant"));
            }
            Err(error) => assert_eq!(told.outcome(), (400, error)),
        }
    }
    let form = [("grant_type", BEARER), ("assertion", "a.b.c")];
    let told = server.post("/token", None, &form);
    assert_eq!(told.outcome(), (401, "invalid_client"));
}
