//! Ready-made answers in place of the services': everything else is answered as ever.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::BufMut as _;
use bytes::Bytes;
use bytes::BytesMut;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::HeaderMap;
use http::HeaderName;
use http::HeaderValue;
use http::Response;
use http::header;
use http::header::CONTENT_TYPE;
use http_body_util::StreamBody;
use hyper::body::Frame;
use prost::Message as _;
use time::Duration;
use tonic::Code;
use tonic::Status;
use tonic::body::Body;

use super::Answer;
use super::Inside;
use super::grpc;
use crate::clock;
use crate::lab::connection::Connection;
use crate::lab::generated::lab_v1::VaultReply;
use crate::lab::interceptors::Guarded;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

/// What a path is answered with.
type Make = dyn Fn(&str) -> Response<Body> + Send + Sync;

/// The services, and what answers in their place.
#[derive(Clone)]
struct Canned {
    guarded: Guarded,
    prefix: &'static str,
    make: Arc<Make>,
}

/// Headers or trailers, in this order; a name may stand twice.
pub(super) type Fields<'a> = &'a [(&'static str, &'a str)];

/// These answers for paths that begin so.
pub(super) fn instead_of(
    inside: &Inside,
    prefix: &'static str,
    make: impl Fn(&str) -> Response<Body> + Send + Sync + 'static,
) -> anyhow::Result<Arc<dyn Answer>> {
    Ok(Arc::new(Canned {
        guarded: grpc::guarded(inside, Reflection::Both, Role::Public)?,
        prefix,
        make: Arc::new(make),
    }))
}

/// These answers for every method of the Vault.
pub(super) fn vault(
    inside: &Inside,
    make: impl Fn(&str) -> Response<Body> + Send + Sync + 'static,
) -> anyhow::Result<Arc<dyn Answer>> {
    instead_of(inside, "/lab.v1.Vault/", make)
}

/// The Vault answers well, and its clock says that it is 30 days ago.
pub(super) fn a_month_behind(inside: &Inside) -> anyhow::Result<Arc<dyn Answer>> {
    let then = inside.world.clock.now() - Duration::days(30);
    let date: HeaderValue = clock::http_date(then).parse()?;
    vault(inside, move |path| {
        let mut response = reply(path, &[("grpc-status", "0")]);
        response.headers_mut().insert(header::DATE, date.clone());
        response
    })
}

impl Answer for Canned {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let canned = self.clone();
        let peer = connection.peer.clone();
        connection.http2(move |request| {
            let (canned, peer) = (canned.clone(), peer.clone());
            async move {
                let path = request.uri().path();
                match path.starts_with(canned.prefix) {
                    true => (canned.make)(path),
                    false => canned.guarded.answer(request, &peer).await,
                }
            }
        })
    }
}

/// A status alone, with these headers beside it.
pub(super) fn ended(code: Code, message: &str, headers: Fields) -> Response<Body> {
    let mut response = Status::new(code, message).into_http();
    response.headers_mut().extend(fields(headers));
    response
}

/// One reply, and these trailers; none: the body ends after the message.
pub(super) fn reply(path: &str, trailers: Fields) -> Response<Body> {
    answer(vec![message(path)], fields(trailers))
}

/// Two replies where one is due.
pub(super) fn two_messages(path: &str) -> Response<Body> {
    answer(vec![message(path), message(path)], fields(OK))
}

/// A message with the compressed flag, in an encoding that nobody offered.
pub(super) fn compressed(_: &str) -> Response<Body> {
    let mut response = answer(vec![framed(1, b"(\xb5/\xfd")], fields(OK));
    let encoding = HeaderValue::from_static("zstd");
    response.headers_mut().insert("grpc-encoding", encoding);
    response
}

/// A message whose first field says that more follows than does.
pub(super) fn undecodable(_: &str) -> Response<Body> {
    answer(vec![framed(0, b"\x0a\x7flab")], fields(OK))
}

/// A reply that says, in words, that something was denied.
pub(super) fn denial_in_message(path: &str) -> Response<Body> {
    let said = VaultReply {
        cancel_reason: "rpc error: code = PermissionDenied desc = permission denied".to_owned(),
        ..vault_reply(path)
    };
    answer(vec![framed(0, &said.encode_to_vec())], fields(OK))
}

/// Headers, and then nothing.
pub(super) fn never_ending() -> Response<Body> {
    grpc_response(Body::new(StreamBody::new(stream::pending::<
        Result<Frame<Bytes>, Infallible>,
    >())))
}

const OK: Fields = &[("grpc-status", "0")];

fn message(path: &str) -> Bytes {
    framed(0, &vault_reply(path).encode_to_vec())
}

fn vault_reply(path: &str) -> VaultReply {
    VaultReply {
        method: path.trim_start_matches('/').to_owned(),
        text: "sent before the status".to_owned(),
        number: 1,
        ..VaultReply::default()
    }
}

/// A Length-Prefixed-Message: the compressed flag, four octets of length, the message.
fn framed(flag: u8, message: &[u8]) -> Bytes {
    let length = u32::try_from(message.len()).expect("a short message");
    let mut frame = BytesMut::new();
    frame.put_u8(flag);
    frame.put_u32(length);
    frame.put_slice(message);
    frame.freeze()
}

fn answer(messages: Vec<Bytes>, trailers: HeaderMap) -> Response<Body> {
    let mut frames: Vec<Frame<Bytes>> = messages.into_iter().map(Frame::data).collect();
    if !trailers.is_empty() {
        frames.push(Frame::trailers(trailers));
    }
    let frames = frames.into_iter().map(Ok::<_, Infallible>);
    grpc_response(Body::new(StreamBody::new(stream::iter(frames))))
}

fn grpc_response(body: Body) -> Response<Body> {
    let mut response = Response::new(body);
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

fn fields(fields: Fields) -> HeaderMap {
    let mut map = HeaderMap::new();
    for (name, value) in fields {
        let value = HeaderValue::from_str(value).expect("the lab's values are ASCII");
        map.append(HeaderName::from_static(name), value);
    }
    map
}
