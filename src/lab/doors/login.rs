//! The authorization server as a door.

use std::sync::Arc;

use futures_util::future::BoxFuture;

use super::Answer;
use super::Inside;
use crate::lab::authorization_server;
use crate::lab::connection::Connection;
use crate::lab::world::World;

struct Login(Arc<World>);

/// `/login`, and the keys to verify what it gives.
pub fn open(inside: &Inside) -> Arc<dyn Answer> {
    Arc::new(Login(Arc::clone(&inside.world)))
}

impl Answer for Login {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let world = Arc::clone(&self.0);
        connection.http1(move |request| {
            let world = Arc::clone(&world);
            async move { authorization_server::answer(&world, request).await }
        })
    }
}
