//! What a proxy answers instead of opening the tunnel.

use crate::peer_text::PeerText;

/// What a proxy answered instead of opening the tunnel.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Refusal {
    /// An HTTP status that is not 2xx.
    Status {
        status: u16,
        reason: PeerText,
        /// Every `proxy-authenticate`.
        challenges: Vec<PeerText>,
        /// `server` and `via`, as `name: value`.
        origin: Vec<PeerText>,
    },
    /// The answer is not HTTP, or has a head without an end; its first octets.
    NotHttp { start: PeerText },
    /// SOCKS5: the authentication method that the proxy wants, which it was not offered; 0xFF: none of those offered.
    SocksMethod { method: u8 },
    /// SOCKS5: user and password were rejected.
    SocksLogin,
    /// SOCKS5: the code of a reply that is not "succeeded" (RFC 1928 §6).
    SocksReply { reply: u8 },
    /// The answer is not SOCKS5; its first octets.
    NotSocks { start: PeerText },
    /// The connection ended without an answer.
    Closed,
}

/// An answer that is not HTTP, or has a head without an end.
pub(super) fn not_http(head: &[u8]) -> Refusal {
    Refusal::NotHttp {
        start: PeerText::beginning(head),
    }
}

/// The status line and the headers that say something of a refusal; `None`: it is not HTTP.
pub fn parse(head: &[u8]) -> Option<Refusal> {
    let text = String::from_utf8_lossy(head);
    let mut lines = text.split("\r\n");
    let (version, rest) = lines.next()?.split_once(' ')?;
    let digits = rest.get(..3)?;
    if !version.starts_with("HTTP/1.") || !digits.bytes().all(|byte| byte.is_ascii_digit()) {
        return None;
    }
    let fields: Vec<(String, &str)> = lines
        .filter_map(|line| line.split_once(':'))
        .map(|(name, value)| (name.trim().to_ascii_lowercase(), value.trim()))
        .collect();
    let values = |wanted: &'static str| fields.iter().filter(move |(name, _)| name == wanted);
    Some(Refusal::Status {
        status: digits.parse().ok()?,
        reason: rest[3..].trim().into(),
        challenges: values("proxy-authenticate")
            .map(|(_, value)| (*value).into())
            .collect(),
        origin: values("server")
            .chain(values("via"))
            .map(|(name, value)| format!("{name}: {value}").into())
            .collect(),
    })
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    proptest! {
        #[test]
        fn no_head_panics(head in proptest::collection::vec(any::<u8>(), 0..200)) {
            let _ = parse(&head);
            let _ = parse(&[b"HTTP/1.1 ".to_vec(), head].concat());
        }
    }
}
