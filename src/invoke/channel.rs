//! What an RPC needs of a connection.

use bytes::Bytes;
use h2::client::SendRequest;
use http::header::HeaderValue;

/// A handle on one HTTP/2 connection, which somebody else drives.
#[derive(Clone)]
pub struct Channel {
    pub send_request: SendRequest<Bytes>,
    /// `https` or `http`: `:scheme`.
    pub scheme: &'static str,
    /// `:authority`.
    pub authority: String,
    pub user_agent: HeaderValue,
}
