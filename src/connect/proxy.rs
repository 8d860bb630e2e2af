//! A tunnel through a proxy: HTTP CONNECT (RFC 9110 §9.3.6) here, SOCKS5 in [`socks5`]. What runs in it is not the proxy's
//! to read.

pub mod refusal;
pub(crate) mod socks5;

use std::net::IpAddr;
use std::time::Duration;

use http::HeaderValue;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;
use tokio::time::Instant;

pub(crate) use refusal::Refusal;

use crate::connect::dial::Socket;
use crate::connect::endpoint::Location;
use crate::connect::endpoint::Proxy;
use crate::connect::endpoint::ProxyProtocol;
use crate::connect::endpoint::ResolvedBy;
use crate::connect::proxy::refusal::not_http;
use crate::connect::proxy::refusal::parse;
use crate::connect::proxy::socks5::Destination;
use crate::connect::report::Failure;
use crate::connect::report::Phase;
use crate::connect::report::ResolveFailure;
use crate::connect::resolve;

/// The longest head of an answer that is read.
const HEAD: usize = 16 << 10;

/// Asks for a tunnel to `origin`; on success the next octet is the origin's.
pub(crate) async fn tunnel(
    proxy: &Proxy,
    origin: &Location,
    mut socket: Socket,
    deadline: Instant,
) -> Result<Socket, Failure> {
    let started = Instant::now();
    let (
        Socket::Tcp(stream),
        Location::Tcp {
            host,
            port,
            overrides,
        },
    ) = (&mut socket, origin)
    else {
        return Ok(socket);
    };
    let by = |phase| move |_| late(phase, started.elapsed());
    let asking = async {
        match &proxy.protocol {
            ProxyProtocol::HttpConnect {
                authorization,
                user_agent,
            } => {
                let name = tunnelled_as(host, *port, overrides);
                let request = request(&name, authorization.as_ref(), user_agent);
                Ok(connect(stream, &request).await)
            }
            ProxyProtocol::Socks5 { login, resolved_by } => {
                let resolving = destination(host, overrides, *resolved_by);
                let resolving = tokio::time::timeout_at(deadline, resolving).await;
                let destination = resolving.map_err(by(Phase::Resolve))??;
                Ok(socks5::open(stream, login.as_ref(), &destination, *port).await)
            }
        }
    };
    let asked = tokio::time::timeout_at(deadline, asking).await;
    asked.map_err(by(Phase::Proxy))??.map_err(Failure::Proxy)?;
    Ok(socket)
}

fn late(phase: Phase, after: Duration) -> Failure {
    Failure::Deadline { phase, after }
}

/// `host:port`, as a proxy is asked for it by HTTP; `--resolve` is respected there too.
fn tunnelled_as(host: &str, port: u16, overrides: &[IpAddr]) -> String {
    let host = match overrides.first() {
        Some(address) => address.to_string(),
        None => host.to_owned(),
    };
    match host.contains(':') {
        true => format!("[{host}]:{port}"),
        false => format!("{host}:{port}"),
    }
}

/// What a SOCKS5 proxy is asked for. Of several addresses it is the first: one connection carries one request.
async fn destination(
    host: &str,
    overrides: &[IpAddr],
    resolved_by: ResolvedBy,
) -> Result<Destination, Failure> {
    if let Some(address) = overrides.first().copied().or_else(|| host.parse().ok()) {
        return Ok(Destination::Address(address));
    }
    if resolved_by == ResolvedBy::ThisMachine {
        let addresses = resolve::addresses(host, overrides).await?;
        return Ok(Destination::Address(addresses[0]));
    }
    match host.len() {
        0..=socks5::LONGEST => Ok(Destination::Name(host.to_owned())),
        _ => Err(Failure::Resolve {
            kind: ResolveFailure::NotFound,
            text: "the name is longer than any name can be".to_owned(),
        }),
    }
}

/// Asks by HTTP.
async fn connect(stream: &mut TcpStream, request: &[u8]) -> Result<(), Refusal> {
    stream.write_all(request).await.ok();
    let head = read_head(stream).await?;
    match parse(&head) {
        Some(Refusal::Status { status, .. }) if (200..300).contains(&status) => Ok(()),
        Some(refusal) => Err(refusal),
        None => Err(not_http(&head)),
    }
}

fn request(name: &str, authorization: Option<&HeaderValue>, user_agent: &HeaderValue) -> Vec<u8> {
    let mut request = format!("CONNECT {name} HTTP/1.1\r\nhost: {name}\r\n").into_bytes();
    let mut header = |name: &str, value: &HeaderValue| {
        request.extend(name.as_bytes());
        request.extend(value.as_bytes());
        request.extend(b"\r\n");
    };
    header("user-agent: ", user_agent);
    if let Some(authorization) = authorization {
        header("proxy-authorization: ", authorization);
    }
    request.extend(b"\r\n");
    request
}

/// Reads up to the empty line and not one octet further: an HTTP/2 server may speak first.
async fn read_head(stream: &mut TcpStream) -> Result<Vec<u8>, Refusal> {
    let mut head = Vec::new();
    let mut seen = [0; 2048];
    loop {
        let peeked = match stream.peek(&mut seen).await {
            Ok(0) | Err(_) if head.is_empty() => return Err(Refusal::Closed),
            Ok(0) | Err(_) => return Err(not_http(&head)),
            Ok(peeked) => peeked,
        };
        let before = head.len();
        head.extend_from_slice(&seen[..peeked]);
        let end = end_of_head(&head, before);
        head.truncate(end.unwrap_or(head.len()));
        let taken = head.len() - before;
        if stream.read_exact(&mut seen[..taken]).await.is_err() {
            return Err(Refusal::Closed);
        }
        if end.is_some() {
            return Ok(head);
        }
        if head.len() > HEAD || !head.starts_with(&b"HTTP/"[..head.len().min(5)]) {
            return Err(not_http(&head));
        }
    }
}

/// The length of the head with its empty line; `before` octets were searched already.
fn end_of_head(head: &[u8], before: usize) -> Option<usize> {
    let from = before.saturating_sub(3);
    head[from..]
        .windows(4)
        .position(|window| window == b"\r\n\r\n")
        .map(|at| from + at + 4)
}

#[cfg(test)]
mod tests {
    use super::*;
    use tokio::net::TcpListener;

    fn proxy(authorization: Option<&'static str>) -> Proxy {
        Proxy {
            location: origin(),
            shown: "http://proxy.test:3128".into(),
            protocol: ProxyProtocol::HttpConnect {
                authorization: authorization.map(HeaderValue::from_static),
                user_agent: HeaderValue::from_static("grpcauth/test"),
            },
        }
    }

    fn origin() -> Location {
        Location::Tcp {
            host: "::1".into(),
            port: 443,
            overrides: Vec::new(),
        }
    }

    /// A proxy that answers `words` in pieces of `size` and closes; what it was asked, and what the client made of it.
    async fn asked(
        words: &'static [u8],
        size: usize,
        proxy: &Proxy,
    ) -> (String, Result<Socket, Failure>) {
        let listener = TcpListener::bind("127.0.0.1:0").await.unwrap();
        let address = listener.local_addr().unwrap();
        let serving = tokio::spawn(async move {
            let (mut stream, _) = listener.accept().await.unwrap();
            let mut request = Vec::new();
            while !request.ends_with(b"\r\n\r\n") {
                request.push(stream.read_u8().await.unwrap());
            }
            stream.set_nodelay(true).unwrap();
            for piece in words.chunks(size) {
                // A client that has heard enough is gone.
                let _ = stream.write_all(piece).await;
                tokio::task::yield_now().await;
            }
            String::from_utf8(request).unwrap()
        });
        let socket = Socket::Tcp(TcpStream::connect(address).await.unwrap());
        let deadline = Instant::now() + Duration::from_secs(20);
        let outcome = tunnel(proxy, &origin(), socket, deadline).await;
        (serving.await.unwrap(), outcome)
    }

    #[tokio::test]
    async fn the_tunnel_begins_right_after_the_head() {
        const ANSWER: &[u8] = b"HTTP/1.1 200 Connection established\r\nvia: x\r\n\r\nfirst words";
        for size in [1, 7, ANSWER.len()] {
            let (request, socket) = asked(ANSWER, size, &proxy(Some("Basic c2VjcmV0"))).await;
            assert_eq!(
                request,
                "CONNECT [::1]:443 HTTP/1.1\r\nhost: [::1]:443\r\nuser-agent: grpcauth/test\r\n\
                 proxy-authorization: Basic c2VjcmV0\r\n\r\n"
            );
            let mut heard = String::new();
            socket.unwrap().read_to_string(&mut heard).await.unwrap();
            assert_eq!(heard, "first words", "in pieces of {size}");
        }
    }

    #[tokio::test]
    async fn refusals_keep_what_was_said() {
        let answer = b"HTTP/1.1 407 Proxy Authentication Required\r\nProxy-Authenticate: Basic realm=\"x\"\r\n\
            Proxy-Authenticate: NTLM\r\nServer: squid\r\n\r\n<html>";
        let (request, outcome) = asked(answer, 5, &proxy(None)).await;
        assert!(!request.contains("proxy-authorization"));
        let Err(Failure::Proxy(refusal)) = outcome else {
            panic!("{outcome:?}");
        };
        let expected = Refusal::Status {
            status: 407,
            reason: "Proxy Authentication Required".into(),
            challenges: vec!["Basic realm=\"x\"".into(), "NTLM".into()],
            origin: vec!["server: squid".into()],
        };
        assert_eq!(refusal, expected);
    }

    #[tokio::test]
    async fn what_is_no_proxy_is_found_out_at_once() {
        for (answer, expected) in [
            (&b""[..], Refusal::Closed),
            (b"SSH-2.0-x\r\n", not_http(b"SSH-2.0-x\r\n")),
            (b"HTTP/1.1 200 cut", not_http(b"HTTP/1.1 200 cut")),
            (b"HTTP/2 \r\n\r\n", not_http(b"HTTP/2 \r\n\r\n")),
            (&[0x16, 3, 1], not_http(&[0x16, 3, 1])),
        ] {
            let (_, outcome) = asked(answer, 64, &proxy(None)).await;
            assert!(
                matches!(&outcome, Err(Failure::Proxy(refusal)) if *refusal == expected),
                "{outcome:?}"
            );
        }
    }

    #[tokio::test]
    async fn an_endless_head_is_given_up() {
        let head: &'static [u8] = Box::leak(
            [b"HTTP/1.1 200 OK\r\n".to_vec(), vec![b'x'; 2 * HEAD]]
                .concat()
                .into_boxed_slice(),
        );
        let (_, outcome) = asked(head, 4096, &proxy(None)).await;
        assert!(matches!(
            outcome,
            Err(Failure::Proxy(Refusal::NotHttp { .. }))
        ));
    }
}
