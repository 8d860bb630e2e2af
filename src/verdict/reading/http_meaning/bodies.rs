//! What the form of an HTTP answer means: its media type, and the pages of known servers.

use crate::verdict::finding::Side;
use crate::verdict::reading::Reply;

/// An answer of a form that says more than its status.
#[derive(Debug)]
pub(super) struct Row {
    pub fits: fn(&Reply<'_>, u16) -> bool,
    pub side: Option<Side>,
    /// As in [`super::statuses`].
    pub cause: &'static str,
    pub hint: &'static str,
}

const PORT: &str = "check the port: is {host}:{port} the gRPC port? Behind a gateway, its operator must route /{method} for the :authority {authority} over HTTP/2 to the gRPC server (--authority sends another)";
const REST: &str = "call the port of the gRPC server itself, or have the operator of {authority} pass gRPC through to it: content-type application/grpc, over HTTP/2";

/// The first row that fits counts.
pub(super) const ROWS: &[Row] = &[
    Row {
        fits: |reply, status| status == 400 && is_plain_on_tls(&reply.body()),
        side: None,
        cause: "the request reached a port that speaks TLS without TLS (HTTP {status})",
        hint: "{tls}",
    },
    Row {
        fits: |reply, status| {
            status == 400 && reply.body().contains("Request Header Or Cookie Too Large")
        },
        side: None,
        cause: "the request's headers are larger than {name} accepts (HTTP {status})",
        hint: "send less metadata: {size} bytes were sent, as HTTP/2 counts them; or have the operator of {authority} raise large_client_header_buffers",
    },
    Row {
        fits: |reply, status| status == 415 && accepts_grpc(reply),
        side: None,
        cause: "{name} refused the content type (HTTP {status}), though it accepts application/grpc",
        hint: "a proxy on the way changes the content type: the operator of {authority} must have it pass application/grpc through unchanged",
    },
    Row {
        fits: |reply, _| is_of(reply, "application/grpc-web"),
        side: None,
        cause: "{name} answered in gRPC-Web, the protocol for browsers, not in gRPC (HTTP {status})",
        hint: "call the port of the gRPC server itself; a proxy that translates gRPC-Web must pass content-type application/grpc through (its operator, of {authority}, knows)",
    },
    Row {
        fits: |reply, _| is_of(reply, "application/connect") || is_of(reply, "application/proto"),
        side: None,
        cause: "the server answered in the Connect protocol, not in gRPC (HTTP {status})",
        hint: "a gateway may have changed the content type: application/grpc must reach the server unchanged, over HTTP/2; Connect servers then answer in gRPC on the same path",
    },
    Row {
        fits: |reply, _| is_html(reply) && has_a_password_field(reply),
        side: Some(Side::Proxy),
        cause: "a web page with a login form answered (HTTP {status}), not a gRPC server",
        hint: "a login proxy is in front: send its credential (--token SRC, or -H 'cookie: …'), or ask the operator of {authority} to let gRPC through",
    },
    Row {
        fits: |reply, status| is_success(status) && is_html(reply),
        side: None,
        cause: "a web page answered (HTTP {status}), not a gRPC server",
        hint: PORT,
    },
    Row {
        fits: |reply, status| is_success(status) && is_json(reply),
        side: None,
        cause: "an HTTP API answered with JSON (HTTP {status}), not a gRPC server",
        hint: REST,
    },
    Row {
        fits: |reply, status| is_success(status) && is_of(reply, "text/plain"),
        side: None,
        cause: "plain text answered (HTTP {status}), as health and status pages give it, not a gRPC server",
        hint: PORT,
    },
];

/// Pages of nginx, Go and Apache for plaintext on a TLS port.
pub(crate) fn is_plain_on_tls(text: &str) -> bool {
    text.contains("The plain HTTP request was sent to HTTPS port")
        || text.contains("Client sent an HTTP request to an HTTPS server")
        || text.contains("speaking plain HTTP to an SSL-enabled server port")
}

/// Whether gRPC is among the media types that a server says it accepts.
fn accepts_grpc(reply: &Reply<'_>) -> bool {
    reply.values("accept-post").iter().any(|values| {
        let values = values.for_judging();
        values
            .split(',')
            .any(|value| value.trim().eq_ignore_ascii_case("application/grpc"))
    })
}

fn is_success(status: u16) -> bool {
    (200..300).contains(&status)
}

/// A media type, alone or with a subtype after it.
fn is_of(reply: &Reply<'_>, wanted: &str) -> bool {
    reply.media_type().is_some_and(|kind| {
        let rest = kind.strip_prefix(wanted);
        rest.is_some_and(|rest| rest.is_empty() || rest.starts_with(['+', '-']))
    })
}

fn is_html(reply: &Reply<'_>) -> bool {
    is_of(reply, "text/html") || is_of(reply, "application/xhtml")
}

/// `application/json`, `application/problem+json` and their like.
pub(super) fn is_json(reply: &Reply<'_>) -> bool {
    let kind = reply.media_type();
    kind.is_some_and(|kind| kind == "application/json" || kind.ends_with("+json"))
}

fn has_a_password_field(reply: &Reply<'_>) -> bool {
    let body = reply.body().to_lowercase();
    body.contains("type=\"password\"")
        || body.contains("type='password'")
        || body.contains("type=password")
}
