//! What each HTTP status means to a gRPC call, and what to do: RFC 9110 and its companions, and the numbers of nginx, AWS
//! load balancers and Cloudflare.

use std::ops::RangeInclusive;

use crate::verdict::finding::Side;

/// A status, or some of one meaning.
#[derive(Debug)]
pub(super) struct Row {
    pub statuses: RangeInclusive<u16>,
    /// The side that is at fault, where the status proves it.
    pub side: Option<Side>,
    /// One sentence; [`super::fill`] has the placeholders.
    pub cause: &'static str,
    pub hint: &'static str,
}

const ROUTE: &str = "behind a gateway, its operator must route /{method} for the :authority {authority} to the gRPC server; else check host and port: is {host}:{port} the gRPC port?";
const LESS_METADATA: &str = "send less metadata: {size} bytes were sent, as HTTP/2 counts them, and proxies on the way may add more; or have the operator of {authority} raise the limit (nginx large_client_header_buffers, Envoy max_request_headers_kb)";

const fn row(status: u16, side: Option<Side>, cause: &'static str, hint: &'static str) -> Row {
    rows(status, status, side, cause, hint)
}

const fn rows(
    first: u16,
    last: u16,
    side: Option<Side>,
    cause: &'static str,
    hint: &'static str,
) -> Row {
    Row {
        statuses: first..=last,
        side,
        cause,
        hint,
    }
}

/// The first row that has a status is its row; the last ones have every status of a class.
pub(super) const ROWS: &[Row] = &[
    row(
        400,
        None,
        "{name} rejects the request as malformed (HTTP 400)",
        "read the answer's body: it says what is rejected, as a rule a header or HTTP/2 itself; the operator of {authority} has the log",
    ),
    row(
        402,
        None,
        "{name} refuses the request for the account's payment or plan (HTTP 402)",
        "ask the operator of {authority} about the account; a new credential of the same account does not help",
    ),
    row(
        404,
        None,
        "{name} has no such path (HTTP 404); no gRPC server answered",
        ROUTE,
    ),
    row(
        405,
        None,
        "{name} does not accept POST on this path (HTTP 405), as web servers for pages do not; no gRPC server answered",
        ROUTE,
    ),
    row(
        406,
        None,
        "{name} cannot answer in gRPC (HTTP 406)",
        "the operator of {authority} must enable gRPC for /{method}, or tell the port that has it",
    ),
    row(
        407,
        Some(Side::Proxy),
        "a proxy on the way requires a credential of its own (HTTP 407); the gRPC server was not asked",
        "ask the operator of the proxy before {authority} for its credential, and send it with -H 'proxy-authorization: …'",
    ),
    row(
        408,
        Some(Side::Proxy),
        "{name} waited too long for the end of the request (HTTP 408)",
        "call again; if the call streams its requests, the operator of {authority} can raise the time limit for them (nginx client_body_timeout, Envoy request_timeout)",
    ),
    row(
        411,
        Some(Side::Proxy),
        "{name} requires a content-length, which gRPC requests do not have (HTTP 411)",
        "the operator of {authority} must pass gRPC through as HTTP/2, without buffering it (nginx: grpc_pass, not proxy_pass)",
    ),
    row(
        413,
        None,
        "the request message is larger than {name} accepts (HTTP 413)",
        "send a smaller message, or have the operator of {authority} raise the limit (nginx client_max_body_size, Envoy max_request_bytes)",
    ),
    row(
        414,
        None,
        "the path /{method} is longer than {name} accepts (HTTP 414)",
        "have the operator of {authority} raise the limit for the request line (nginx large_client_header_buffers)",
    ),
    row(
        415,
        None,
        "{name} does not accept the content type application/grpc (HTTP 415): it serves REST, gRPC-Web or Connect on this path",
        "the operator of {authority} must enable gRPC for /{method}, or tell the port that has it; a gateway must pass content-type application/grpc through unchanged",
    ),
    row(
        421,
        None,
        "{name} does not serve this :authority on this connection (HTTP 421)",
        "{names}",
    ),
    row(
        425,
        None,
        "{name} does not want the request yet (HTTP 425)",
        "call again",
    ),
    row(
        426,
        None,
        "{name} requires another protocol (HTTP 426), as a gRPC server does that is reached over HTTP/1.1",
        "a gateway before {authority} speaks HTTP/1.1 to the server behind it: its operator must have it speak HTTP/2 (nginx: grpc_pass; Envoy: http2_protocol_options on the cluster)",
    ),
    row(
        429,
        None,
        "{name} limits the rate of requests (HTTP 429)",
        "wait (a retry-after header says how long), or ask the operator of {authority} for a higher limit",
    ),
    row(
        431,
        None,
        "the request's headers are larger than {name} accepts (HTTP 431)",
        LESS_METADATA,
    ),
    row(
        451,
        None,
        "{name} refuses the request for legal reasons (HTTP 451), as a rule for the country of the caller's address",
        "ask the operator of {authority} which rule refuses it; a new credential does not help",
    ),
    row(
        460,
        Some(Side::Proxy),
        "the load balancer (AWS ALB) considers the client gone (HTTP 460)",
        "the operator of {authority} should raise the load balancer's idle timeout above the time that the call takes",
    ),
    row(
        463,
        Some(Side::Proxy),
        "the load balancer (AWS ALB) found more than 30 addresses in x-forwarded-for (HTTP 463)",
        "remove x-forwarded-for from the metadata; if you send none, the proxies before {authority} lead in a circle: ask their operator",
    ),
    row(
        464,
        Some(Side::Proxy),
        "the load balancer (AWS ALB) has a target group whose protocol version does not fit the request (HTTP 464)",
        "the operator of {authority} must give the target group of /{method} the protocol version GRPC, behind an HTTPS listener",
    ),
    row(
        494,
        None,
        "the request's headers are larger than {name} accepts (HTTP 494, of nginx)",
        LESS_METADATA,
    ),
    row(
        495,
        None,
        "{name} does not accept the client certificate (HTTP 495, of nginx)",
        "send a certificate that the proxy's CA issued: --cert FILE --key FILE; the operator of {authority} knows the CA",
    ),
    row(
        496,
        None,
        "{name} requires a client certificate (HTTP 496, of nginx)",
        "send one with --cert FILE --key FILE; the operator of {authority} knows which CA issues it",
    ),
    row(
        497,
        None,
        "the request reached a TLS port of {name} without TLS (HTTP 497, of nginx)",
        "{tls}",
    ),
    row(
        499,
        Some(Side::Proxy),
        "{name} gave the call up, because it considers the client gone (HTTP 499)",
        "call again; if it happens each time, a proxy before {authority} ends the call too early: ask its operator for the time limits",
    ),
    rows(
        400,
        499,
        None,
        "{name} refuses the request (HTTP {status}); no gRPC server answered",
        "read the answer's body for the reason; the operator of {authority} must route /{method} to the gRPC server",
    ),
    row(
        501,
        None,
        "{name} does not implement what the request asks for (HTTP 501)",
        "ask the operator of {authority} whether gRPC over HTTP/2 is supported for /{method}",
    ),
    row(
        502,
        Some(Side::Proxy),
        "{name} could not talk to the server behind it (HTTP 502)",
        "server-side problem: ask the operator of {authority} whether the gRPC server runs, and whether the gateway speaks HTTP/2 to it",
    ),
    row(
        503,
        Some(Side::Proxy),
        "{name} has no server behind it that can take the call (HTTP 503)",
        "server-side problem: ask the operator of {authority} whether the gRPC server is up and healthy",
    ),
    row(
        504,
        Some(Side::Proxy),
        "{name} waited too long for the server behind it (HTTP 504)",
        "server-side problem: ask the operator of {authority} why the gRPC server is slow, and how long the gateway waits",
    ),
    row(
        505,
        Some(Side::Proxy),
        "{name} does not support the HTTP version that the request needs (HTTP 505)",
        "the operator of {authority} must have every proxy on the way speak HTTP/2, to the gRPC server too",
    ),
    row(
        508,
        Some(Side::Proxy),
        "{name} met itself on the way (HTTP 508): the route leads in a circle",
        "server-side problem: ask the operator of {authority} where /{method} is routed to",
    ),
    row(
        511,
        Some(Side::Network),
        "the network here requires a login before it lets anything through (HTTP 511): a captive portal answered, not the server",
        "open any page in a browser on this network and log in, then call again",
    ),
    row(
        520,
        Some(Side::Proxy),
        "Cloudflare received an answer that it does not understand from the server behind it (HTTP 520)",
        "server-side problem: ask the operator of {authority} whether the server's answer is valid HTTP/2, and whether gRPC is turned on for the zone",
    ),
    row(
        521,
        Some(Side::Proxy),
        "the server behind Cloudflare refuses the connection (HTTP 521)",
        "server-side problem: ask the operator of {authority} whether the gRPC server runs, and whether its firewall lets Cloudflare in",
    ),
    row(
        522,
        Some(Side::Proxy),
        "Cloudflare could not connect to the server behind it in time (HTTP 522)",
        "server-side problem: ask the operator of {authority} whether the gRPC server runs, and whether its firewall lets Cloudflare in",
    ),
    row(
        523,
        Some(Side::Proxy),
        "Cloudflare has no route to the server behind it (HTTP 523)",
        "server-side problem: ask the operator of {authority} whether the DNS record leads to the server's present address",
    ),
    row(
        524,
        Some(Side::Proxy),
        "the server behind Cloudflare did not answer in time (HTTP 524)",
        "server-side problem: ask the operator of {authority} why the call takes so long; Cloudflare waits 100 s unless set otherwise",
    ),
    row(
        525,
        Some(Side::Proxy),
        "the TLS handshake between Cloudflare and the server behind it failed (HTTP 525)",
        "server-side problem: ask the operator of {authority} for the TLS setup of the server behind Cloudflare; the connection from here to Cloudflare is OK",
    ),
    row(
        526,
        Some(Side::Proxy),
        "Cloudflare does not accept the certificate of the server behind it (HTTP 526)",
        "server-side problem: the operator of {authority} must renew the certificate of the server behind Cloudflare; the certificate seen from here is OK",
    ),
    row(
        530,
        Some(Side::Proxy),
        "Cloudflare has an error of its own (HTTP 530); the page has its number",
        "server-side problem: ask the operator of {authority} about the error 1XXX in the page",
    ),
    row(
        561,
        Some(Side::Proxy),
        "the login of the load balancer (AWS ALB) at its identity provider failed (HTTP 561)",
        "ask the operator of {authority} for a listener rule without authenticate-oidc for gRPC: programs cannot use that login",
    ),
    rows(
        500,
        599,
        Some(Side::Proxy),
        "{name} failed (HTTP {status})",
        "server-side problem: ask the operator of {authority} what the error log says about this time and path",
    ),
    rows(
        300,
        399,
        None,
        "{name} redirects elsewhere (HTTP {status}), which gRPC does not follow",
        "{location}",
    ),
    rows(
        0,
        u16::MAX,
        None,
        "what answered speaks HTTP, but not gRPC (HTTP {status})",
        ROUTE,
    ),
];
