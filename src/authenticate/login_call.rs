//! A login that is an RPC: over a connection of its own, without the credential that it is to bring.

use std::sync::Arc;
use std::time::Duration;

use http::HeaderValue;
use serde_json::Value;
use tokio::time::Instant;

use crate::authenticate::token_fault::RpcFault;
use crate::authenticate::token_fault::TokenFault;
use crate::connect;
use crate::connect::Connection;
use crate::connect::Endpoint;
use crate::connect::Failure;
use crate::connect::HandshakeReport;
use crate::connect::endpoint::Location;
use crate::describe::Described;
use crate::describe::NotDescribed;
use crate::describe::given::Given;
use crate::describe::method::MethodName;
use crate::describe::protoset;
use crate::describe::reflection;
use crate::invoke;
use crate::invoke::Answer;
use crate::invoke::Buffered;
use crate::invoke::Channel;
use crate::invoke::Collected;
use crate::invoke::Ended;
use crate::invoke::Rpc;
use crate::invoke::json::Decoder;
use crate::invoke::json::Encoder;
use crate::metadata::Metadata;
use crate::status::StatusCode;
use crate::x509::Crls;
use crate::x509::TrustAnchors;

/// How a login RPC is made: what the plan has settled.
#[derive(Debug)]
pub(crate) struct RpcSettings {
    pub endpoint: Endpoint,
    /// Where it is made, as it was written.
    pub target: String,
    pub user_agent: HeaderValue,
    pub connect_timeout: Duration,
    /// How long a login may take, its connection included.
    pub time_limit: Duration,
    /// Descriptors in files; empty: reflection is asked.
    pub given: Given,
    pub reflection: bool,
}

/// The record of one login RPC.
#[derive(Debug)]
pub struct LoginCall {
    /// `package.Service/Method`, in full where that was found out.
    pub method: String,
    pub target: String,
    pub host: String,
    pub port: u16,
    /// What the server's chain was verified against.
    pub anchors: Arc<TrustAnchors>,
    pub crls: Arc<Crls>,
    pub handshake: HandshakeReport,
    /// `None`: it was not called.
    pub answer: Option<Answer>,
    pub took: Duration,
}

impl LoginCall {
    fn new(settings: &RpcSettings, method: &str, handshake: HandshakeReport) -> Self {
        let (host, port) = match &settings.endpoint.location {
            Location::Tcp { host, port, .. } => (host.clone(), *port),
            Location::Unix(path) => (path.display().to_string(), 0),
        };
        let tls = settings.endpoint.channel.tls();
        Self {
            method: method.to_owned(),
            target: settings.target.clone(),
            host,
            port,
            anchors: tls.map(|tls| Arc::clone(&tls.anchors)).unwrap_or_default(),
            crls: tls.map(|tls| Arc::clone(&tls.crls)).unwrap_or_default(),
            handshake,
            answer: None,
            took: Duration::ZERO,
        }
    }
}

/// Calls `method` with `data`, and `metadata` where a credential has to go along.
///
/// # Errors
/// Why there is no message that answers.
pub(crate) async fn call(
    settings: &RpcSettings,
    method: &str,
    data: &Value,
    metadata: Metadata,
    calls: &mut Vec<LoginCall>,
) -> Result<Value, TokenFault> {
    let began = Instant::now();
    let by = began + settings.connect_timeout.min(settings.time_limit);
    let (connection, handshake) = connect::connect(&settings.endpoint, by).await;
    let mut record = LoginCall::new(settings, method, handshake);
    let outcome = match connection {
        None => Err(match record.handshake.failure {
            Some(Failure::NotLoopback) => RpcFault::Plaintext,
            _ => RpcFault::NoConnection,
        }),
        Some(connection) => {
            let outcome = over(&connection, settings, data, metadata, began, &mut record).await;
            connection.update(&mut record.handshake);
            connection.close().await;
            outcome
        }
    };
    record.took = began.elapsed();
    calls.push(record);
    outcome.map_err(|fault| TokenFault::Rpc(Box::new(fault)))
}

async fn over(
    connection: &Connection,
    settings: &RpcSettings,
    data: &Value,
    metadata: Metadata,
    began: Instant,
    record: &mut LoginCall,
) -> Result<Value, RpcFault> {
    let deadline = began + settings.time_limit;
    let channel = Channel {
        send_request: connection.send_request(),
        scheme: connection.scheme(),
        authority: connection.authority().to_owned(),
        user_agent: settings.user_agent.clone(),
        streams: connection.streams(),
    };
    let described = describe(settings, &channel, &metadata, &record.method, deadline).await?;
    record.method.clone_from(&described.full_name_used);
    let encoder = Encoder::new(described.method.input(), false);
    let messages = encoder
        .encode_all(&data.to_string())
        .map_err(|bad| RpcFault::NotCallable {
            why: format!("the login's data do not fit its request: {}", bad.message),
        })?;
    let rpc = Rpc {
        metadata,
        deadline: Some(deadline),
        ..Rpc::unary(format!("/{}", described.full_name_used))
    };
    let mut collected = Collected::default();
    let answer = invoke::invoke(&channel, rpc, Buffered::new(messages), &mut collected)
        .await
        .map_err(|trouble| RpcFault::NotCallable {
            why: trouble.to_string(),
        })?;
    let is_ok =
        matches!(&answer.outcome, Ended::Status { status, .. } if status.code == StatusCode::OK);
    let answer = answer.among_tokens();
    record.answer = Some(answer.clone());
    let Some(message) = collected.messages.first().filter(|_| is_ok) else {
        return Err(RpcFault::Refused(Box::new(answer)));
    };
    Decoder::new(described.method.output(), false)
        .value(message)
        .map_err(|_| RpcFault::NotCallable {
            why: "its answer cannot be decoded by its own descriptor".to_owned(),
        })
}

async fn describe(
    settings: &RpcSettings,
    channel: &Channel,
    metadata: &Metadata,
    method: &str,
    deadline: Instant,
) -> Result<Described, RpcFault> {
    let name = MethodName::parse(method).map_err(|error| RpcFault::NotCallable {
        why: error.to_string(),
    })?;
    let described = match settings.reflection {
        false => protoset::from_files(&settings.given, &name),
        true => {
            let by = Some(deadline);
            reflection::beside_files(channel, metadata, &settings.given, &name, by).await
        }
    };
    described.map_err(|failure| match failure {
        NotDescribed::Refused { answer, .. } => RpcFault::NotCallable {
            why: format!(
                "reflection was refused ({}); give its descriptors with --protoset or --proto",
                code(&answer)
            ),
        },
        NotDescribed::Absent { .. } => RpcFault::NotCallable {
            why: "the server has no reflection; give its descriptors with --protoset or --proto"
                .to_owned(),
        },
        NotDescribed::Broken { what } => RpcFault::NotCallable {
            why: format!("reflection is broken: {what}"),
        },
        NotDescribed::BadFile { what, .. } | NotDescribed::Unsupported { what, .. } => {
            RpcFault::NotCallable { why: what }
        }
        _ => RpcFault::NotCallable {
            why: format!("there is no method {}", crate::text::escape(method)),
        },
    })
}

fn code(answer: &Answer) -> String {
    match &answer.outcome {
        Ended::Status { status, .. } => status.code.name(),
        Ended::NoStatus(_) | Ended::Stopped => "no status".to_owned(),
    }
}
