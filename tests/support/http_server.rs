//! An HTTP server that gives the answers that it was told to, each once and the last for ever.

use std::io::Read as _;
use std::io::Write as _;
use std::net::TcpListener;
use std::net::TcpStream;
use std::sync::Arc;
use std::sync::Mutex;
use std::thread;
use std::time::Duration;

/// One answer, and how long it is waited for.
#[derive(Clone, Debug)]
pub struct Reply {
    after: Duration,
    /// `None`: never, until the client has gone.
    octets: Option<String>,
}

/// A server on loopback, as long as the test runs.
pub struct HttpServer {
    pub url: String,
    requests: Arc<Mutex<Vec<String>>>,
}

impl Reply {
    pub fn json(body: &str) -> Self {
        Self::with("content-type: application/json", body)
    }

    /// 200 with this header field.
    pub fn with(header: &str, body: &str) -> Self {
        let length = body.len();
        let octets = format!(
            "HTTP/1.1 200 OK\r\n{header}\r\ncontent-length: {length}\r\nconnection: close\r\n\r\n{body}"
        );
        Self {
            after: Duration::ZERO,
            octets: Some(octets),
        }
    }

    pub fn never() -> Self {
        Self {
            after: Duration::ZERO,
            octets: None,
        }
    }

    pub fn after(self, after: Duration) -> Self {
        Self { after, ..self }
    }
}

impl HttpServer {
    pub fn open(replies: Vec<Reply>) -> Self {
        let listener = TcpListener::bind("127.0.0.1:0").unwrap();
        let url = format!("http://{}/login", listener.local_addr().unwrap());
        let requests = Arc::new(Mutex::new(Vec::new()));
        let seen = Arc::clone(&requests);
        thread::spawn(move || {
            for stream in listener.incoming() {
                let (stream, seen, replies) = (stream.unwrap(), Arc::clone(&seen), replies.clone());
                thread::spawn(move || answer(stream, &seen, &replies));
            }
        });
        Self { url, requests }
    }

    /// What was asked so far.
    pub fn requests(&self) -> Vec<String> {
        self.requests.lock().unwrap().clone()
    }
}

fn answer(mut stream: TcpStream, seen: &Mutex<Vec<String>>, replies: &[Reply]) -> Option<()> {
    let mut request = Vec::new();
    let mut octet = [0];
    while !request.ends_with(b"\r\n\r\n") {
        stream.read_exact(&mut octet).ok()?;
        request.push(octet[0]);
    }
    let head = String::from_utf8(request).unwrap().to_lowercase();
    let length = head.split_once("content-length: ");
    let length = length.map_or(0, |(_, rest)| rest.lines().next().unwrap().parse().unwrap());
    let mut body = vec![0; length];
    stream.read_exact(&mut body).ok()?;
    let number = {
        let mut seen = seen.lock().unwrap();
        seen.push(head + &String::from_utf8_lossy(&body));
        seen.len() - 1
    };
    let reply = replies.get(number).or(replies.last())?;
    thread::sleep(reply.after);
    match &reply.octets {
        Some(octets) => stream.write_all(octets.as_bytes()).ok(),
        None => stream.read_to_end(&mut Vec::new()).ok().map(|_| ()),
    }
}
