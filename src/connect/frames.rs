//! The HTTP/2 frames of a connection in both directions, for who looks at the wire: kinds, streams and sizes in their
//! order, and no payload. What is kept does not grow with the connection.

use std::fmt;

use crate::connect::rules::kind;

/// How many frames are kept; those that follow are counted.
const KEPT: usize = 64;

/// What both ends sent, in the order in which it passed.
#[derive(Clone, Debug, Default, PartialEq, Eq)]
pub struct Frames {
    pub first: Vec<Passed>,
    pub left_out: u64,
}

/// A frame that passed, or several of one kind in a row.
#[derive(Clone, Debug, PartialEq, Eq)]
pub struct Passed {
    pub is_sent: bool,
    pub kind: u8,
    pub flags: u8,
    pub stream: u32,
    /// Of the payloads together, in bytes.
    pub length: u64,
    pub count: u64,
    /// The error code of a RST_STREAM or GOAWAY that was received.
    pub code: Option<u32>,
}

impl Frames {
    pub(super) fn note(&mut self, passed: Passed) {
        if let Some(last) = self.first.last_mut()
            && last.goes_on_with(&passed)
        {
            last.count += 1;
            last.length += passed.length;
        } else if self.first.len() < KEPT {
            self.first.push(passed);
        } else {
            self.left_out += 1;
        }
    }
}

impl Passed {
    /// A frame of these nine octets of header (RFC 9113 §4.1).
    pub(super) fn new(is_sent: bool, header: [u8; 9], code: Option<u32>) -> Self {
        let [a, b, c, kind, flags, stream @ ..] = header;
        Self {
            is_sent,
            kind,
            flags,
            stream: u32::from_be_bytes(stream) & 0x7fff_ffff,
            length: u32::from_be_bytes([0, a, b, c]).into(),
            count: 1,
            code,
        }
    }

    fn goes_on_with(&self, next: &Self) -> bool {
        let is_bulk = matches!(self.kind, kind::DATA | kind::WINDOW_UPDATE);
        let of = |frame: &Self| (frame.is_sent, frame.kind, frame.flags, frame.stream);
        is_bulk && of(self) == of(next)
    }

    fn name(&self) -> Option<&'static str> {
        Some(match self.kind {
            kind::DATA => "DATA",
            kind::HEADERS => "HEADERS",
            kind::PRIORITY => "PRIORITY",
            kind::RST_STREAM => "RST_STREAM",
            kind::SETTINGS => "SETTINGS",
            kind::PUSH_PROMISE => "PUSH_PROMISE",
            kind::PING => "PING",
            kind::GOAWAY => "GOAWAY",
            kind::WINDOW_UPDATE => "WINDOW_UPDATE",
            kind::CONTINUATION => "CONTINUATION",
            _ => return None,
        })
    }

    /// The flags that have a name on a frame of this kind (RFC 9113 §6).
    fn flag_names(&self) -> Vec<&'static str> {
        let named: &[(u8, &str)] = match self.kind {
            kind::SETTINGS | kind::PING => &[(0x1, "ACK")],
            kind::DATA => &[(0x1, "END_STREAM"), (0x8, "PADDED")],
            kind::HEADERS => &[
                (0x1, "END_STREAM"),
                (0x4, "END_HEADERS"),
                (0x8, "PADDED"),
                (0x20, "PRIORITY"),
            ],
            kind::PUSH_PROMISE | kind::CONTINUATION => &[(0x4, "END_HEADERS")],
            _ => &[],
        };
        let set = named.iter().filter(|(flag, _)| self.flags & flag != 0);
        set.map(|(_, name)| *name).collect()
    }
}

/// `received DATA on stream 1: 3 frames, 120 bytes, END_STREAM`.
impl fmt::Display for Passed {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.write_str(if self.is_sent { "sent " } else { "received " })?;
        match self.name() {
            Some(name) => f.write_str(name)?,
            None => write!(f, "a frame of type {:#x}", self.kind)?,
        }
        match self.stream {
            0 => f.write_str(":")?,
            stream => write!(f, " on stream {stream}:")?,
        }
        if self.count > 1 {
            write!(f, " {} frames,", self.count)?;
        }
        write!(f, " {} bytes", self.length)?;
        for flag in self.flag_names() {
            write!(f, ", {flag}")?;
        }
        match self.code {
            Some(code) => write!(f, ", {:?} ({code})", h2::Reason::from(code)),
            None => Ok(()),
        }
    }
}

#[cfg(test)]
mod tests {
    use super::*;

    fn passed(is_sent: bool, kind: u8, flags: u8, stream: u8, length: u8) -> Passed {
        Passed::new(is_sent, [0, 0, length, kind, flags, 0, 0, 0, stream], None)
    }

    #[test]
    fn frames_are_told_with_streams_flags_and_codes() {
        let reset = Passed::new(false, [0, 0, 4, 3, 0, 0, 0, 0, 5], Some(8));
        for (frame, words) in [
            (passed(true, 4, 0, 0, 18), "sent SETTINGS: 18 bytes"),
            (passed(false, 4, 1, 0, 0), "received SETTINGS: 0 bytes, ACK"),
            (
                passed(true, 1, 4, 1, 99),
                "sent HEADERS on stream 1: 99 bytes, END_HEADERS",
            ),
            (
                reset,
                "received RST_STREAM on stream 5: 4 bytes, CANCEL (8)",
            ),
            (
                passed(false, 0xee, 1, 0, 2),
                "received a frame of type 0xee: 2 bytes",
            ),
        ] {
            assert_eq!(frame.to_string(), words);
        }
    }

    #[test]
    fn data_in_a_row_is_one_line_and_what_is_kept_is_bounded() {
        let mut frames = Frames::default();
        for _ in 0..1_000 {
            frames.note(passed(false, 0, 0, 1, 10));
        }
        frames.note(passed(false, 0, 1, 1, 5));
        let shown: Vec<String> = frames.first.iter().map(ToString::to_string).collect();
        assert_eq!(
            shown,
            [
                "received DATA on stream 1: 1000 frames, 10000 bytes",
                "received DATA on stream 1: 5 bytes, END_STREAM"
            ]
        );
        for _ in 0..1_000 {
            frames.note(passed(false, 6, 0, 0, 8));
        }
        assert_eq!((frames.first.len(), frames.left_out), (KEPT, 938));
    }
}
