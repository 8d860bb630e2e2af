//! `lab.v1.Vault`: every method says who called it and with what.

use std::sync::Arc;

use futures_util::stream;
use tokio_stream::StreamExt as _;
use tonic::Request;
use tonic::Response;
use tonic::Status;
use tonic::Streaming;
use tonic::codegen::BoxStream;

use crate::lab::generated::lab_v1::VaultReply;
use crate::lab::generated::lab_v1::VaultRequest;
use crate::lab::generated::lab_v1::vault_server;
use crate::lab::interceptors::expired;
use crate::lab::world::World;

mod visit;

use visit::Visit;

/// How many replies a List method sends unless asked for another number.
const USUAL_COUNT: u32 = 3;
/// How many it sends at most.
const LARGEST_COUNT: u32 = 1000;

/// The service; which role a method is for was settled before it is reached.
pub(super) struct Vault {
    world: Arc<World>,
}

type Unary = Result<Response<VaultReply>, Status>;
type Replies = BoxStream<VaultReply>;

impl Vault {
    pub(super) fn new(world: &Arc<World>) -> Self {
        Self {
            world: Arc::clone(world),
        }
    }

    fn get(&self, request: Request<VaultRequest>) -> Unary {
        let visit = Visit::of(&request, &self.world);
        Ok(Response::new(visit.reply(request.into_inner().text, 1, 1)))
    }

    fn list(&self, request: Request<VaultRequest>) -> Result<Response<Replies>, Status> {
        let visit = Visit::of(&request, &self.world);
        let VaultRequest { text, count } = request.into_inner();
        let count = match count {
            0 => USUAL_COUNT,
            1..=LARGEST_COUNT => count,
            _ => {
                let message = format!("count {count} is above {LARGEST_COUNT}");
                return Err(Status::invalid_argument(message));
            }
        };
        let replies = (1..=count).map(move |number| Ok(visit.reply(text.clone(), number, 1)));
        Ok(Response::new(Box::pin(stream::iter(replies))))
    }

    async fn collect(&self, request: Request<Streaming<VaultRequest>>) -> Unary {
        let visit = Visit::of(&request, &self.world);
        let mut requests = request.into_inner();
        let (mut received, mut last) = (0u32, String::new());
        while let Some(request) = requests.message().await? {
            received = received.saturating_add(1);
            last = request.text;
        }
        Ok(Response::new(visit.reply(last, 1, received)))
    }

    /// One reply for each request. The caller's credential is looked at again for each, so that a
    /// token which expires meanwhile ends the stream.
    fn watch(&self, request: Request<Streaming<VaultRequest>>) -> Response<Replies> {
        let visit = Visit::of(&request, &self.world);
        let world = Arc::clone(&self.world);
        let mut received = 0u32;
        let replies = request.into_inner().map(move |request| {
            if let Some(refusal) = expired(&visit.caller, &world) {
                return Err(refusal.into());
            }
            received = received.saturating_add(1);
            Ok(visit.reply(request?.text, received, received))
        });
        Response::new(Box::pin(replies))
    }
}

#[tonic::async_trait]
impl vault_server::Vault for Vault {
    type ListPublicStream = Replies;
    type ListViewerStream = Replies;
    type ListAdminStream = Replies;
    type WatchPublicStream = Replies;
    type WatchViewerStream = Replies;
    type WatchAdminStream = Replies;

    async fn get_public(&self, request: Request<VaultRequest>) -> Unary {
        self.get(request)
    }

    async fn get_viewer(&self, request: Request<VaultRequest>) -> Unary {
        self.get(request)
    }

    async fn get_admin(&self, request: Request<VaultRequest>) -> Unary {
        self.get(request)
    }

    async fn list_public(
        &self,
        request: Request<VaultRequest>,
    ) -> Result<Response<Replies>, Status> {
        self.list(request)
    }

    async fn list_viewer(
        &self,
        request: Request<VaultRequest>,
    ) -> Result<Response<Replies>, Status> {
        self.list(request)
    }

    async fn list_admin(
        &self,
        request: Request<VaultRequest>,
    ) -> Result<Response<Replies>, Status> {
        self.list(request)
    }

    async fn collect_public(&self, request: Request<Streaming<VaultRequest>>) -> Unary {
        self.collect(request).await
    }

    async fn collect_viewer(&self, request: Request<Streaming<VaultRequest>>) -> Unary {
        self.collect(request).await
    }

    async fn collect_admin(&self, request: Request<Streaming<VaultRequest>>) -> Unary {
        self.collect(request).await
    }

    async fn watch_public(
        &self,
        request: Request<Streaming<VaultRequest>>,
    ) -> Result<Response<Replies>, Status> {
        Ok(self.watch(request))
    }

    async fn watch_viewer(
        &self,
        request: Request<Streaming<VaultRequest>>,
    ) -> Result<Response<Replies>, Status> {
        Ok(self.watch(request))
    }

    async fn watch_admin(
        &self,
        request: Request<Streaming<VaultRequest>>,
    ) -> Result<Response<Replies>, Status> {
        Ok(self.watch(request))
    }
}
