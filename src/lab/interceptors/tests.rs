use base64::Engine as _;
use base64::engine::general_purpose::STANDARD;
use bytes::Bytes;
use http_body_util::Full;
use rustls::pki_types::CertificateDer;
use time::Duration;
use time::OffsetDateTime;
use tonic::Status;
use tonic_types::StatusExt as _;

use super::*;
use crate::lab::authorization::Authorization;
use crate::lab::certificate;
use crate::lab::services;
use crate::lab::world::Addresses;

const VIEWER: &str = "/lab.v1.Vault/GetViewer";
const ADMIN: &str = "/lab.v1.Vault/GetAdmin";
const PUBLIC: &str = "/lab.v1.Vault/GetPublic";

async fn guarded() -> Guarded {
    crate::jwt::provider::install();
    let now = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
    let world = World::generate(now, Addresses::for_tests()).unwrap();
    let world = Arc::new(world);
    Guarded {
        routes: services::routes(&world).await,
        world,
        reflection: Role::Viewer,
    }
}

impl Guarded {
    /// The status of a call with an empty message, `OK` for one that reached its handler.
    async fn status(&self, path: &str, metadata: &[(&'static str, String)], peer: &Peer) -> Status {
        let mut request = Request::post(path);
        for (key, value) in metadata {
            request = request.header(*key, value);
        }
        let body = Full::new(Bytes::from_static(&[0; 5]));
        let response = self.answer(request.body(body).unwrap(), peer).await;
        Status::from_header_map(response.headers()).unwrap_or_else(|| Status::ok(""))
    }

    async fn outcome(&self, path: &str, metadata: &[(&'static str, String)]) -> String {
        outcome(&self.status(path, metadata, &Peer::default()).await)
    }

    fn bearer(&self, role: Role, age: Duration) -> (&'static str, String) {
        let minted = self.world.clock.now() - age;
        let authorization = Authorization::of(role.name(), role);
        let token = self.world.tokens.issue(&authorization, None, minted);
        ("authorization", format!("Bearer {token}"))
    }
}

/// The code, and ErrorInfo's reason if there is one.
fn outcome(status: &Status) -> String {
    let reason = status.get_details_error_info().map(|info| info.reason);
    format!("{:?} {}", status.code(), reason.unwrap_or_default())
}

#[tokio::test]
async fn a_bearer_is_let_in_by_its_role() {
    let guarded = guarded().await;
    let viewer = [guarded.bearer(Role::Viewer, Duration::ZERO)];
    let admin = [guarded.bearer(Role::Admin, Duration::ZERO)];
    for (path, metadata, expected) in [
        (PUBLIC, &[][..], "Ok "),
        (VIEWER, &[], "Unauthenticated CREDENTIAL_MISSING"),
        (VIEWER, &viewer, "Ok "),
        (ADMIN, &viewer, "PermissionDenied ROLE_INSUFFICIENT"),
        (ADMIN, &admin, "Ok "),
        ("/lab.v1.Vault/GetNothing", &[], "Unimplemented "),
        ("/no.such.Service/Get", &[], "Unimplemented "),
        ("/grpc.health.v1.Health/Check", &[], "Ok "),
        ("/auth.v1.AuthService/Login", &[], "InvalidArgument "),
        (
            "/auth.v1.AuthService/Logout",
            &[],
            "Unauthenticated CREDENTIAL_MISSING",
        ),
        (
            "/grpc.reflection.v1.ServerReflection/ServerReflectionInfo",
            &[],
            "Unauthenticated CREDENTIAL_MISSING",
        ),
    ] {
        assert_eq!(guarded.outcome(path, metadata).await, expected, "{path}");
    }
}

#[tokio::test]
async fn each_bad_credential_is_told_apart() {
    let guarded = guarded().await;
    let authorization = |value: &str| ("authorization", value.to_owned());
    let basic = |pair: &str| authorization(&format!("bAsIc {}", STANDARD.encode(pair)));
    let (_, good) = guarded.bearer(Role::Viewer, Duration::ZERO);
    for (metadata, expected) in [
        (
            vec![authorization(&good.replace("Bearer", "bEARER"))],
            "Ok ",
        ),
        (
            vec![guarded.bearer(Role::Viewer, Duration::HOUR)],
            "Unauthenticated TOKEN_EXPIRED",
        ),
        (
            vec![guarded.bearer(Role::Viewer, -Duration::HOUR)],
            "Unauthenticated TOKEN_NOT_YET_VALID",
        ),
        (
            vec![authorization("Bearer x")],
            "Unauthenticated TOKEN_MALFORMED",
        ),
        (
            vec![authorization("Bearer Bearer x")],
            "Unauthenticated TOKEN_MALFORMED",
        ),
        (
            vec![authorization(&good[..good.len() - 2])],
            "Unauthenticated TOKEN_SIGNATURE_INVALID",
        ),
        (
            vec![authorization("Bearer")],
            "Unauthenticated CREDENTIAL_MALFORMED",
        ),
        (
            vec![authorization("Digest x")],
            "Unauthenticated CREDENTIAL_MALFORMED",
        ),
        (
            vec![authorization("Bearer x"), authorization(&good)],
            "Unauthenticated TOKEN_MALFORMED",
        ),
        (vec![basic("viewer:viewer-password")], "Ok "),
        (
            vec![basic("viewer:admin-password")],
            "Unauthenticated PASSWORD_INVALID",
        ),
        (vec![basic("viewer")], "Unauthenticated PASSWORD_INVALID"),
        (
            vec![("x-api-key", "lab_".into())],
            "Unauthenticated API_KEY_UNKNOWN",
        ),
    ] {
        assert_eq!(guarded.outcome(VIEWER, &metadata).await, expected);
        // An exempt method does not look.
        assert_eq!(guarded.outcome(PUBLIC, &metadata).await, "Ok ");
    }
}

#[tokio::test]
async fn an_expired_token_is_challenged_as_rfc_6750_says() {
    let guarded = guarded().await;
    let expired = [guarded.bearer(Role::Viewer, Duration::HOUR)];
    let status = guarded.status(VIEWER, &expired, &Peer::default()).await;
    let challenge = status.metadata().get("www-authenticate").unwrap();
    assert!(challenge.to_str().unwrap().starts_with(
        r#"Bearer realm="lab", error="invalid_token", error_description="token is expired"#
    ));
    let info = status.get_details_error_info().unwrap();
    assert!(info.metadata.contains_key("expired_at") && info.metadata.contains_key("server_time"));
    // RFC 6750 §3.1: no error where nothing was sent.
    let none = guarded.status(VIEWER, &[], &Peer::default()).await;
    assert_eq!(
        none.metadata().get("www-authenticate").unwrap(),
        r#"Bearer realm="lab""#
    );
}

#[tokio::test]
async fn a_certificate_counts_where_no_other_credential_is() {
    let guarded = guarded().await;
    let showing = |certificate: CertificateDer<'static>| Peer {
        certificate: Some(certificate),
    };
    let pki = &guarded.world.pki;
    let viewer = showing(pki.clients[0].chain[0].clone());
    let stranger = showing(pki.server.chain[0].clone());
    let admin = [guarded.bearer(Role::Admin, Duration::ZERO)];
    for (peer, path, metadata, expected) in [
        (&viewer, VIEWER, &[][..], "Ok "),
        (&viewer, ADMIN, &[], "PermissionDenied ROLE_INSUFFICIENT"),
        (&viewer, ADMIN, &admin, "Ok "),
        (
            &stranger,
            VIEWER,
            &[],
            "Unauthenticated CERTIFICATE_SUBJECT_UNKNOWN",
        ),
        (&stranger, PUBLIC, &[], "Ok "),
    ] {
        let status = guarded.status(path, metadata, peer).await;
        assert_eq!(outcome(&status), expected, "{path}");
    }
}

#[tokio::test]
async fn a_revoked_token_is_refused() {
    let guarded = guarded().await;
    let metadata = [guarded.bearer(Role::Viewer, Duration::ZERO)];
    assert_eq!(guarded.outcome(VIEWER, &metadata).await, "Ok ");
    let logout = "/auth.v1.AuthService/Logout";
    assert_eq!(guarded.outcome(logout, &metadata).await, "Ok ");
    assert_eq!(
        guarded.outcome(VIEWER, &metadata).await,
        "Unauthenticated TOKEN_REVOKED"
    );
}

#[tokio::test]
async fn a_bound_token_wants_its_certificate() {
    let guarded = guarded().await;
    let [viewer, admin] = [0, 1].map(|index| guarded.world.pki.clients[index].chain[0].clone());
    let bound = Authorization {
        thumbprint: Some(certificate::thumbprint(&viewer)),
        ..Authorization::of("viewer", Role::Viewer)
    };
    let now = guarded.world.clock.now();
    let token = guarded.world.tokens.issue(&bound, None, now);
    let metadata = [("authorization", format!("Bearer {token}"))];
    for (certificate, expected) in [
        (Some(viewer), "Ok "),
        (Some(admin), "Unauthenticated TOKEN_BINDING_INVALID"),
        (None, "Unauthenticated TOKEN_BINDING_INVALID"),
    ] {
        let status = guarded
            .status(VIEWER, &metadata, &Peer { certificate })
            .await;
        assert_eq!(outcome(&status), expected);
    }
}

#[tokio::test]
async fn tokens_go_with_their_session() {
    let guarded = guarded().await;
    let world = &guarded.world;
    let authorization = Authorization::of("viewer", Role::Viewer);
    let session = world.sessions.open(authorization.clone());
    let token = world
        .tokens
        .issue(&authorization, Some(&session.id), world.clock.now());
    let metadata = [("authorization", format!("Bearer {token}"))];
    assert_eq!(guarded.outcome(VIEWER, &metadata).await, "Ok ");
    world.sessions.close(&session.refresh_token, None);
    assert_eq!(
        guarded.outcome(VIEWER, &metadata).await,
        "Unauthenticated TOKEN_REVOKED"
    );
}
