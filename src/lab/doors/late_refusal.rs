//! A server that sends a message first and then says, in the trailers, that the caller is refused.

use std::convert::Infallible;
use std::sync::Arc;

use bytes::BufMut as _;
use bytes::Bytes;
use bytes::BytesMut;
use futures_util::future::BoxFuture;
use futures_util::stream;
use http::HeaderMap;
use http::HeaderValue;
use http::Response;
use http::header::CONTENT_TYPE;
use http_body_util::StreamBody;
use hyper::body::Frame;
use prost::Message as _;
use tonic::Status;
use tonic::body::Body;

use super::Answer;
use super::Inside;
use super::grpc;
use crate::lab::connection::Connection;
use crate::lab::generated::lab_v1::VaultReply;
use crate::lab::interceptors::Guarded;
use crate::lab::services::Reflection;
use crate::lab::users::Role;

struct LateRefusal(Guarded);

/// Reflection and health as ever; every method of the Vault refuses too late.
pub fn open(inside: &Inside) -> anyhow::Result<Arc<dyn Answer>> {
    let guarded = grpc::guarded(inside, Reflection::Both, Role::Public)?;
    Ok(Arc::new(LateRefusal(guarded)))
}

impl Answer for LateRefusal {
    fn serve(&self, connection: Connection) -> BoxFuture<'static, ()> {
        let guarded = self.0.clone();
        let peer = connection.peer.clone();
        connection.http2(move |request| {
            let (guarded, peer) = (guarded.clone(), peer.clone());
            async move {
                if request.uri().path().starts_with("/lab.v1.Vault/") {
                    refuse_late(request.uri().path())
                } else {
                    guarded.answer(request, &peer).await
                }
            }
        })
    }
}

fn refuse_late(path: &str) -> Response<Body> {
    let reply = VaultReply {
        method: path.trim_start_matches('/').to_owned(),
        text: "sent before the refusal".to_owned(),
        number: 1,
        ..VaultReply::default()
    };
    let mut trailers = HeaderMap::new();
    Status::unauthenticated("credential refused after the first message")
        .add_header(&mut trailers)
        .expect("this status is a header");
    let frames = [Frame::data(framed(&reply)), Frame::trailers(trailers)];
    let frames = stream::iter(frames.map(Ok::<_, Infallible>));
    let mut response = Response::new(Body::new(StreamBody::new(frames)));
    response
        .headers_mut()
        .insert(CONTENT_TYPE, HeaderValue::from_static("application/grpc"));
    response
}

/// A Length-Prefixed-Message: not compressed, four bytes of length, the message.
fn framed(message: &VaultReply) -> Bytes {
    let length = u32::try_from(message.encoded_len()).expect("a short message");
    let mut frame = BytesMut::new();
    frame.put_u8(0);
    frame.put_u32(length);
    message
        .encode(&mut frame)
        .expect("a BytesMut grows as it is written to");
    frame.freeze()
}
