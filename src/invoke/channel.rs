//! What an RPC needs of a connection.

use bytes::Bytes;
use h2::client::SendRequest;
use http::header::HeaderValue;

/// A handle on one HTTP/2 connection, which somebody else drives.
///
/// Whoever makes the connection must give `h2` a `data_frame_budget` of 42 times the connection's
/// window: servers put each small message in a DATA frame of its own, six octets at the least, each
/// is charged 250, and a burst beyond the budget ends the connection with ENHANCE_YOUR_CALM.
#[derive(Clone)]
pub struct Channel {
    pub send_request: SendRequest<Bytes>,
    /// `https` or `http`: `:scheme`.
    pub scheme: &'static str,
    /// `:authority`.
    pub authority: String,
    pub user_agent: HeaderValue,
}
