//! A read-only observer of inbound HTTP/2 frames.
//!
//! h2 keeps SETTINGS and GOAWAY's debug data to itself. The tap parses the nine-octet frame header
//! (RFC 9113 §4.1) and keeps the few payloads it cares for; its memory does not grow with the stream.

use crate::peer_text;
use crate::peer_text::PeerText;

const RST_STREAM: u8 = 0x3;
const SETTINGS: u8 = 0x4;
const GOAWAY: u8 = 0x7;
const ACK: u8 = 0x1;

/// Payload that is kept of one frame: enough for any SETTINGS, and GOAWAY's debug data cut short.
const KEPT: usize = peer_text::KEPT + 8;
const RESETS: usize = 16;
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
}

/// Fed with every inbound byte, in order.
#[derive(Debug, Default)]
pub struct Tap {
    header: [u8; 9],
    header_filled: usize,
    remaining: usize,
    payload: Vec<u8>,
    acknowledged: bool,
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
                self.remaining = (usize::from(self.header[0]) << 16)
                    | (usize::from(self.header[1]) << 8)
                    | usize::from(self.header[2]);
                self.payload.clear();
            }
            let taken = self.remaining.min(bytes.len());
            if matches!(self.kind(), SETTINGS | GOAWAY | RST_STREAM) {
                let room = KEPT - self.payload.len();
                self.payload.extend_from_slice(&bytes[..taken.min(room)]);
            }
            bytes = &bytes[taken..];
            self.remaining -= taken;
            if self.remaining == 0 {
                self.frame_ended();
                self.header_filled = 0;
            }
        }
    }

    fn kind(&self) -> u8 {
        self.header[3]
    }

    fn frame_ended(&mut self) {
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
                        KEPT => PeerText::beginning(&self.payload[8..]),
                        _ => self.payload[8..].into(),
                    },
                });
            }
            RST_STREAM if self.payload.len() == 4 && self.report.resets.len() < RESETS => {
                let stream = word(&self.header[5..]) & 0x7fff_ffff;
                self.report.resets.push((stream, word(&self.payload)));
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
        }
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
        assert_eq!(debug.octets_for_judging().len(), KEPT - 8);
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
