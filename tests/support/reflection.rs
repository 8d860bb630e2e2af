//! A reflection server that does what a script says, on loopback, for the built binary to meet.

use std::future::Future;
use std::pin::Pin;
use std::sync::Arc;
use std::sync::mpsc;
use std::thread::JoinHandle;

use prost::Message as _;
use prost_reflect::prost_types::FileDescriptorProto;
use prost_reflect::prost_types::FileDescriptorSet;
use tokio::sync::oneshot;
use tokio_stream::StreamExt as _;
use tokio_stream::wrappers::ReceiverStream;
use tonic::Request;
use tonic::Response;
use tonic::Status;
use tonic::Streaming;
use tonic_reflection::pb::v1::ErrorResponse;
use tonic_reflection::pb::v1::FileDescriptorResponse;
use tonic_reflection::pb::v1::ListServiceResponse;
use tonic_reflection::pb::v1::ServerReflectionRequest;
use tonic_reflection::pb::v1::ServerReflectionResponse;
use tonic_reflection::pb::v1::ServiceResponse;
pub use tonic_reflection::pb::v1::server_reflection_request::MessageRequest;
use tonic_reflection::pb::v1::server_reflection_response::MessageResponse;
use tonic_reflection::pb::v1::server_reflection_server::ServerReflection;
use tonic_reflection::pb::v1::server_reflection_server::ServerReflectionServer;

/// What the server does about one question.
#[derive(Clone)]
pub enum Act {
    Answer(MessageResponse),
    Fail(Status),
    Silence,
    /// Answers for ever.
    Flood(MessageResponse),
}

type Script = Arc<dyn Fn(MessageRequest) -> Act + Send + Sync>;

/// A server that ends with the test.
pub struct Server {
    pub address: String,
    stop: Option<oneshot::Sender<()>>,
    thread: Option<JoinHandle<()>>,
}

impl Server {
    /// Reflection v1 by a script; v1alpha is absent.
    pub fn start(script: impl Fn(MessageRequest) -> Act + Send + Sync + 'static) -> Self {
        let (opened, ready) = mpsc::channel();
        let (stop, stopped) = oneshot::channel();
        let script: Script = Arc::new(script);
        let thread = std::thread::spawn(move || {
            let runtime = tokio::runtime::Builder::new_current_thread()
                .enable_all()
                .build()
                .unwrap();
            runtime.block_on(serve(script, opened, stopped));
            runtime.shutdown_background();
        });
        Self {
            address: ready.recv().unwrap(),
            stop: Some(stop),
            thread: Some(thread),
        }
    }
}

impl Drop for Server {
    fn drop(&mut self) {
        drop(self.stop.take());
        if let Some(thread) = self.thread.take() {
            let _ = thread.join();
        }
    }
}

async fn serve(script: Script, opened: mpsc::Sender<String>, mut stopped: oneshot::Receiver<()>) {
    let listener = tokio::net::TcpListener::bind("127.0.0.1:0").await.unwrap();
    opened
        .send(listener.local_addr().unwrap().to_string())
        .unwrap();
    let routes = tonic::service::Routes::new(ServerReflectionServer::new(Scripted { script }));
    let service = hyper_util::service::TowerToHyperService::new(routes.prepare());
    loop {
        let (socket, _) = tokio::select! {
            accepted = listener.accept() => accepted.unwrap(),
            _ = &mut stopped => return,
        };
        let service = service.clone();
        tokio::spawn(async move {
            let _ = hyper::server::conn::http2::Builder::new(hyper_util::rt::TokioExecutor::new())
                .serve_connection(hyper_util::rt::TokioIo::new(socket), service)
                .await;
        });
    }
}

struct Scripted {
    script: Script,
}

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
        let script = self.script.clone();
        Box::pin(async move {
            let (answers, stream) = tokio::sync::mpsc::channel(4);
            tokio::spawn(play(request.into_inner(), script, answers));
            Ok(Response::new(ReceiverStream::new(stream)))
        })
    }
}

type Answers = tokio::sync::mpsc::Sender<Result<ServerReflectionResponse, Status>>;

async fn play(mut questions: Streaming<ServerReflectionRequest>, script: Script, answers: Answers) {
    let wrap = |answer| {
        Ok(ServerReflectionResponse {
            message_response: Some(answer),
            ..ServerReflectionResponse::default()
        })
    };
    while let Some(Ok(question)) = questions.next().await {
        let sent = match script(question.message_request.unwrap()) {
            Act::Answer(answer) => answers.send(wrap(answer)).await,
            Act::Fail(status) => {
                let _ = answers.send(Err(status)).await;
                return;
            }
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

pub fn files(files: Vec<Vec<u8>>) -> MessageResponse {
    MessageResponse::FileDescriptorResponse(FileDescriptorResponse {
        file_descriptor_proto: files,
    })
}

pub fn services(names: impl IntoIterator<Item = impl Into<String>>) -> MessageResponse {
    let service = names
        .into_iter()
        .map(|name| ServiceResponse { name: name.into() });
    MessageResponse::ListServicesResponse(ListServiceResponse {
        service: service.collect(),
    })
}

pub fn error(code: i32, message: &str) -> MessageResponse {
    MessageResponse::ErrorResponse(ErrorResponse {
        error_code: code,
        error_message: message.to_owned(),
    })
}

/// A server that has these files, and sends them one by one.
pub fn honest(set: FileDescriptorSet, known: &'static [&'static str]) -> Server {
    let declares = |file: &FileDescriptorProto, symbol: &str| {
        let local = symbol.strip_prefix(&format!("{}.", file.package()));
        let outermost = local.and_then(|local| local.split('.').next());
        let names = file.service.iter().map(|service| service.name());
        let names = names.chain(file.message_type.iter().map(|message| message.name()));
        outermost.is_some_and(|wanted| names.into_iter().any(|name| name == wanted))
    };
    Server::start(move |question| {
        let wanted = match &question {
            MessageRequest::ListServices(_) => return Act::Answer(services(known.iter().copied())),
            MessageRequest::FileContainingSymbol(symbol) => {
                set.file.iter().find(|file| declares(file, symbol))
            }
            MessageRequest::FileByFilename(name) => {
                set.file.iter().find(|file| file.name() == name)
            }
            _ => None,
        };
        Act::Answer(match wanted {
            Some(file) => files(vec![file.encode_to_vec()]),
            None => error(5, "not found"),
        })
    })
}
