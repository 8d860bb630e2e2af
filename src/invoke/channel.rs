//! What an RPC needs of a connection.

use bytes::Bytes;
use h2::client::SendRequest;
use http::header::HeaderValue;

use crate::connect::keepalive::OpenStreams;

/// A handle on one HTTP/2 connection, which somebody else drives.
///
/// Whoever makes the connection must give `h2` a `data_frame_budget` far above its default: servers put
/// each small message in a DATA frame of its own, and a burst of them would end the connection.
#[derive(Clone)]
pub struct Channel {
    pub send_request: SendRequest<Bytes>,
    /// `https` or `http`: `:scheme`.
    pub scheme: &'static str,
    /// `:authority`.
    pub authority: String,
    pub user_agent: HeaderValue,
    /// Told of each stream while it is open.
    pub streams: OpenStreams,
}
