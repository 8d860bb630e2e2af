//! The good door: the lab's services behind its interceptors.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::Answer;
use super::Inside;
use crate::lab::connection::Connection;
use crate::lab::interceptors::Guarded;
use crate::lab::services;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

struct Grpc(Guarded);

/// The services with these versions of reflection, which wants this role.
pub(super) fn open(
    inside: &Inside,
    reflection: Reflection,
    reflection_wants: Role,
) -> anyhow::Result<Arc<dyn Answer>> {
    Ok(Arc::new(Grpc(guarded(
        inside,
        reflection,
        reflection_wants,
    )?)))
}

/// The services for a door that wraps them.
pub(super) fn guarded(
    inside: &Inside,
    reflection: Reflection,
    reflection_wants: Role,
) -> anyhow::Result<Guarded> {
    Ok(Guarded {
        world: Arc::clone(&inside.world),
        routes: services::with_reflection(inside.routes.clone(), reflection)?,
        reflection: reflection_wants,
    })
}

impl Answer for Grpc {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let guarded = self.0.clone();
        let peer = connection.peer.clone();
        connection.http2(move |request| {
            let (guarded, peer) = (guarded.clone(), peer.clone());
            async move { guarded.answer(request, &peer).await }
        })
    }
}
