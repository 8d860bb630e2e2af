//! HTTP/2's error codes: what RFC 9113 means by each, and what to do about it.

/// What a code ended.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub(super) enum Scope {
    Connection,
    Stream,
}

/// An error code of RFC 9113 §7.
#[derive(Debug)]
pub(super) struct Code {
    pub name: &'static str,
    /// What the peer says by it, in the RFC's sense.
    pub means: &'static str,
    /// What to do where it ended the connection, and where it ended a stream; `{host}` is the server's host.
    on_connection: &'static str,
    on_stream: &'static str,
}

pub(super) const PROTOCOL_ERROR: u32 = 1;
pub(super) const FRAME_SIZE_ERROR: u32 = 6;
pub(super) const ENHANCE_YOUR_CALM: u32 = 11;
pub(super) const INADEQUATE_SECURITY: u32 = 12;
pub(super) const HTTP_1_1_REQUIRED: u32 = 13;

const LIBRARY: &str = "as a rule an HTTP/2 implementation is at fault: ask the operator of {host} which server or proxy, in which version, speaks HTTP/2 there, and what its log says";
const LOG: &str = "ask the operator of {host} what the log of the server, or of the proxy in front of it, says at this time";

/// The codes by their numbers.
const CODES: [Code; 14] = [
    Code {
        name: "NO_ERROR",
        means: "it ended without an error",
        on_connection: "call again: the server was shutting down, or the connection had reached its age limit",
        on_stream: "ask the operator of {host} which server or proxy ends calls without an answer; its access log has this call",
    },
    Code {
        name: "PROTOCOL_ERROR",
        means: "the peer detected a violation of HTTP/2 that no other code describes",
        on_connection: LOG,
        on_stream: "ask the operator of {host} what the log of the server, or of the proxy in front of it, says at this time; nginx ends calls so where it gives no answer (`return 444`, or an upstream that was lost)",
    },
    Code {
        name: "INTERNAL_ERROR",
        means: "the peer met an unexpected error of its own",
        on_connection: LOG,
        on_stream: "ask the operator of {host} what its log says at this time: a handler that crashed, or a proxy that lost its connection to the server behind it",
    },
    Code {
        name: "FLOW_CONTROL_ERROR",
        means: "the peer found that more data was sent than its window allowed",
        on_connection: LIBRARY,
        on_stream: LIBRARY,
    },
    Code {
        name: "SETTINGS_TIMEOUT",
        means: "the peer did not receive the acknowledgement of its SETTINGS in time",
        on_connection: "call again; if it happens each time, something between here and {host} delays or drops what is sent: ask the operators of the network and of the proxies",
        on_stream: "call again; if it happens each time, something between here and {host} delays or drops what is sent: ask the operators of the network and of the proxies",
    },
    Code {
        name: "STREAM_CLOSED",
        means: "the peer received a frame on a stream that it had closed",
        on_connection: LIBRARY,
        on_stream: LIBRARY,
    },
    Code {
        name: "FRAME_SIZE_ERROR",
        means: "the peer received a frame of a size that it does not accept",
        on_connection: LIBRARY,
        on_stream: LIBRARY,
    },
    Code {
        name: "REFUSED_STREAM",
        means: "the peer refused the stream before it processed any of it",
        on_connection: "call again: nothing was processed; the server is overloaded or shutting down",
        on_stream: "call again: nothing was processed; the server is at its limit of concurrent calls, overloaded or shutting down",
    },
    Code {
        name: "CANCEL",
        means: "the peer needs the stream no longer",
        on_connection: LOG,
        on_stream: "ask the operator of {host} for the time limits of the proxies in front of it (Envoy: a route's timeout, 15 s unless set), and whether the handler gave up",
    },
    Code {
        name: "COMPRESSION_ERROR",
        means: "the peer cannot keep up the state of the header compression (HPACK)",
        on_connection: LIBRARY,
        on_stream: LIBRARY,
    },
    Code {
        name: "CONNECT_ERROR",
        means: "a connection that was opened for a CONNECT request was lost",
        on_connection: "ask the operator of {host} for the log of the proxy there: it lost its own connection to the server behind it",
        on_stream: "ask the operator of {host} for the log of the proxy there: it lost its own connection to the server behind it",
    },
    Code {
        name: "ENHANCE_YOUR_CALM",
        means: "the peer considers what was sent excessive load",
        on_connection: "ask the operator of {host} which limit was exceeded: the rate of calls or of PINGs (--keepalive-time), or the size of the metadata",
        on_stream: "ask the operator of {host} which limit was exceeded: the rate of calls, or the size of the metadata",
    },
    Code {
        name: "INADEQUATE_SECURITY",
        means: "the transport does not meet the peer's minimum of security (RFC 9113 section 9.2)",
        on_connection: "the operator of {host} must allow TLS 1.3, or TLS 1.2 with ECDHE and AES-GCM or ChaCha20-Poly1305 suites, on this port",
        on_stream: "the operator of {host} must allow TLS 1.3, or TLS 1.2 with ECDHE and AES-GCM or ChaCha20-Poly1305 suites, on this port",
    },
    Code {
        name: "HTTP_1_1_REQUIRED",
        means: "the peer requires HTTP/1.1 in place of HTTP/2",
        on_connection: "gRPC requires HTTP/2: call the port that serves gRPC, or ask the operator of {host} to serve HTTP/2 here (IIS requires HTTP/1.1 for Windows authentication and for client certificates that it asks for after the handshake)",
        on_stream: "gRPC requires HTTP/2: call the port that serves gRPC, or ask the operator of {host} to serve this path over HTTP/2 (IIS requires HTTP/1.1 for Windows authentication and for client certificates that it asks for after the handshake)",
    },
];

/// The code's row; `None`: RFC 9113 does not define it.
pub(super) fn of(number: u32) -> Option<&'static Code> {
    CODES.get(usize::try_from(number).ok()?)
}

/// An error code by its name in RFC 9113 §7, with its number.
pub(super) fn name(number: u32) -> String {
    match of(number) {
        Some(code) => format!("{} ({number})", code.name),
        None => format!("{number:#x}, a code that RFC 9113 does not define"),
    }
}

/// What it means, for an evidence line.
pub(super) fn meaning(number: u32) -> Option<String> {
    of(number).map(|code| format!("its meaning (RFC 9113 section 7): {}", code.means))
}

/// What to do about it.
pub(super) fn hint(number: u32, ended: Scope, host: &str) -> String {
    let text = match (of(number), ended) {
        (Some(code), Scope::Connection) => code.on_connection,
        (Some(code), Scope::Stream) => code.on_stream,
        (None, _) => LOG,
    };
    text.replace("{host}", host)
}

#[cfg(test)]
mod tests {
    use super::*;

    #[test]
    fn the_rows_stand_at_their_numbers() {
        for (number, code) in CODES.iter().enumerate() {
            let number = u32::try_from(number).unwrap();
            assert_eq!(format!("{:?}", h2::Reason::from(number)), code.name);
            for ended in [Scope::Connection, Scope::Stream] {
                let hint = hint(number, ended, "api.test");
                assert!(!hint.contains(['{', '}']), "{hint}");
                assert!(!hint.contains("debug data"), "{hint}");
            }
        }
        for (number, name) in [
            (PROTOCOL_ERROR, "PROTOCOL_ERROR"),
            (FRAME_SIZE_ERROR, "FRAME_SIZE_ERROR"),
            (ENHANCE_YOUR_CALM, "ENHANCE_YOUR_CALM"),
            (INADEQUATE_SECURITY, "INADEQUATE_SECURITY"),
            (HTTP_1_1_REQUIRED, "HTTP_1_1_REQUIRED"),
        ] {
            assert_eq!(of(number).unwrap().name, name);
        }
        assert!(of(14).is_none());
        assert!(name(14).contains("0xe"));
    }
}
