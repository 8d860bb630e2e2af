//! Reflection servers in this process, behind a line with a round trip of 100 ms on a paused clock:
//! what a call takes by that clock is its number of round trips.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::time::Duration;

use bytes::Bytes;
use http::HeaderValue;
use hyper_util::rt::TokioExecutor;
use hyper_util::rt::TokioIo;
use hyper_util::service::TowerToHyperService;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::io::DuplexStream;
use tokio::io::ReadHalf;
use tokio::io::WriteHalf;
use tokio::sync::mpsc;
use tokio::time::Instant;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Request;
use tonic::Response;
use tonic::Status;
use tonic::Streaming;
use tonic::service::Routes;
use tonic_reflection::pb::v1::ErrorResponse;
use tonic_reflection::pb::v1::FileDescriptorResponse;
use tonic_reflection::pb::v1::ListServiceResponse;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::ServerReflectionResponse;
use tonic_reflection::pb::v1::ServiceResponse;
use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use tonic_reflection::pb::v1::server_reflection_server::ServerReflection;
use tonic_reflection::pb::v1::server_reflection_server::ServerReflectionServer;

use crate::invoke::Channel;

/// There and back.
pub const ROUND_TRIP: Duration = Duration::from_millis(100);

/// A channel to `routes` over the slow line.
pub async fn connect(routes: Routes) -> Channel {
    let (client, near) = tokio::io::duplex(1 << 20);
    let (far, server) = tokio::io::duplex(1 << 20);
    let (near_read, near_write) = tokio::io::split(near);
    let (far_read, far_write) = tokio::io::split(far);
    tokio::spawn(relay(near_read, far_write));
    tokio::spawn(relay(far_read, near_write));
    let service = TowerToHyperService::new(routes.prepare());
    tokio::spawn(
        hyper::server::conn::http2::Builder::new(TokioExecutor::new())
            .serve_connection(TokioIo::new(server), service),
    );
    let (send_request, connection) = h2::client::Builder::new()
        .initial_window_size(1 << 21)
        .initial_connection_window_size(1 << 21)
        .handshake(client)
        .await
        .unwrap();
    tokio::spawn(connection);
    Channel {
        send_request,
        scheme: "http",
        authority: "test".to_owned(),
        user_agent: HeaderValue::from_static("test"),
        streams: Default::default(),
    }
}

/// Passes on what it reads, half a round trip later.
async fn relay(mut from: ReadHalf<DuplexStream>, mut to: WriteHalf<DuplexStream>) {
    let (sender, mut chunks) = mpsc::unbounded_channel::<(Instant, Vec<u8>)>();
    tokio::spawn(async move {
        while let Some((due, chunk)) = chunks.recv().await {
            tokio::time::sleep_until(due).await;
            if to.write_all(&chunk).await.is_err() {
                return;
            }
        }
    });
    let mut buffer = vec![0; 1 << 16];
    while let Ok(length @ 1..) = from.read(&mut buffer).await {
        let due = Instant::now() + ROUND_TRIP / 2;
        if sender.send((due, buffer[..length].to_vec())).is_err() {
            return;
        }
    }
}

/// tonic's own server: it sends one file at a time, and ends the stream at a missing symbol.
pub fn tonic(set: &[u8], v1: bool, v1alpha: bool) -> Routes {
    let builder =
        || tonic_reflection::server::Builder::configure().register_encoded_file_descriptor_set(set);
    let mut routes = Routes::default();
    if v1 {
        routes = routes.add_service(builder().build_v1().unwrap());
    }
    if v1alpha {
        routes = routes.add_service(builder().build_v1alpha().unwrap());
    }
    routes
}

/// What a scripted server does about one question.
#[derive(Clone)]
pub enum Act {
    Answer(MessageResponse),
    Fail(Status),
    /// Ends the stream with OK.
    End,
    Silence,
    /// Answers for ever.
    Flood(MessageResponse),
}

type Script = Arc<dyn Fn(MessageRequest) -> Act + Send + Sync>;

/// A v1 server that answers by a script; v1alpha is absent.
pub fn scripted(script: impl Fn(MessageRequest) -> Act + Send + Sync + 'static) -> Routes {
    let server = Scripted {
        refusal: None,
        script: Arc::new(script),
    };
    Routes::new(ServerReflectionServer::new(server))
}

/// A v1 server that refuses every call at once.
pub fn refusing(status: Status) -> Routes {
    let server = Scripted {
        refusal: Some(status),
        script: Arc::new(|_| Act::Silence),
    };
    Routes::new(ServerReflectionServer::new(server))
}

struct Scripted {
    refusal: Option<Status>,
    script: Script,
}

type Answers = mpsc::Sender<Result<ServerReflectionResponse, Status>>;
type Boxed<'f, T> = Pin<Box<dyn Future<Output = T> + Send + 'f>>;

impl ServerReflection for Scripted {
    type ServerReflectionInfoStream = ReceiverStream<Result<ServerReflectionResponse, Status>>;

    fn server_reflection_info<'s, 'f>(
        &'s self,
        request: Request<Streaming<ServerReflectionRequest>>,
    ) -> Boxed<'f, Result<Response<Self::ServerReflectionInfoStream>, Status>>
    where
        's: 'f,
        Self: 'f,
    {
        if let Some(status) = &self.refusal {
            let status = status.clone();
            return Box::pin(async move { Err(status) });
        }
        let (answers, stream) = mpsc::channel(4);
        tokio::spawn(play(request.into_inner(), self.script.clone(), answers));
        Box::pin(async move { Ok(Response::new(ReceiverStream::new(stream))) })
    }
}

async fn play(mut questions: Streaming<ServerReflectionRequest>, script: Script, answers: Answers) {
    let wrap = |answer| {
        Ok(ServerReflectionResponse {
            message_response: Some(answer),
            ..ServerReflectionResponse::default()
        })
    };
    while let Some(Ok(question)) = questions.next().await {
        let act = script(question.message_request.unwrap());
        let sent = match act {
            Act::Answer(answer) => answers.send(wrap(answer)).await,
            Act::Fail(status) => {
                let _ = answers.send(Err(status)).await;
                return;
            }
            Act::End => return,
            Act::Silence => std::future::pending().await,
            Act::Flood(answer) => loop {
                if answers.send(wrap(answer.clone())).await.is_err() {
                    return;
                }
            },
        };
        if sent.is_err() {
            return;
        }
    }
}

pub fn files(files: Vec<Vec<u8>>) -> Act {
    Act::Answer(MessageResponse::FileDescriptorResponse(
        FileDescriptorResponse {
            file_descriptor_proto: files,
        },
    ))
}

pub fn services(names: &[&str]) -> Act {
    let service = names.iter().map(|name| ServiceResponse {
        name: (*name).to_owned(),
    });
    Act::Answer(MessageResponse::ListServicesResponse(ListServiceResponse {
        service: service.collect(),
    }))
}

pub fn error(code: i32, message: &str) -> Act {
    Act::Answer(MessageResponse::ErrorResponse(ErrorResponse {
        error_code: code,
        error_message: message.to_owned(),
    }))
}

/// The files of a set, one by one.
pub fn split(set: &[u8]) -> Vec<Vec<u8>> {
    let set = crate::describe::descriptor_set::LazySet::scan(set).unwrap();
    let files = set.files().iter();
    files
        .map(|file| Bytes::copy_from_slice(file.bytes).into())
        .collect()
}
