//! A server that takes each access token once: the second call with one is refused before it begins.

use std::sync::Arc;

use futures_util::future::BoxFuture;
use http::HeaderMap;
use http::header::AUTHORIZATION;
use tonic::Code;
use tonic::Status;

use super::Answer;
use super::Inside;
use super::grpc;
use crate::lab::connection::Connection;
use crate::lab::interceptors::Guarded;
use crate::lab::interceptors::refusal::Refusal;
use crate::lab::seen::Seen;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

#[derive(Clone)]
struct TokenOnce {
    guarded: Guarded,
    seen: Arc<Seen>,
}

/// Reflection, health and the AuthService as ever; the Vault takes a token once.
pub(super) fn open(inside: &Inside) -> anyhow::Result<Arc<dyn Answer>> {
    Ok(Arc::new(TokenOnce {
        guarded: grpc::guarded(inside, Reflection::Both, Role::Public)?,
        seen: Arc::default(),
    }))
}

impl TokenOnce {
    /// Whether a call of the Vault shows a token that an earlier one has shown.
    fn is_spent(&self, path: &str, metadata: &HeaderMap) -> bool {
        let shown = metadata
            .get(AUTHORIZATION)
            .and_then(|value| value.to_str().ok());
        path.starts_with("/lab.v1.Vault/") && shown.is_some_and(|value| !self.seen.first(value))
    }
}

impl Answer for TokenOnce {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let door = self.clone();
        let peer = connection.peer.clone();
        connection.http2(move |request| {
            let (door, peer) = (door.clone(), peer.clone());
            async move {
                if door.is_spent(request.uri().path(), request.headers()) {
                    return Status::from(spent()).into_http();
                }
                door.guarded.answer(request, &peer).await
            }
        })
    }
}

fn spent() -> Refusal {
    let message = "the token was used before; this door takes each once";
    Refusal::new(Code::Unauthenticated, "TOKEN_SPENT", message).challenge(format!(
        r#"Bearer realm="lab", error="invalid_token", error_description="{message}""#
    ))
}
