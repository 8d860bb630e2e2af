//! A read-only observer of inbound HTTP/2 frames.
//!
//! h2 keeps SETTINGS and GOAWAY's debug data to itself. The tap parses the nine-octet frame header
//! (RFC 9113 §4.1) and keeps the few payloads it cares for; its memory does not grow with the stream.
//! Which rule of HTTP/2 a frame breaks is [`rules`](crate::connect::rules)' to say.

use crate::connect::frames::Frames;
use crate::connect::frames::Passed;
use crate::connect::rules::Breach;
use crate::connect::rules::Frame;
use crate::connect::rules::MAX_FRAME_SIZE;
use crate::connect::rules::Rules;
use crate::connect::rules::kind::DATA;
use crate::connect::rules::kind::GOAWAY;
use crate::connect::rules::kind::HEADERS;
use crate::connect::rules::kind::RST_STREAM;
use crate::connect::rules::kind::SETTINGS;
use crate::peer_text;
use crate::peer_text::PeerText;

const ACK: u8 = 0x1;

/// Payload that is kept of one frame: all that a peer may send; of DATA, what tells of its padding.
const KEPT: usize = MAX_FRAME_SIZE;
const KEPT_OF_DATA: usize = 1;
/// What is kept of a GOAWAY: its debug data is cut short.
const KEPT_OF_GOAWAY: usize = peer_text::KEPT + 8;
const RESETS: usize = 16;
/// What a client sends before its first frame (RFC 9113 §3.4).
const PREFACE: usize = 24;
/// How many of the first bytes are kept.
const OPENING: usize = peer_text::KEPT;

/// A GOAWAY frame (RFC 9113 §6.8).
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct GoAway {
    pub code: u32,
    pub last_stream: u32,
    pub debug: PeerText,
}

/// What the tap saw of HTTP/2.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Http2Report {
    /// The first SETTINGS frame's entries, identifier and value; `None` if none came.
    pub settings: Option<Vec<(u16, u32)>>,
    pub goaway: Option<GoAway>,
    /// RST_STREAM frames, stream and error code; the first sixteen.
    pub resets: Vec<(u32, u32)>,
    /// The first bytes above TLS, at most [`peer_text::KEPT`]: what the peer speaks if it is not HTTP/2.
    pub opening: Vec<u8>,
    /// The first rule of HTTP/2 that the peer broke.
    pub breach: Option<Breach>,
    /// What both ends sent.
    pub frames: Frames,
}

/// Follows the client's own frames: which streams it has opened.
#[derive(Debug)]
struct Opened {
    header: [u8; 9],
    header_filled: usize,
    /// Octets of the preface or of a payload that are still to pass.
    remaining: usize,
    highest: u32,
}

impl Default for Opened {
    fn default() -> Self {
        Self {
            header: [0; 9],
            header_filled: 0,
            remaining: PREFACE,
            highest: 0,
        }
    }
}

impl Opened {
    fn observe(&mut self, mut bytes: &[u8], frames: &mut Frames) {
        loop {
            let passing = self.remaining.min(bytes.len());
            self.remaining -= passing;
            bytes = &bytes[passing..];
            if bytes.is_empty() {
                return;
            }
            let taken = (self.header.len() - self.header_filled).min(bytes.len());
            self.header[self.header_filled..self.header_filled + taken]
                .copy_from_slice(&bytes[..taken]);
            self.header_filled += taken;
            bytes = &bytes[taken..];
            if self.header_filled == self.header.len() {
                frames.note(Passed::new(true, self.header, None));
                let [a, b, c, kind, _, stream @ ..] = self.header;
                self.header_filled = 0;
                self.remaining = u32::from_be_bytes([0, a, b, c]) as usize;
                if kind == HEADERS {
                    self.highest = self.highest.max(u32::from_be_bytes(stream));
                }
            }
        }
    }
}

/// Fed with every inbound byte, in order.
#[derive(Debug, Default)]
pub struct Tap {
    opened: Opened,
    header: [u8; 9],
    header_filled: usize,
    remaining: usize,
    payload: Vec<u8>,
    acknowledged: bool,
    rules: Rules,
    report: Http2Report,
}

impl Tap {
    pub fn report(&self) -> &Http2Report {
        &self.report
    }

    pub fn has_settings(&self) -> bool {
        self.report.settings.is_some()
    }

    /// Whether the peer has read the client's SETTINGS: it acknowledged them, or ended the connection with GOAWAY.
    pub fn has_answered(&self) -> bool {
        self.acknowledged || self.report.goaway.is_some()
    }

    /// Looks at more of what the client sends.
    pub(super) fn observe_outbound(&mut self, bytes: &[u8]) {
        self.opened.observe(bytes, &mut self.report.frames);
    }

    /// Looks at more of the stream.
    pub fn observe(&mut self, mut bytes: &[u8]) {
        let opening = &mut self.report.opening;
        let wanted = OPENING - opening.len();
        opening.extend_from_slice(&bytes[..wanted.min(bytes.len())]);
        while !bytes.is_empty() {
            if self.header_filled < self.header.len() {
                let wanted = (self.header.len() - self.header_filled).min(bytes.len());
                self.header[self.header_filled..self.header_filled + wanted]
                    .copy_from_slice(&bytes[..wanted]);
                self.header_filled += wanted;
                bytes = &bytes[wanted..];
                if self.header_filled < self.header.len() {
                    return;
                }
                self.remaining = self.length();
                self.payload.clear();
                self.judge(Rules::begin);
            }
            let taken = self.remaining.min(bytes.len());
            let kept = match self.kind() {
                DATA => KEPT_OF_DATA,
                GOAWAY => KEPT_OF_GOAWAY,
                _ => KEPT,
            };
            let room = kept - self.payload.len();
            self.payload.extend_from_slice(&bytes[..taken.min(room)]);
            bytes = &bytes[taken..];
            self.remaining -= taken;
            if self.remaining == 0 {
                self.judge(Rules::end);
                self.frame_ended();
                self.header_filled = 0;
            }
        }
    }

    fn kind(&self) -> u8 {
        self.header[3]
    }

    fn length(&self) -> usize {
        let [a, b, c, ..] = self.header;
        usize::from(a) << 16 | usize::from(b) << 8 | usize::from(c)
    }

    fn stream(&self) -> u32 {
        word(&self.header[5..]) & 0x7fff_ffff
    }

    /// Has the rules look at the frame, and notes the first one that is broken.
    fn judge(&mut self, look: impl FnOnce(&mut Rules, Frame<'_>)) {
        let frame = Frame {
            kind: self.kind(),
            flags: self.header[4],
            stream: self.stream(),
            length: self.length(),
            opened: self.opened.highest,
            payload: &self.payload,
        };
        look(&mut self.rules, frame);
        if self.report.breach.is_none() {
            self.report.breach = self.rules.breach().cloned();
        }
    }

    fn frame_ended(&mut self) {
        let code = match self.kind() {
            RST_STREAM if self.payload.len() == 4 => Some(word(&self.payload)),
            GOAWAY if self.payload.len() >= 8 => Some(word(&self.payload[4..])),
            _ => None,
        };
        let passed = Passed::new(false, self.header, code);
        self.report.frames.note(passed);
        match self.kind() {
            SETTINGS if self.header[4] & ACK != 0 => self.acknowledged = true,
            SETTINGS if self.report.settings.is_none() => {
                self.report.settings = Some(
                    self.payload
                        .chunks_exact(6)
                        .map(|entry| (u16::from_be_bytes([entry[0], entry[1]]), word(&entry[2..])))
                        .collect(),
                );
            }
            GOAWAY if self.payload.len() >= 8 => {
                self.report.goaway = Some(GoAway {
                    last_stream: word(&self.payload) & 0x7fff_ffff,
                    code: word(&self.payload[4..]),
                    debug: match self.payload.len() {
                        KEPT_OF_GOAWAY => PeerText::beginning(&self.payload[8..]),
                        _ => self.payload[8..].into(),
                    },
                });
            }
            RST_STREAM if self.payload.len() == 4 && self.report.resets.len() < RESETS => {
                let reset = (self.stream(), word(&self.payload));
                self.report.resets.push(reset);
            }
            _ => {}
        }
    }
}

/// The first four octets as a number.
fn word(bytes: &[u8]) -> u32 {
    u32::from_be_bytes([bytes[0], bytes[1], bytes[2], bytes[3]])
}

#[cfg(test)]
mod tests {
    use super::*;
    use crate::connect::rules::Rule;
    use proptest::prelude::*;

    fn frame(kind: u8, flags: u8, stream: u32, payload: &[u8]) -> Vec<u8> {
        let length = (payload.len() as u32).to_be_bytes();
        let mut frame = vec![length[1], length[2], length[3], kind, flags];
        frame.extend(stream.to_be_bytes());
        frame.extend(payload);
        frame
    }

    fn session() -> Vec<u8> {
        let mut bytes = frame(SETTINGS, 0, 0, &[0, 3, 0, 0, 0, 100, 0, 4, 0, 1, 0, 0]);
        bytes.extend(frame(SETTINGS, ACK, 0, &[]));
        bytes.extend(frame(0x0, 0, 1, &[9; 3000]));
        bytes.extend(frame(RST_STREAM, 0, 5, &[0, 0, 0, 8]));
        bytes.extend(frame(GOAWAY, 0, 0, b"\0\0\0\x05\0\0\0\x0btoo_many_pings"));
        bytes
    }

    fn expected() -> Http2Report {
        Http2Report {
            settings: Some(vec![(3, 100), (4, 65_536)]),
            goaway: Some(GoAway {
                code: 11,
                last_stream: 5,
                debug: "too_many_pings".into(),
            }),
            resets: vec![(5, 8)],
            opening: session(),
            breach: Some(Breach {
                rule: Rule::IdleStream,
                frame: DATA,
                stream: 1,
            }),
            frames: Frames {
                first: vec![
                    received([0, 12, SETTINGS, 0, 0], None),
                    received([0, 0, SETTINGS, ACK, 0], None),
                    received([0x0b, 0xb8, DATA, 0, 1], None),
                    received([0, 4, RST_STREAM, 0, 5], Some(8)),
                    received([0, 22, GOAWAY, 0, 0], Some(11)),
                ],
                left_out: 0,
            },
        }
    }

    /// A frame of this length, kind and stream, with these flags.
    fn received([b, c, kind, flags, stream]: [u8; 5], code: Option<u32>) -> Passed {
        Passed::new(false, [0, b, c, kind, flags, 0, 0, 0, stream], code)
    }

    #[test]
    fn frames_are_seen_whatever_the_cuts() {
        for size in [1, 2, 8, 9, 10, 4096] {
            let mut tap = Tap::default();
            session().chunks(size).for_each(|chunk| tap.observe(chunk));
            assert_eq!(*tap.report(), expected(), "cut into {size}");
        }
    }

    #[test]
    fn the_streams_that_the_client_opened_are_known() {
        let mut outbound = b"PRI * HTTP/2.0\r\n\r\nSM\r\n\r\n".to_vec();
        outbound.extend(frame(SETTINGS, 0, 0, &[0, 2, 0, 0, 0, 0]));
        outbound.extend(frame(HEADERS, 4, 1, &[9; 50]));
        outbound.extend(frame(DATA, 1, 1, &[9; 3000]));
        outbound.extend(frame(HEADERS, 4, 3, &[9; 5]));
        for size in [1, 8, 9, 25, 5000] {
            let mut tap = Tap::default();
            outbound
                .chunks(size)
                .for_each(|part| tap.observe_outbound(part));
            assert_eq!(tap.opened.highest, 3, "cut into {size}");
            tap.observe(&frame(HEADERS, 4, 3, &[0x88]));
            assert_eq!(tap.report().breach, None);
            tap.observe(&frame(HEADERS, 4, 5, &[0x88]));
            let breach = tap.report().breach.clone().unwrap();
            assert_eq!((breach.rule, breach.stream), (Rule::IdleStream, 5));
        }
    }

    #[test]
    fn an_answer_is_an_acknowledgement_or_a_goodbye() {
        for (frame, answered) in [
            (frame(SETTINGS, 0, 0, &[]), false),
            (frame(0x6, ACK, 0, &[0; 8]), false),
            (frame(SETTINGS, ACK, 0, &[]), true),
            (frame(GOAWAY, 0, 0, &[0; 8]), true),
        ] {
            let mut tap = Tap::default();
            tap.observe(&frame);
            assert_eq!(tap.has_answered(), answered, "{frame:?}");
        }
    }

    #[test]
    fn debug_data_and_resets_are_bounded() {
        let mut tap = Tap::default();
        tap.observe(&frame(GOAWAY, 0, 0, &[b'0'; 100_000]));
        for _ in 0..100 {
            tap.observe(&frame(RST_STREAM, 0, 1, &[0; 4]));
        }
        let debug = tap.report().goaway.clone().unwrap().debug;
        assert_eq!(debug.octets_for_judging().len(), KEPT_OF_GOAWAY - 8);
        assert!(debug.is_cut());
        assert_eq!(tap.report().resets.len(), RESETS);
    }

    proptest! {
        #[test]
        fn nothing_panics(bytes in proptest::collection::vec(any::<u8>(), 0..400)) {
            let mut tap = Tap::default();
            bytes.chunks(7).for_each(|chunk| tap.observe(chunk));
            prop_assert!(tap.payload.len() <= KEPT);
        }
    }
}
