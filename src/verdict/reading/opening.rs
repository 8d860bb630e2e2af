//! Which protocol a peer speaks, by its first bytes.

use crate::peer_text::PeerText;

/// How much of the bytes is shown.
const SHOWN: usize = 24;

/// The length of a frame's header (RFC 9113 §4.1).
const FRAME_HEADER: usize = 9;

/// What the first bytes of a peer are.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Opening {
    /// Not a byte came.
    Silence,
    /// A SETTINGS or GOAWAY frame: an HTTP/2 server's preface (RFC 9113 §3.4).
    Http2,
    Http1,
    Ssh,
    /// A TLS alert record.
    TlsAlert,
    /// Any other TLS record.
    Tls,
    Other,
}

impl Opening {
    pub fn of(bytes: &[u8]) -> Self {
        match bytes {
            [] => Self::Silence,
            bytes if bytes.starts_with(b"HTTP/") => Self::Http1,
            bytes if bytes.starts_with(b"SSH-") => Self::Ssh,
            // RFC 8446 §5.1: content type, then the legacy version 3.x.
            [0x15, 3, 0..=4, ..] => Self::TlsAlert,
            [0x14 | 0x16 | 0x17, 3, 0..=4, ..] | [0x14..=0x17] | [0x14..=0x17, 3] => Self::Tls,
            bytes if is_http2(bytes) => Self::Http2,
            _ => Self::Other,
        }
    }

    /// Whether these are too few bytes to tell, and may yet become an HTTP/2 server's first frame.
    pub fn may_become_http2(bytes: &[u8]) -> bool {
        let begins = matches!(bytes, [] | [0] | [0, _] | [0, _, _] | [0, _, _, 4 | 7, ..]);
        begins && bytes.len() < FRAME_HEADER
    }

    /// The protocol by name.
    pub fn protocol(self) -> &'static str {
        match self {
            Self::Silence => "nothing",
            Self::Http2 => "HTTP/2",
            Self::Http1 => "HTTP/1.1",
            Self::Ssh => "SSH",
            Self::TlsAlert | Self::Tls => "TLS",
            Self::Other => "another protocol",
        }
    }
}

/// A frame header on stream 0 of a type that a server may begin with, its length and flags as
/// RFC 9113 §6.5 and §6.8 have them.
fn is_http2(bytes: &[u8]) -> bool {
    let [0, high, low, kind, flags, stream @ ..] = bytes else {
        return false;
    };
    let length = usize::from(*high) << 8 | usize::from(*low);
    let is_first_frame = match kind {
        4 => length % 6 == 0 && *flags == 0,
        7 => length >= 8 && *flags == 0,
        _ => false,
    };
    is_first_frame && stream.len() >= 4 && stream[..4] == [0; 4]
}

/// Bytes for an evidence line: as text where they are text, else as hexadecimal numbers.
pub(crate) fn shown(bytes: &[u8]) -> String {
    first_text(bytes).quoted_octets(SHOWN).to_string()
}

/// The first bytes of a peer. It may be a token endpoint that does not speak HTTP; what SSH says of itself is not a token.
pub(crate) fn first_text(bytes: &[u8]) -> PeerText {
    let text = PeerText::beginning(bytes);
    match Opening::of(bytes) {
        Opening::Ssh => text,
        _ => text.among_tokens(),
    }
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    #[test]
    fn openings_are_told_apart() {
        for (bytes, opening) in [
            (&b""[..], Opening::Silence),
            (b"\0\0\x12\x04\0\0\0\0\0\0\x03\0\0\0\x64", Opening::Http2),
            (b"\0\0\0\x04\0\0\0\0\0", Opening::Http2),
            (b"\0\0\x08\x07\0\0\0\0\0\0\0\0\0\0\0\0\x01", Opening::Http2),
            (b"HTTP/1.1 400 Bad Request\r\n", Opening::Http1),
            (b"HTTP/1.0 200 OK", Opening::Http1),
            (b"SSH-2.0-OpenSSH_9.6\r\n", Opening::Ssh),
            (b"\x15\x03\x03\0\x02\x02\x28", Opening::TlsAlert),
            (b"\x15\x03\x01\0\x02\x02\x46", Opening::TlsAlert),
            (b"\x16\x03\x03\0\x7a\x02", Opening::Tls),
            (b"\x15", Opening::Tls),
            (b"220 mail.test ESMTP\r\n", Opening::Other),
        ] {
            assert_eq!(Opening::of(bytes), opening, "{bytes:x?}");
        }
    }

    #[test]
    fn what_looks_like_a_frame_but_is_none_is_not_http2() {
        for bytes in [
            // A length that no SETTINGS has, a stream that none is on, too short to tell.
            &b"\0\0\x05\x04\0\0\0\0\0abcde"[..],
            b"\0\0\x06\x04\0\0\0\0\x01\0\0\0\0\0\0",
            b"\0\0\x06\x04\0",
            b"\0\0\x06\x00\0\0\0\0\0abcdef",
            b"\x4a\0\0\0\x0a8.0.36",
            b"\0\0\0\0",
            b"\x16\x09\x09",
        ] {
            assert_eq!(Opening::of(bytes), Opening::Other, "{bytes:x?}");
        }
    }

    #[test]
    fn half_a_frame_header_is_neither_here_nor_there() {
        for (bytes, expected) in [
            (&b"\0\0\x06\x04\0"[..], true),
            (b"\0\0", true),
            (b"\0\0\x06\x04\0\0\0\0\x01", false),
            (b"\0\0\x06\x08", false),
            (b"HTTP", false),
        ] {
            assert_eq!(Opening::may_become_http2(bytes), expected, "{bytes:x?}");
        }
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..64)) {
            let _ = Opening::of(&bytes);
        }
    }
}
