//! One RPC of any of the four kinds over an existing HTTP/2 connection, on encoded messages.
//!
//! The client speaks HTTP/2 through the `h2` crate, hyper's own HTTP/2 layer, because `h2` gives the
//! stream's number, the typed reset code with who sent it, and explicit flow control; hyper's
//! `SendRequest` turns RST_STREAM with NO_ERROR or CANCEL into a clean end.
//!
//! What a peer answers is evidence and stands in [`Answer`]; only trouble of our own is an `Err`.
//! How an answer becomes a status:
//! - HTTP 200 with a gRPC content type is a gRPC answer. Its status stands in the trailers, or in the
//!   headers if they end the stream. A status in headers that do not end the stream does not count.
//! - Everything else is an HTTP answer: a `grpc-status` other than 0 in it counts, else the code is
//!   [`StatusCode::from_http`]'s; its body is kept in part and never parsed. It is never OK.
//! - A status that is not OK wins over a missing or half message: servers fail midway. OK does not.
//! - Where the contract is silent, grpc-go's behaviour is followed.
//!

pub(crate) mod answer;
pub(crate) mod channel;
mod compression;
mod conclusion;
mod content_type;
pub(crate) mod details;
mod exchange;
mod framing;
pub(crate) mod json;
mod messages;
mod receiving;
mod request;
pub(crate) mod rpc;
mod sending;
mod trailers;

use std::pin::pin;

use tokio::time::Instant;

pub use crate::invoke::answer::Answer;
pub use crate::invoke::answer::Ended;
pub use crate::invoke::answer::Interruption;
pub(crate) use crate::invoke::answer::NoStatus;
pub(crate) use crate::invoke::answer::Progress;
pub use crate::invoke::answer::WireFault;
pub use crate::invoke::channel::Channel;
use crate::invoke::exchange::Alongside;
use crate::invoke::exchange::Interrupted;
pub use crate::invoke::messages::Buffered;
pub use crate::invoke::messages::Collected;
pub use crate::invoke::messages::Flow;
pub use crate::invoke::messages::Requests;
pub use crate::invoke::messages::Responses;
use crate::invoke::receiving::Receiving;
pub use crate::invoke::rpc::Rpc;
pub use crate::invoke::rpc::Trouble;
use crate::invoke::sending::Sent;
#[cfg(doc)]
use crate::status::StatusCode;

/// Runs one RPC: sends `requests` as they are had, hands `responses` what comes as it comes, and tells
/// how it ended. Dropping the future resets the stream with CANCEL.
pub async fn invoke<Q: Requests, P: Responses>(
    channel: &Channel,
    rpc: Rpc,
    requests: Q,
    responses: &mut P,
) -> Result<Answer, Trouble<Q::Error>> {
    let started = Instant::now();
    let mut receiving = Receiving::new(&rpc, started);
    let request = request::build(channel, &rpc, started).map_err(Trouble::Request)?;
    if exchange::soonest(&rpc).is_some_and(|deadline| deadline <= started) {
        return Ok(receiving.never_sent(Interruption::Deadline));
    }
    let mut opener = channel.send_request.clone();
    let opened = match sending::ready(&mut opener).await {
        Ok(()) => opener.send_request(request, false),
        Err(error) => Err(error),
    };
    let (response, stream) = match opened {
        Ok(opened) => opened,
        Err(error) => return Ok(receiving.never_sent(Interruption::from_h2(&error))),
    };

    let _open = channel.streams.open();
    receiving.stream_id = Some(response.stream_id().as_u32());
    let sent = Sent::default();
    let sending = pin!(sending::send_all(opener, stream, requests, &rpc, &sent));
    let timer = pin!(exchange::timer(&rpc, started));
    let mut alongside = Alongside::new(sending, timer, &rpc, started, &sent);
    let ended = match receiving.run(&mut alongside, response, responses).await {
        Ok(ended) => ended,
        Err(Interrupted::Expired) => receiving.expired(&sent),
        Err(Interrupted::Ours(trouble)) => return Err(trouble),
    };
    Ok(receiving.answer(ended, &sent))
}
