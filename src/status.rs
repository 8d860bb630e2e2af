//! gRPC status: the code as a number (servers send numbers above 16 too), its name, message and details.

use std::fmt;

use bytes::Bytes;

use crate::peer_text::PeerText;

/// A gRPC status code as it was sent; not limited to the seventeen that are defined.
///
/// Source: <https://grpc.github.io/grpc/core/md_doc_statuscodes.html>.
#[derive(Clone, Copy, Debug, PartialEq, Eq, PartialOrd, Ord, Hash)]
pub struct StatusCode(pub u32);

const NAMES: [&str; 17] = [
    "OK",
    "CANCELLED",
    "UNKNOWN",
    "INVALID_ARGUMENT",
    "DEADLINE_EXCEEDED",
    "NOT_FOUND",
    "ALREADY_EXISTS",
    "PERMISSION_DENIED",
    "RESOURCE_EXHAUSTED",
    "FAILED_PRECONDITION",
    "ABORTED",
    "OUT_OF_RANGE",
    "UNIMPLEMENTED",
    "INTERNAL",
    "UNAVAILABLE",
    "DATA_LOSS",
    "UNAUTHENTICATED",
];

impl StatusCode {
    pub const OK: Self = Self(0);
    pub const CANCELLED: Self = Self(1);
    pub const UNKNOWN: Self = Self(2);
    pub const INVALID_ARGUMENT: Self = Self(3);
    pub const DEADLINE_EXCEEDED: Self = Self(4);
    pub const NOT_FOUND: Self = Self(5);
    pub const ALREADY_EXISTS: Self = Self(6);
    pub const PERMISSION_DENIED: Self = Self(7);
    pub const RESOURCE_EXHAUSTED: Self = Self(8);
    pub const FAILED_PRECONDITION: Self = Self(9);
    pub const ABORTED: Self = Self(10);
    pub const OUT_OF_RANGE: Self = Self(11);
    pub const UNIMPLEMENTED: Self = Self(12);
    pub const INTERNAL: Self = Self(13);
    pub const UNAVAILABLE: Self = Self(14);
    pub const UNAUTHENTICATED: Self = Self(16);

    /// The defined codes' names, in numeric order.
    pub fn names() -> &'static [&'static str] {
        &NAMES
    }

    /// `UNAUTHENTICATED`, or `STATUS_1010` for a number that gRPC does not define.
    pub fn name(self) -> String {
        self.to_string()
    }

    /// Whether gRPC defines this number.
    pub fn is_defined(self) -> bool {
        (self.0 as usize) < NAMES.len()
    }

    /// UNAUTHENTICATED or PERMISSION_DENIED.
    pub fn is_denial(self) -> bool {
        matches!(self, Self::UNAUTHENTICATED | Self::PERMISSION_DENIED)
    }

    /// A status that a handler gives of what it was asked for: it was reached, if authorization comes before it.
    pub fn is_of_business(self) -> bool {
        matches!(
            self,
            Self::INVALID_ARGUMENT
                | Self::NOT_FOUND
                | Self::ALREADY_EXISTS
                | Self::FAILED_PRECONDITION
                | Self::OUT_OF_RANGE
                | Self::ABORTED
        )
    }

    /// Reads a name in any case, or a number.
    pub fn parse(text: &str) -> Option<Self> {
        if let Ok(number) = text.parse() {
            return Some(Self(number));
        }
        let index = NAMES
            .iter()
            .position(|name| name.eq_ignore_ascii_case(text))?;
        u32::try_from(index).ok().map(Self)
    }

    /// gRPC's mapping of an HTTP status, for answers that carry no `grpc-status`.
    ///
    /// Source: <https://github.com/grpc/grpc/blob/master/doc/http-grpc-status-mapping.md>.
    pub fn from_http(http_status: u16) -> Self {
        match http_status {
            400 => Self::INTERNAL,
            401 => Self::UNAUTHENTICATED,
            403 => Self::PERMISSION_DENIED,
            404 => Self::UNIMPLEMENTED,
            429 | 502 | 503 | 504 => Self::UNAVAILABLE,
            _ => Self::UNKNOWN,
        }
    }
}

impl fmt::Display for StatusCode {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        match NAMES.get(self.0 as usize) {
            Some(name) => f.write_str(name),
            None => write!(f, "STATUS_{}", self.0),
        }
    }
}

/// A status as one RPC ended with it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Status {
    pub code: StatusCode,
    /// Percent-decoded.
    pub message: PeerText,
    /// The serialized `google.rpc.Status`, empty if none was sent.
    pub details: Bytes,
    /// The value of `grpc-status` as it was on the wire, if one was.
    pub raw: Option<String>,
}

/// Who made the status.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum AnsweredBy {
    /// `grpc-status` came from the peer.
    Server,
    /// An HTTP answer that is not gRPC; the code is [`StatusCode::from_http`]'s.
    Proxy,
    /// Made here: the answer broke the protocol, or our own deadline passed.
    Local,
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn names_and_numbers_are_read_back() {
        for (number, name) in NAMES.iter().enumerate() {
            let code = StatusCode(number as u32);
            assert_eq!(code.name(), *name);
            assert_eq!(StatusCode::parse(name), Some(code));
            assert_eq!(StatusCode::parse(&name.to_lowercase()), Some(code));
            assert_eq!(StatusCode::parse(&number.to_string()), Some(code));
        }
        assert_eq!(StatusCode(1010).name(), "STATUS_1010");
        assert_eq!(StatusCode::parse("UNAUTHORISED"), None);
        assert_eq!(StatusCode::parse("-1"), None);
    }
}
