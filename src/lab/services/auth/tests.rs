use time::Duration;
use time::OffsetDateTime;
use tonic_types::StatusExt as _;

use super::*;
use crate::lab::world::Addresses;

fn service() -> Auth {
    crate::jwt::provider::install();
    let now = OffsetDateTime::UNIX_EPOCH + Duration::days(20_000);
    Auth::new(&Arc::new(
        World::generate(now, Addresses::for_tests()).unwrap(),
    ))
}

impl Auth {
    async fn logged_in(&self) -> TokenReply {
        let request = LoginRequest {
            username: "viewer".into(),
            password: "viewer-password".into(),
        };
        self.login(Request::new(request))
            .await
            .unwrap()
            .into_inner()
    }

    /// The reply, or ErrorInfo's reason.
    async fn refreshed(&self, token: &str) -> Result<TokenReply, String> {
        let request = RefreshTokenRequest {
            refresh_token: token.into(),
        };
        match self.refresh_token(Request::new(request)).await {
            Ok(reply) => Ok(reply.into_inner()),
            Err(status) => Err(status.get_details_error_info().unwrap().reason),
        }
    }

    fn is_good(&self, reply: &TokenReply) -> bool {
        self.world.verify(&reply.access_token).is_ok()
    }
}

#[tokio::test]
async fn a_refresh_token_is_rotated_and_its_reuse_revokes_all() {
    let auth = service();
    let first = auth.logged_in().await;
    let second = auth.refreshed(&first.refresh_token).await.unwrap();
    assert!(auth.is_good(&first) && auth.is_good(&second));
    let reused = auth.refreshed(&first.refresh_token).await;
    assert_eq!(reused.unwrap_err(), "REFRESH_TOKEN_REUSED");
    assert!(!auth.is_good(&first) && !auth.is_good(&second));
    let next = auth.refreshed(&second.refresh_token).await;
    assert_eq!(next.unwrap_err(), "REFRESH_TOKEN_INVALID");
    let counted = auth.world.statistics.all();
    assert_eq!(counted["/auth.v1.AuthService/Login"].requests, 1);
    assert_eq!(counted["/auth.v1.AuthService/RefreshToken"].requests, 3);
}

#[tokio::test]
async fn a_logout_ends_its_own_session_alone() {
    let auth = service();
    let (one, other) = (auth.logged_in().await, auth.logged_in().await);
    let request = LogoutRequest {
        refresh_token: one.refresh_token.clone(),
    };
    auth.logout(Request::new(request)).await.unwrap();
    assert!(!auth.is_good(&one) && auth.is_good(&other));
    let refused = auth.refreshed(&one.refresh_token).await;
    assert_eq!(refused.unwrap_err(), "REFRESH_TOKEN_INVALID");
    assert!(auth.refreshed(&other.refresh_token).await.is_ok());
}
