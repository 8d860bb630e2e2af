//! An HTTP/2 server that does what it is told, right or wrong: a script of frames as plain data.
//!
//! It checks nothing and answers nothing by itself, neither SETTINGS nor PING.

use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;
use tokio::io::AsyncWrite;
use tokio::io::AsyncWriteExt as _;
use tokio::sync::watch;

const PREFACE: usize = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".len();
/// The largest payload that every peer takes.
const MAX_FRAME_SIZE: usize = 16_384;
const END_STREAM: u8 = 0x1;
const END_HEADERS: u8 = 0x4;

/// Frame types of RFC 9113 §6.
pub mod frame_type {
    pub const DATA: u8 = 0x0;
    pub const HEADERS: u8 = 0x1;
    pub const RST_STREAM: u8 = 0x3;
    pub const SETTINGS: u8 = 0x4;
    pub const PING: u8 = 0x6;
    pub const GOAWAY: u8 = 0x7;
    pub const CONTINUATION: u8 = 0x9;
}

/// One line of a script.
#[derive(Clone, Debug)]
pub enum Step {
    /// Waits for the request's HEADERS.
    AwaitHeaders,
    /// Waits for the request's END_STREAM.
    AwaitEnd,
    /// Waits for a PING.
    AwaitPing,
    Settings(Vec<(u16, u32)>),
    Headers {
        fields: Vec<(String, Vec<u8>)>,
        end: bool,
    },
    /// HEADERS without END_HEADERS.
    OpenHeaders(Vec<(String, Vec<u8>)>),
    /// CONTINUATION without END_HEADERS.
    Continuation(Vec<(String, Vec<u8>)>),
    Data {
        octets: Vec<u8>,
        end: bool,
    },
    /// DATA with this many octets of padding.
    PaddedData {
        octets: Vec<u8>,
        padding: u8,
    },
    Reset(u32),
    GoAway {
        last: u32,
        code: u32,
        debug: Vec<u8>,
    },
    Ping,
    Raw(Vec<u8>),
    /// The step, so many times over.
    Repeat(Box<Step>, usize),
    /// Closes the connection.
    Close,
}

/// What the server does; a script without a `Close` leaves the connection open and silent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Action {
    AwaitHeaders,
    AwaitEnd,
    AwaitPing,
    Write(Vec<u8>),
    Repeat(Vec<u8>, usize),
    Close,
}

/// A frame that the client sent.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Received {
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
    pub payload: Vec<u8>,
}

/// A script's octets, for the request on `stream`. What stands between two waits is one write.
pub fn bytes(script: &[Step], stream: u32) -> Vec<Action> {
    let mut actions = Vec::new();
    for step in script {
        let action = match step {
            Step::AwaitHeaders => Action::AwaitHeaders,
            Step::AwaitEnd => Action::AwaitEnd,
            Step::AwaitPing => Action::AwaitPing,
            Step::Close => Action::Close,
            Step::Repeat(step, times) => Action::Repeat(encode(step, stream), *times),
            step => Action::Write(encode(step, stream)),
        };
        match (actions.last_mut(), action) {
            (Some(Action::Write(before)), Action::Write(octets)) => before.extend(octets),
            (_, action) => actions.push(action),
        }
    }
    actions
}

fn encode(step: &Step, stream: u32) -> Vec<u8> {
    let end = |end: &bool| if *end { END_STREAM } else { 0 };
    match step {
        Step::Settings(settings) => {
            let entry =
                |(id, value): &(u16, u32)| [&id.to_be_bytes()[..], &value.to_be_bytes()].concat();
            let payload: Vec<u8> = settings.iter().flat_map(entry).collect();
            frame(frame_type::SETTINGS, 0, 0, &payload)
        }
        Step::Headers { fields, end: last } => headers(end(last), stream, &hpack(fields)),
        Step::OpenHeaders(fields) => frame(frame_type::HEADERS, 0, stream, &hpack(fields)),
        Step::Continuation(fields) => frame(frame_type::CONTINUATION, 0, stream, &hpack(fields)),
        Step::Data { octets, end: last } => frame(frame_type::DATA, end(last), stream, octets),
        Step::PaddedData { octets, padding } => {
            let payload = [&[*padding][..], octets, &vec![0; usize::from(*padding)]].concat();
            frame(frame_type::DATA, 0x8, stream, &payload)
        }
        Step::Reset(code) => frame(frame_type::RST_STREAM, 0, stream, &code.to_be_bytes()),
        Step::GoAway { last, code, debug } => {
            let payload = [&last.to_be_bytes()[..], &code.to_be_bytes(), debug].concat();
            frame(frame_type::GOAWAY, 0, 0, &payload)
        }
        Step::Ping => frame(frame_type::PING, 0, 0, b"whoisit?"),
        Step::Raw(octets) => octets.clone(),
        Step::AwaitHeaders | Step::AwaitEnd | Step::AwaitPing | Step::Repeat(..) | Step::Close => {
            Vec::new()
        }
    }
}

/// HEADERS, and as many CONTINUATION frames as the block needs.
fn headers(flags: u8, stream: u32, block: &[u8]) -> Vec<u8> {
    let mut parts = block.chunks(MAX_FRAME_SIZE).peekable();
    let mut octets = Vec::new();
    let mut kind = frame_type::HEADERS;
    let mut flags = flags;
    loop {
        let part = parts.next().unwrap_or_default();
        let last = parts.peek().is_none();
        let end = if last { END_HEADERS } else { 0 };
        octets.extend(frame(kind, flags | end, stream, part));
        if last {
            return octets;
        }
        (kind, flags) = (frame_type::CONTINUATION, 0);
    }
}

/// One frame (RFC 9113 §4.1).
pub fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
    let length = u32::try_from(payload.len()).unwrap().to_be_bytes();
    let mut octets = length[1..].to_vec();
    octets.extend([kind, flags]);
    octets.extend(stream.to_be_bytes());
    octets.extend(payload);
    octets
}

/// A field block of literals that are neither indexed nor Huffman-coded (RFC 7541 §6.2.2).
pub fn hpack(fields: &[(String, Vec<u8>)]) -> Vec<u8> {
    let mut block = Vec::new();
    for (name, value) in fields {
        block.push(0);
        string(&mut block, name.as_bytes());
        string(&mut block, value);
    }
    block
}

/// A string with its length as a 7-bit-prefix integer (RFC 7541 §5.1).
fn string(block: &mut Vec<u8>, octets: &[u8]) {
    let mut length = octets.len();
    if length < 127 {
        block.push(length as u8);
    } else {
        block.push(127);
        length -= 127;
        while length >= 128 {
            block.push((length % 128) as u8 | 0x80);
            length /= 128;
        }
        block.push(length as u8);
    }
    block.extend(octets);
}

/// Field lines from text.
pub fn fields(pairs: &[(&str, &str)]) -> Vec<(String, Vec<u8>)> {
    let owned = |(name, value): &(&str, &str)| ((*name).to_owned(), value.as_bytes().to_vec());
    pairs.iter().map(owned).collect()
}

/// Plays a script to one client and tells what the client sent. Ends when the client closes, or after
/// the script's `Close`. A client that goes away early is no error.
pub async fn play(io: impl AsyncRead + AsyncWrite, actions: Vec<Action>) -> Vec<Received> {
    let (mut reader, mut writer) = tokio::io::split(io);
    let (tell, mut told) = watch::channel((false, false, false));
    let mut received = Vec::new();
    let read = async {
        let mut preface = [0; PREFACE];
        if reader.read_exact(&mut preface).await.is_ok() {
            while let Some(frame) = read_frame(&mut reader).await {
                let ends = frame.flags & END_STREAM != 0;
                tell.send_modify(|(headers, end, ping)| match frame.kind {
                    frame_type::HEADERS => (*headers, *end) = (true, ends),
                    frame_type::DATA => *end |= ends,
                    frame_type::PING => *ping = true,
                    _ => {}
                });
                received.push(frame);
            }
        }
        drop(tell);
    };
    let write = async {
        for action in actions {
            let done = match action {
                Action::AwaitHeaders => told.wait_for(|(headers, ..)| *headers).await.is_ok(),
                Action::AwaitEnd => told.wait_for(|(_, end, _)| *end).await.is_ok(),
                Action::AwaitPing => told.wait_for(|(.., ping)| *ping).await.is_ok(),
                Action::Write(octets) => writer.write_all(&octets).await.is_ok(),
                Action::Repeat(octets, times) => repeat(&mut writer, &octets, times).await,
                Action::Close => return,
            };
            if !done {
                break;
            }
        }
        std::future::pending::<()>().await;
    };
    tokio::select! {
        () = read => {}
        () = write => {}
    }
    received
}

async fn repeat(writer: &mut (impl AsyncWrite + Unpin), octets: &[u8], times: usize) -> bool {
    for _ in 0..times {
        if writer.write_all(octets).await.is_err() {
            return false;
        }
    }
    true
}

async fn read_frame(reader: &mut (impl AsyncRead + Unpin)) -> Option<Received> {
    let mut head = [0; 9];
    reader.read_exact(&mut head).await.ok()?;
    let [a, b, c, kind, flags, id @ ..] = head;
    let mut payload = vec![0; u32::from_be_bytes([0, a, b, c]) as usize];
    reader.read_exact(&mut payload).await.ok()?;
    let stream = u32::from_be_bytes(id) & 0x7fff_ffff;
    Some(Received {
        kind,
        flags,
        stream,
        payload,
    })
}
