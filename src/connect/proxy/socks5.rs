//! SOCKS5: a tunnel through a proxy (RFC 1928), with user and password where it asks for them (RFC 1929).
//!
//! Every field of an answer has a length that is known before it is read, so the next octet is the origin's.

use std::net::IpAddr;

use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWriteExt as _;
use tokio::net::TcpStream;

use crate::connect::endpoint::SocksLogin;
use crate::connect::proxy::refusal::Refusal;
use crate::peer_text::PeerText;

const VERSION: u8 = 5;
const WITHOUT_LOGIN: u8 = 0;
const USER_AND_PASSWORD: u8 = 2;
/// The version of the negotiation of user and password; some servers answer with that of SOCKS.
const LOGIN_VERSION: u8 = 1;
const CONNECT: u8 = 1;
const IPV4: u8 = 1;
const NAME: u8 = 3;
const IPV6: u8 = 4;
const SUCCEEDED: u8 = 0;

/// The longest name, user or password that a field can hold, in bytes.
pub(crate) const LONGEST: usize = u8::MAX as usize;

/// Where the tunnel is to end.
#[derive(Clone, Debug, PartialEq, Eq)]
pub(super) enum Destination {
    Address(IpAddr),
    /// The proxy resolves it; of at most [`LONGEST`] bytes.
    Name(String),
}

/// Asks for a tunnel.
///
/// # Errors
/// What the proxy answered instead; that it ended the connection, if it did.
pub(super) async fn open(
    stream: &mut TcpStream,
    login: Option<&SocksLogin>,
    destination: &Destination,
    port: u16,
) -> Result<(), Refusal> {
    let greeting: &[u8] = match login {
        None => &[VERSION, 1, WITHOUT_LOGIN],
        Some(_) => &[VERSION, 2, WITHOUT_LOGIN, USER_AND_PASSWORD],
    };
    let method = ask(stream, greeting, |version| version == VERSION).await?;
    match (method, login) {
        (WITHOUT_LOGIN, _) => {}
        (USER_AND_PASSWORD, Some(login)) => log_in(stream, login).await?,
        (method, _) => return Err(Refusal::SocksMethod { method }),
    }
    let request = request(destination, port);
    match ask(stream, &request, |version| version == VERSION).await? {
        SUCCEEDED => skip_bound_address(stream).await,
        reply => Err(Refusal::SocksReply { reply }),
    }
}

async fn log_in(stream: &mut TcpStream, login: &SocksLogin) -> Result<(), Refusal> {
    let mut request = vec![LOGIN_VERSION];
    for text in [&*login.user, login.password.expose()] {
        request.push(length(text.len()));
        request.extend(text.as_bytes());
    }
    let is_known = |version| version == LOGIN_VERSION || version == VERSION;
    match ask(stream, &request, is_known).await? {
        SUCCEEDED => Ok(()),
        _ => Err(Refusal::SocksLogin),
    }
}

/// The plan refuses what is longer.
fn length(length: usize) -> u8 {
    u8::try_from(length).expect("a field of SOCKS5 is at most 255 bytes long")
}

fn request(destination: &Destination, port: u16) -> Vec<u8> {
    let mut request = vec![VERSION, CONNECT, 0];
    match destination {
        Destination::Address(IpAddr::V4(address)) => {
            request.push(IPV4);
            request.extend(address.octets());
        }
        Destination::Address(IpAddr::V6(address)) => {
            request.push(IPV6);
            request.extend(address.octets());
        }
        Destination::Name(name) => {
            request.extend([NAME, length(name.len())]);
            request.extend(name.as_bytes());
        }
    }
    request.extend(port.to_be_bytes());
    request
}

/// Every answer begins with a version and a code. What does not is kept as evidence.
async fn ask(
    stream: &mut TcpStream,
    request: &[u8],
    is_version: impl Fn(u8) -> bool,
) -> Result<u8, Refusal> {
    // A proxy may answer, and close, before it has read all: its answer says more than a failed write.
    stream.write_all(request).await.ok();
    let mut start = [0; 64];
    match stream.peek(&mut start).await {
        Ok(0) | Err(_) => return Err(Refusal::Closed),
        Ok(seen) if !is_version(start[0]) => {
            let start = PeerText::beginning(&start[..seen]);
            return Err(Refusal::NotSocks { start });
        }
        Ok(_) => {}
    }
    let mut answer = [0; 2];
    read(stream, &mut answer).await?;
    Ok(answer[1])
}

/// The address that the proxy connected from, which nobody asks for.
async fn skip_bound_address(stream: &mut TcpStream) -> Result<(), Refusal> {
    let mut head = [0; 2];
    read(stream, &mut head).await?;
    let length = match head[1] {
        IPV4 => 4,
        IPV6 => 16,
        NAME => {
            let mut length = [0];
            read(stream, &mut length).await?;
            usize::from(length[0])
        }
        _ => {
            let start = PeerText::beginning(&[VERSION, SUCCEEDED, head[0], head[1]]);
            return Err(Refusal::NotSocks { start });
        }
    };
    let mut rest = [0; LONGEST + 2];
    read(stream, &mut rest[..length + 2]).await
}

async fn read(stream: &mut TcpStream, into: &mut [u8]) -> Result<(), Refusal> {
    let read = stream.read_exact(into).await;
    read.map(|_| ()).map_err(|_| Refusal::Closed)
}

#[cfg(test)]
mod tests;
