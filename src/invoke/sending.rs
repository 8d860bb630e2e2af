//! The sending half of an RPC: frames, compression, flow control.

use std::future::poll_fn;
use std::sync::atomic::AtomicBool;
use std::sync::atomic::AtomicU64;
use std::sync::atomic::Ordering::Relaxed;

use bytes::BufMut;
use bytes::Bytes;
use bytes::BytesMut;
use h2::SendStream;
use h2::client::SendRequest;

use crate::invoke::Requests;
use crate::invoke::compression;
use crate::invoke::framing;
use crate::invoke::framing::PREFIX;
use crate::invoke::rpc::NotARequest;
use crate::invoke::rpc::Rpc;
use crate::invoke::rpc::Trouble;

/// Up to this size a message is copied behind its prefix, so that one DATA frame carries both.
const COPIED: usize = 16 * 1024 - PREFIX;

/// What has left, as the receiving half needs to know it.
#[derive(Debug, Default)]
pub(crate) struct Sent {
    /// The stream was opened, not held back by SETTINGS_MAX_CONCURRENT_STREAMS.
    pub opened: AtomicBool,
    /// Messages handed to the connection whole.
    pub messages: AtomicU64,
    /// The next message is being waited for: the silence is ours, not the peer's.
    pub awaits_input: AtomicBool,
}

/// Waits until the connection takes a request, or until the one just made was let out.
pub(crate) async fn ready(opener: &mut SendRequest<Bytes>) -> Result<(), h2::Error> {
    poll_fn(|cx| opener.poll_ready(cx)).await
}

/// Sends the messages and ends the sending side. When the stream fails, this only stops: the
/// receiving half learns why.
pub(crate) async fn send_all<Q: Requests>(
    mut opener: SendRequest<Bytes>,
    mut stream: SendStream<Bytes>,
    mut requests: Q,
    rpc: &Rpc,
    sent: &Sent,
) -> Result<(), Trouble<Q::Error>> {
    // An error here is the connection's, such as a GOAWAY that still lets this stream end.
    let _ = ready(&mut opener).await;
    sent.opened.store(true, Relaxed);
    drop(opener);
    while let Some(message) = next(&mut requests, sent).await {
        let message = message.map_err(Trouble::Input)?;
        let last = !rpc.client_streaming;
        let (head, rest) = frame(message, rpc.compress).map_err(Trouble::Request)?;
        let head_ends = last && rest.is_empty();
        if send(&mut stream, head, head_ends).await.is_none()
            || !rest.is_empty() && send(&mut stream, rest, last).await.is_none()
        {
            return Ok(());
        }
        sent.messages.fetch_add(1, Relaxed);
        if last {
            return Ok(());
        }
    }
    // Fails only on a stream that is closed already.
    let _ = stream.send_data(Bytes::new(), true);
    Ok(())
}

/// The next message, the wait for it noted.
async fn next<Q: Requests>(requests: &mut Q, sent: &Sent) -> Option<Result<Bytes, Q::Error>> {
    sent.awaits_input.store(true, Relaxed);
    let message = requests.next().await;
    sent.awaits_input.store(false, Relaxed);
    message
}

/// A message as framed, in one part or, if it is large, two.
fn frame(message: Bytes, compress: bool) -> Result<(Bytes, Bytes), NotARequest> {
    let compressed = compress && !message.is_empty();
    let payload = if compressed {
        compression::deflate(&message)
    } else {
        message
    };
    let length = u32::try_from(payload.len()).map_err(|_| NotARequest::message_too_large())?;
    let prefix = framing::prefix(compressed, length);
    if payload.len() > COPIED {
        return Ok((Bytes::copy_from_slice(&prefix), payload));
    }
    let mut head = BytesMut::with_capacity(PREFIX + payload.len());
    head.put_slice(&prefix);
    head.put_slice(&payload);
    Ok((head.freeze(), Bytes::new()))
}

/// Sends `data`, which is not empty, as the peer's window lets it; `None` if the stream is closed.
async fn send(stream: &mut SendStream<Bytes>, mut data: Bytes, end: bool) -> Option<()> {
    while !data.is_empty() {
        stream.reserve_capacity(data.len());
        // `poll_capacity` tells of growth alone, not of what is there already.
        let capacity = match stream.capacity() {
            0 => poll_fn(|cx| stream.poll_capacity(cx)).await?.ok()?,
            capacity => capacity,
        };
        let part = data.split_to(capacity.min(data.len()));
        let last = end && data.is_empty();
        stream.send_data(part, last).ok()?;
    }
    Some(())
}
