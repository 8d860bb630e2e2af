//! SOCKS5's codes in words.

use std::borrow::Cow;

/// A method that no client may choose: none of those offered.
pub(super) const NONE_ACCEPTABLE: u8 = 0xff;

/// RFC 1928 §6; Tor's own codes have no names there.
pub(super) fn reply(code: u8) -> String {
    let name = match code {
        1 => "general SOCKS server failure",
        2 => "connection not allowed by ruleset",
        3 => "network unreachable",
        4 => "host unreachable",
        5 => "connection refused",
        6 => "TTL expired",
        7 => "command not supported",
        8 => "address type not supported",
        _ => "a code that SOCKS5 does not define",
    };
    format!("reply {code}, {name}")
}

/// RFC 1928 §3.
pub(super) fn method(method: u8) -> Cow<'static, str> {
    match method {
        0 => "no authentication".into(),
        1 => "GSSAPI".into(),
        2 => "user and password".into(),
        NONE_ACCEPTABLE => "none of the methods offered".into(),
        other => format!("method {other}").into(),
    }
}
