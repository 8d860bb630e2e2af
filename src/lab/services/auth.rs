//! `auth.v1.AuthService`: tokens for a name and a password, by RPC.

use std::sync::Arc;

use tonic::Code;
use tonic::Request;
use tonic::Response;
use tonic::Status;

use crate::lab::authorization::Authorization;
use crate::lab::generated::auth_v1::LoginRequest;
use crate::lab::generated::auth_v1::LogoutReply;
use crate::lab::generated::auth_v1::LogoutRequest;
use crate::lab::generated::auth_v1::RefreshTokenRequest;
use crate::lab::generated::auth_v1::TokenReply;
use crate::lab::generated::auth_v1::auth_service_server::AuthService;
use crate::lab::interceptors::refusal::Refusal;
use crate::lab::sessions::NotRefreshed;
use crate::lab::sessions::Opened;
use crate::lab::tokens::LIFETIME;
use crate::lab::users;
use crate::lab::users::Caller;
use crate::lab::world::World;

pub(super) struct Auth {
    world: Arc<World>,
}

impl Auth {
    pub(super) fn new(world: &Arc<World>) -> Self {
        Self {
            world: Arc::clone(world),
        }
    }

    fn tokens_for(&self, authorization: &Authorization, session: Opened) -> Response<TokenReply> {
        let now = self.world.clock.now();
        let tokens = &self.world.tokens;
        Response::new(TokenReply {
            access_token: tokens.issue(authorization, Some(&session.id), now),
            refresh_token: session.refresh_token,
            expires_in: LIFETIME.whole_seconds(),
            token_type: "Bearer".to_owned(),
        })
    }
}

#[tonic::async_trait]
impl AuthService for Auth {
    async fn login(&self, request: Request<LoginRequest>) -> Result<Response<TokenReply>, Status> {
        self.world.statistics.count("/auth.v1.AuthService/Login");
        let LoginRequest { username, password } = request.into_inner();
        if username.is_empty() || password.is_empty() {
            return Err(Status::invalid_argument("username and password are wanted"));
        }
        let user = users::log_in(&username, &password)
            .ok_or_else(|| refused("PASSWORD_INVALID", "wrong user name or password"))?;
        let authorization = Authorization::of_user(user);
        let session = self.world.sessions.open(authorization.clone());
        Ok(self.tokens_for(&authorization, session))
    }

    async fn refresh_token(
        &self,
        request: Request<RefreshTokenRequest>,
    ) -> Result<Response<TokenReply>, Status> {
        let path = "/auth.v1.AuthService/RefreshToken";
        self.world.statistics.count(path);
        let refreshed = self
            .world
            .sessions
            .refresh(&request.into_inner().refresh_token, None);
        match refreshed {
            Ok((authorization, session)) => Ok(self.tokens_for(&authorization, session)),
            Err(NotRefreshed::Reused) => Err(refused(
                "REFRESH_TOKEN_REUSED",
                "the refresh token was spent before, so its session is closed",
            )),
            Err(NotRefreshed::Unknown | NotRefreshed::AnotherClient) => Err(refused(
                "REFRESH_TOKEN_INVALID",
                "the refresh token is unknown",
            )),
        }
    }

    async fn logout(
        &self,
        request: Request<LogoutRequest>,
    ) -> Result<Response<LogoutReply>, Status> {
        let caller: Option<&Caller> = request.extensions().get();
        if let Some(id) = caller.and_then(|caller| caller.token_id.as_deref()) {
            self.world.sessions.revoke(id);
        }
        // One that is unknown is gone as well.
        self.world
            .sessions
            .close(&request.into_inner().refresh_token, None);
        Ok(Response::new(LogoutReply {}))
    }
}

fn refused(reason: &'static str, message: &str) -> Status {
    Refusal::new(Code::Unauthenticated, reason, message).into()
}

#[cfg(test)]
mod tests;
