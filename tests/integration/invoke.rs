//! `invoke` against peers that misbehave, each a row: what the peer does, and how the RPC must end.

use std::time::Duration;

use bytes::Bytes;
use grpcauth::internals::Answer;
use grpcauth::internals::Buffered;
use grpcauth::internals::Channel;
use grpcauth::internals::Collected;
use grpcauth::internals::Ended;
use grpcauth::internals::Interruption;
use grpcauth::internals::Rpc;
use grpcauth::internals::invoke;
use http::header::HeaderValue;
use tokio::io::DuplexStream;
use tokio::time::Instant;

use crate::raw_http2;
use crate::raw_http2::Received;
use crate::raw_http2::Step;
use crate::raw_http2::fields;

mod anything;
mod connections;
mod details;
mod gateways;
mod json;
mod json_types;
mod kinds;
mod messages;
mod statuses;

/// A peer's behaviour and the end that it must have.
struct Row {
    name: &'static str,
    /// Whether the method streams its answers; otherwise it is unary.
    streaming: bool,
    script: Vec<Step>,
    /// As [`outcome`] writes it, then the faults' names.
    expected: &'static str,
}

fn unary(name: &'static str, script: Vec<Step>, expected: &'static str) -> Row {
    Row {
        name,
        streaming: false,
        script,
        expected,
    }
}

fn streaming(name: &'static str, script: Vec<Step>, expected: &'static str) -> Row {
    Row {
        streaming: true,
        ..unary(name, script, expected)
    }
}

/// What came of a row.
pub struct Played {
    pub answer: Answer,
    messages: Vec<Bytes>,
    received: Vec<Received>,
}

/// Plays every row and shows all that differ.
async fn check(rows: Vec<Row>) {
    let mut wrong = Vec::new();
    for row in rows {
        let played = play(&row.script, row.streaming).await;
        let outcome = outcome(&played.answer);
        if outcome != row.expected {
            wrong.push(format!(
                "{}:\n  expected {}\n  got      {outcome}\n  {:?}",
                row.name, row.expected, played.answer.outcome
            ));
        }
    }
    assert!(wrong.is_empty(), "{}", wrong.join("\n"));
}

/// Calls a peer that plays `script` once the request's headers are there, with a deadline of 5 s.
pub async fn play(script: &[Step], server_streaming: bool) -> Played {
    let mut rpc = Rpc::unary("/test.Service/Method");
    rpc.server_streaming = server_streaming;
    rpc.deadline = Some(Instant::now() + Duration::from_secs(5));
    let awaits = script
        .iter()
        .any(|step| matches!(step, Step::AwaitHeaders | Step::AwaitEnd));
    let mut whole = Vec::new();
    if !awaits {
        whole.extend([Step::Settings(Vec::new()), Step::AwaitHeaders]);
    }
    whole.extend_from_slice(script);
    call(&whole, rpc).await
}

async fn call(script: &[Step], rpc: Rpc) -> Played {
    let (client, server) = tokio::io::duplex(1 << 22);
    let peer = tokio::spawn(raw_http2::play(server, raw_http2::bytes(script, 1)));
    let channel = connect(client).await;
    // Lets the connection see what the peer sends of its own accord.
    tokio::task::yield_now().await;
    let mut responses = Collected::default();
    let answer = invoke(&channel, rpc, Buffered::one("request"), &mut responses)
        .await
        .unwrap();
    drop(channel);
    let received = peer.await.unwrap();
    Played {
        answer,
        messages: responses.messages,
        received,
    }
}

pub async fn connect(io: DuplexStream) -> Channel {
    let (send_request, connection) = h2::client::Builder::new()
        .initial_window_size(1 << 20)
        .initial_connection_window_size(2 << 20)
        .data_frame_budget(32 << 20)
        .max_header_list_size(64 * 1024)
        .handshake(io)
        .await
        .unwrap();
    tokio::spawn(async move {
        let _ = connection.await;
    });
    Channel {
        send_request,
        scheme: "http",
        authority: "peer.test".into(),
        user_agent: HeaderValue::from_static("test"),
        streams: Default::default(),
    }
}

/// `16 Server` or `Reset { code: 7, by_peer: true } BeforeHeaders`, then the names of the faults.
fn outcome(answer: &Answer) -> String {
    let mut outcome = match &answer.outcome {
        Ended::Status {
            status,
            answered_by,
        } => format!("{} {answered_by:?}", status.code.0),
        Ended::NoStatus(no_status) => match &no_status.cause {
            Interruption::ConnectionLost { io_kind, .. } => {
                format!("ConnectionLost {io_kind:?} {:?}", no_status.after)
            }
            cause => format!("{cause:?} {:?}", no_status.after),
        },
        Ended::Stopped => "Stopped".into(),
    };
    for fault in &answer.faults {
        let fault = format!("{fault:?}");
        let name = fault.split([' ', '(']).next().unwrap_or_default();
        outcome.push_str(", ");
        outcome.push_str(name);
    }
    outcome
}

pub(crate) fn headers(pairs: &[(&str, &str)]) -> Step {
    Step::Headers {
        fields: fields(pairs),
        end: false,
    }
}

/// Response headers of a good gRPC answer.
pub(crate) fn grpc_headers() -> Step {
    headers(&[(":status", "200"), ("content-type", "application/grpc")])
}

pub(crate) fn trailers(pairs: &[(&str, &str)]) -> Step {
    Step::Headers {
        fields: fields(pairs),
        end: true,
    }
}

/// A gRPC answer in one block.
pub(crate) fn trailers_only(pairs: &[(&str, &str)]) -> Step {
    let base = [(":status", "200"), ("content-type", "application/grpc")];
    trailers(&[&base, pairs].concat())
}

pub(crate) fn data(octets: impl Into<Vec<u8>>) -> Step {
    Step::Data {
        octets: octets.into(),
        end: false,
    }
}

pub(crate) fn last_data(octets: impl Into<Vec<u8>>) -> Step {
    Step::Data {
        octets: octets.into(),
        end: true,
    }
}

/// A message in its frame.
pub(crate) fn message(payload: &[u8]) -> Vec<u8> {
    framed(0, payload)
}

pub(crate) fn framed(flag: u8, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    [&[flag][..], &length, payload].concat()
}
