//! Which rule of HTTP/2 the peer's frames break: `h2` ends the stream or the connection, and says only with which code.
//!
//! The frames are those that the [`tap`](crate::connect::tap) cuts; only what `h2` does not accept counts, and only the
//! first of it. Nothing here ends anything.

mod headers;

use std::collections::VecDeque;

use crate::peer_text::PeerText;
use headers::Headers;

/// Frame types of RFC 9113 §6.
pub(super) mod kind {
    pub(crate) const DATA: u8 = 0x0;
    pub(crate) const HEADERS: u8 = 0x1;
    pub(crate) const PRIORITY: u8 = 0x2;
    pub(crate) const RST_STREAM: u8 = 0x3;
    pub(crate) const SETTINGS: u8 = 0x4;
    pub(crate) const PUSH_PROMISE: u8 = 0x5;
    pub(crate) const PING: u8 = 0x6;
    pub(crate) const GOAWAY: u8 = 0x7;
    pub(crate) const WINDOW_UPDATE: u8 = 0x8;
    pub(crate) const CONTINUATION: u8 = 0x9;
}

/// Flags: END_STREAM of DATA and HEADERS is ACK of SETTINGS.
const END_STREAM: u8 = 0x1;
const ACK: u8 = 0x1;
const END_HEADERS: u8 = 0x4;
const PADDED: u8 = 0x8;
const PRIORITY: u8 = 0x20;

/// The largest payload that a peer may send: nothing else was announced (RFC 9113 §4.2).
pub(super) const MAX_FRAME_SIZE: usize = 16_384;
/// The largest window, and the first one (RFC 9113 §6.9.1, §6.9.2).
const MAX_WINDOW: u64 = (1 << 31) - 1;
const FIRST_WINDOW: u64 = 65_535;
/// A header block that is gathered; what is larger is not judged, and none after it.
const LARGEST_BLOCK: usize = 64 << 10;
/// Streams that are remembered; the oldest is forgotten.
const STREAMS: usize = 128;

/// A rule of RFC 9113 that was broken, and by what.
#[derive(Clone, Debug, PartialEq, Eq)]
pub enum Rule {
    FrameTooLarge { length: usize },
    NeedsStream,
    NeedsConnection,
    WrongLength { length: usize },
    SettingsValue { setting: u16, value: u32 },
    NoIncrement,
    WindowOverflow,
    PaddingTooLong,
    ContinuationExpected,
    ContinuationUnexpected,
    PushDisabled,
    StreamOfServer,
    IdleStream,
    DataBeforeHeaders,
    AfterEndStream,
    TrailersWithoutEndStream,
    NotHpack,
    NameNotLowercase { name: PeerText },
    NameInvalid { name: PeerText },
    ValueInvalid { name: PeerText },
    ConnectionSpecific { name: PeerText },
    TeNotTrailers { value: PeerText },
    PseudoAfterRegular { name: PeerText },
    PseudoRepeated { name: PeerText },
    PseudoUnknown { name: PeerText },
    ContentLengthUnreadable { value: PeerText },
    ContentLengthsDiffer,
    ContentLengthMissed { announced: u64, received: u64 },
}

/// The rule, and the frame that broke it.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Breach {
    pub rule: Rule,
    /// Its type (RFC 9113 §6), and its stream; 0: the connection.
    pub frame: u8,
    pub stream: u32,
}

/// A frame as it came.
#[derive(Clone, Copy, Debug)]
pub(super) struct Frame<'a> {
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
    pub length: usize,
    /// The last stream that the client has opened.
    pub opened: u32,
    /// All of it, or of DATA the first octet at least.
    pub payload: &'a [u8],
}

impl Frame<'_> {
    fn has(&self, flag: u8) -> bool {
        self.flags & flag != 0
    }

    /// The octets without the padding; `None`: it is longer than the frame.
    fn unpadded(&self) -> Option<usize> {
        if !self.has(PADDED) {
            return Some(self.length);
        }
        let padding = usize::from(*self.payload.first()?);
        (self.length - 1).checked_sub(padding)
    }
}

/// What is known of one stream.
#[derive(Debug)]
struct Stream {
    id: u32,
    state: State,
    announced: Option<u64>,
    received: u64,
    window: u64,
}

#[derive(Clone, Copy, Debug, PartialEq, Eq)]
enum State {
    NoHeaders,
    Open,
    Ended,
}

/// The rules, and how far the peer has come.
#[derive(Debug, Default)]
pub(super) struct Rules {
    breach: Option<Breach>,
    streams: VecDeque<Stream>,
    /// No stream up to this one is judged if it is not remembered.
    forgotten: u32,
    /// The stream, the flags and the beginning of a header block.
    block: Option<(u32, u8, Vec<u8>)>,
    headers: Headers,
    connection_window: u64,
}

impl Rules {
    pub(super) fn breach(&self) -> Option<&Breach> {
        self.breach.as_ref()
    }

    /// A frame's header: its size is judged before its payload is there.
    pub(super) fn begin(&mut self, frame: Frame<'_>) {
        if frame.length > MAX_FRAME_SIZE {
            let length = frame.length;
            self.note(frame, Rule::FrameTooLarge { length });
        }
    }

    /// A whole frame.
    pub(super) fn end(&mut self, frame: Frame<'_>) {
        if self.breach.is_some() {
            return;
        }
        if let Some(rule) = self.broken_by(frame) {
            self.note(frame, rule);
        }
    }

    fn note(&mut self, frame: Frame<'_>, rule: Rule) {
        self.breach.get_or_insert(Breach {
            rule,
            frame: frame.kind,
            stream: frame.stream,
        });
    }

    fn broken_by(&mut self, frame: Frame<'_>) -> Option<Rule> {
        let open = self.block.as_ref().map(|(stream, ..)| *stream);
        match (open, frame.kind) {
            (Some(stream), kind::CONTINUATION) if stream == frame.stream => {}
            (Some(_), _) => return Some(Rule::ContinuationExpected),
            (None, kind::CONTINUATION) => return Some(Rule::ContinuationUnexpected),
            (None, _) => {}
        }
        if let Some(rule) = of_place(frame).or_else(|| of_length(frame)) {
            return Some(rule);
        }
        let needs_open = matches!(
            frame.kind,
            kind::DATA | kind::HEADERS | kind::RST_STREAM | kind::WINDOW_UPDATE
        );
        if needs_open && frame.stream % 2 == 1 && frame.stream > frame.opened {
            return Some(Rule::IdleStream);
        }
        match frame.kind {
            kind::DATA => self.data(frame),
            kind::HEADERS => self.open_block(frame),
            kind::CONTINUATION => self.go_on(frame.flags, frame.payload),
            kind::SETTINGS => of_settings(frame),
            kind::PUSH_PROMISE => Some(Rule::PushDisabled),
            kind::WINDOW_UPDATE => self.window(frame),
            _ => None,
        }
    }

    fn data(&mut self, frame: Frame<'_>) -> Option<Rule> {
        let Some(size) = frame.unpadded() else {
            return Some(Rule::PaddingTooLong);
        };
        let stream = self.stream(frame.stream)?;
        match stream.state {
            State::NoHeaders => return Some(Rule::DataBeforeHeaders),
            State::Ended => return Some(Rule::AfterEndStream),
            State::Open => {}
        }
        stream.received += size as u64;
        let is_over = frame.has(END_STREAM);
        if is_over {
            stream.state = State::Ended;
        }
        stream.missed_length(is_over)
    }

    fn open_block(&mut self, frame: Frame<'_>) -> Option<Rule> {
        let Some(size) = frame.unpadded() else {
            return Some(Rule::PaddingTooLong);
        };
        let begins = usize::from(frame.has(PADDED)) + if frame.has(PRIORITY) { 5 } else { 0 };
        let block = frame.payload.get(begins..)?;
        let block = &block[..block.len().min(size)];
        self.block = Some((frame.stream, frame.flags, Vec::new()));
        self.go_on(frame.flags, block)
    }

    /// More of a header block; where it ends, it is read.
    fn go_on(&mut self, flags: u8, part: &[u8]) -> Option<Rule> {
        let (_, _, block) = self.block.as_mut()?;
        if block.len() + part.len() <= LARGEST_BLOCK {
            block.extend_from_slice(part);
        } else {
            self.headers.give_up();
        }
        if flags & END_HEADERS == 0 {
            return None;
        }
        let (id, flags, block) = self.block.take()?;
        if id % 2 == 0 {
            return Some(Rule::StreamOfServer);
        }
        let read = match self.headers.read(&block)? {
            Ok(read) => read,
            Err(rule) => return Some(rule),
        };
        let ends = flags & END_STREAM != 0;
        let stream = self.stream(id)?;
        match stream.state {
            State::Ended => return Some(Rule::AfterEndStream),
            State::Open if !ends => return Some(Rule::TrailersWithoutEndStream),
            // An informational answer comes before the answer.
            State::NoHeaders if read.is_informational => return None,
            State::NoHeaders => stream.announced = read.content_length,
            State::Open => {}
        }
        stream.state = if ends { State::Ended } else { State::Open };
        stream.missed_length(ends && !read.has_no_content)
    }

    fn window(&mut self, frame: Frame<'_>) -> Option<Rule> {
        let increment = u64::from(word(frame.payload)? & 0x7fff_ffff);
        if increment == 0 {
            return Some(Rule::NoIncrement);
        }
        let window = match frame.stream {
            0 => &mut self.connection_window,
            id => &mut self.stream(id)?.window,
        };
        *window += increment;
        (FIRST_WINDOW + *window > MAX_WINDOW).then_some(Rule::WindowOverflow)
    }

    /// The stream, remembered from now on; `None`: it may have been, once.
    fn stream(&mut self, id: u32) -> Option<&mut Stream> {
        if let Some(at) = self.streams.iter().position(|stream| stream.id == id) {
            return self.streams.get_mut(at);
        }
        if id <= self.forgotten {
            return None;
        }
        if self.streams.len() == STREAMS
            && let Some(oldest) = self.streams.pop_front()
        {
            self.forgotten = self.forgotten.max(oldest.id);
        }
        self.streams.push_back(Stream {
            id,
            state: State::NoHeaders,
            announced: None,
            received: 0,
            window: 0,
        });
        self.streams.back_mut()
    }
}

impl Stream {
    /// What was announced against what came; at the end it must be the same.
    fn missed_length(&self, is_over: bool) -> Option<Rule> {
        let announced = self.announced?;
        let received = self.received;
        let misses = received > announced || (is_over && received < announced);
        misses.then_some(Rule::ContentLengthMissed {
            announced,
            received,
        })
    }
}

/// Frames of a stream on the connection, and the other way round.
fn of_place(frame: Frame<'_>) -> Option<Rule> {
    let of_stream = matches!(
        frame.kind,
        kind::DATA
            | kind::HEADERS
            | kind::PRIORITY
            | kind::RST_STREAM
            | kind::PUSH_PROMISE
            | kind::CONTINUATION
    );
    let of_connection = matches!(frame.kind, kind::SETTINGS | kind::PING | kind::GOAWAY);
    match frame.stream {
        0 if of_stream => Some(Rule::NeedsStream),
        0 => None,
        _ if of_connection => Some(Rule::NeedsConnection),
        _ => None,
    }
}

fn of_length(frame: Frame<'_>) -> Option<Rule> {
    let length = frame.length;
    let fits = match frame.kind {
        kind::PRIORITY => length == 5,
        kind::RST_STREAM | kind::WINDOW_UPDATE => length == 4,
        kind::SETTINGS if frame.has(ACK) => length == 0,
        kind::SETTINGS => length.is_multiple_of(6),
        kind::PING => length == 8,
        kind::GOAWAY => length >= 8,
        _ => true,
    };
    (!fits).then_some(Rule::WrongLength { length })
}

/// RFC 9113 §6.5.2.
fn of_settings(frame: Frame<'_>) -> Option<Rule> {
    frame.payload.chunks_exact(6).find_map(|entry| {
        let setting = u16::from_be_bytes([entry[0], entry[1]]);
        let value = word(&entry[2..])?;
        let fits = match setting {
            2 => value <= 1,
            4 => u64::from(value) <= MAX_WINDOW,
            5 => (16_384..=16_777_215).contains(&value),
            _ => true,
        };
        (!fits).then_some(Rule::SettingsValue { setting, value })
    })
}

/// The first four octets as a number.
fn word(bytes: &[u8]) -> Option<u32> {
    let first: [u8; 4] = bytes.get(..4)?.try_into().ok()?;
    Some(u32::from_be_bytes(first))
}

#[cfg(test)]
mod tests;
