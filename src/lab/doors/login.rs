//! The authorization server as a door, over HTTP/1.1.

use std::sync::Arc;

use bytes::Bytes;
use futures_util::future::BoxFuture;
use http::Response;
use http::StatusCode;
use http_body_util::BodyExt as _;
use http_body_util::Full;
use http_body_util::Limited;
use hyper::body::Incoming;

use super::Answer;
use super::Inside;
use crate::lab::authorization_server;
use crate::lab::connection::Connection;
use crate::lab::world::Peer;
use crate::lab::world::World;

/// How long a body may be, in bytes.
const LIMIT: usize = 64 * 1024;

struct Login(Arc<World>);

/// Every endpoint of the authorization server.
pub(super) fn open(inside: &Inside) -> Arc<dyn Answer> {
    Arc::new(Login(Arc::clone(&inside.world)))
}

impl Answer for Login {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let world = Arc::clone(&self.0);
        let peer = connection.peer.clone();
        connection.http1(move |request| {
            let (world, peer) = (Arc::clone(&world), peer.clone());
            async move { answer(&world, &peer, request).await }
        })
    }
}

async fn answer(
    world: &World,
    peer: &Peer,
    request: http::Request<Incoming>,
) -> Response<Full<Bytes>> {
    let (head, body) = request.into_parts();
    let Ok(body) = Limited::new(body, LIMIT).collect().await else {
        let words = "the body is longer than 64 KiB, or was cut off\n";
        let mut answer = Response::new(Full::from(words));
        *answer.status_mut() = StatusCode::BAD_REQUEST;
        return answer;
    };
    let request = http::Request::from_parts(head, body.to_bytes());
    authorization_server::answer(world, peer, &request).map(Full::new)
}
