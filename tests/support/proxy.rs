//! An HTTP proxy that tunnels, wants credentials, or refuses; it keeps what it heard.

use std::io::Read as _;
use std::io::Write as _;
use std::net::Shutdown;
use std::net::SocketAddr;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;

/// What was heard: the heads of the requests, and all that went through the tunnels to the origin.
#[derive(Debug, Default)]
pub struct Heard {
    pub heads: String,
    pub tunnelled: Vec<u8>,
}

/// A proxy on loopback, as long as the test runs.
pub struct Proxy {
    pub address: SocketAddr,
    pub heard: Arc<Mutex<Heard>>,
}

/// Answers every CONNECT with `refusal`, if there is one; else opens a tunnel to whom is `wanted`.
pub fn proxy(wanted: Option<&'static str>, refusal: Option<&'static str>) -> Proxy {
    let listener = TcpListener::bind("127.0.0.1:0").unwrap();
    let address = listener.local_addr().unwrap();
    let heard = Arc::new(Mutex::new(Heard::default()));
    let shared = Arc::clone(&heard);
    thread::spawn(move || {
        for stream in listener.incoming() {
            let (stream, shared) = (stream.unwrap(), Arc::clone(&shared));
            thread::spawn(move || serve(stream, wanted, refusal, &shared));
        }
    });
    Proxy { address, heard }
}

fn serve(
    mut client: TcpStream,
    wanted: Option<&str>,
    refusal: Option<&str>,
    heard: &Mutex<Heard>,
) -> Option<()> {
    let mut head = Vec::new();
    let mut octet = [0];
    while !head.ends_with(b"\r\n\r\n") {
        client.read_exact(&mut octet).ok()?;
        head.push(octet[0]);
    }
    let head = String::from_utf8(head).unwrap();
    heard.lock().unwrap().heads.push_str(&head);
    if let Some(refusal) = refusal {
        return client.write_all(refusal.as_bytes()).ok();
    }
    if wanted.is_some_and(|wanted| !head.contains(wanted)) {
        let refusal = "HTTP/1.1 407 Proxy Authentication Required\r\nproxy-authenticate: Basic realm=\"lab\"\r\n\r\n";
        return client.write_all(refusal.as_bytes()).ok();
    }
    let place = head.split(' ').nth(1).unwrap();
    let mut origin = TcpStream::connect(place).ok()?;
    client.write_all(b"HTTP/1.1 200 OK\r\n\r\n").ok()?;
    let (mut back_from, mut back_to) = (origin.try_clone().ok()?, client.try_clone().ok()?);
    thread::spawn(move || {
        let _ = std::io::copy(&mut back_from, &mut back_to);
        let _ = back_to.shutdown(Shutdown::Both);
    });
    let mut piece = [0; 4096];
    loop {
        let read = client.read(&mut piece).ok().filter(|read| *read > 0)?;
        heard
            .lock()
            .unwrap()
            .tunnelled
            .extend_from_slice(&piece[..read]);
        origin.write_all(&piece[..read]).ok()?;
    }
}
