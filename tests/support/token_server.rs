//! An HTTP endpoint that answers every request in one way, as bytes; it keeps nothing.

use std::io::Read as _;
use std::io::Write as _;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::thread;

/// Listens on loopback as long as the test runs. In `answer`, `{authorization}` and `{body}` become what was sent.
pub fn token_server(answer: &'static str) -> SocketAddr {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    thread::spawn(move || {
        for stream in listener.incoming() {
            let stream = stream.unwrap();
            thread::spawn(move || serve(stream, answer));
        }
    });
    address
}

fn serve(mut client: TcpStream, answer: &str) -> Option<()> {
    let mut head = Vec::new();
    let mut octet = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut octet).ok()?;
        head.push(octet[0]);
    }
    let head = String::from_utf8(head).ok()?;
    let header = |name: &str| {
        head.lines().find_map(|line| {
            let (key, value) = line.split_once(": ")?;
            key.eq_ignore_ascii_case(name).then_some(value)
        })
    };
    let length = header("content-length").and_then(|length| length.parse().ok());
    let mut body = vec![0; length.unwrap_or(0)];
    client.read_exact(&mut body).ok()?;
    let (line, rest) = answer.split_once("\n\n").unwrap_or((answer, ""));
    let rest = rest
        .replace("{authorization}", header("authorization").unwrap_or(""))
        .replace("{body}", &String::from_utf8(body).ok()?);
    let line = line.replace('\n', "\r\n");
    let whole = format!(
        "HTTP/1.1 {line}\r\ncontent-length: {}\r\nconnection: close\r\n\r\n{rest}",
        rest.len()
    );
    client.write_all(whole.as_bytes()).ok()
}
