//! gRPC's message frames: a flag, four octets of length, the message.
//!
//! Source: <https://github.com/grpc/grpc/blob/master/doc/PROTOCOL-HTTP2.md>, Length-Prefixed-Message.

use bytes::Buf;
use bytes::BufMut;
use bytes::Bytes;
use bytes::BytesMut;

pub(crate) const PREFIX: usize = 5;

/// A message as framed.
#[derive(Debug, PartialEq, Eq)]
pub(crate) struct Frame {
    pub compressed: bool,
    pub payload: Bytes,
}

/// Why a stream of frames cannot be read on.
#[derive(Debug, PartialEq, Eq)]
pub(crate) enum Unreadable {
    Flag(u8),
    TooLarge(u64),
}

/// Cuts what arrives into frames. A message within one chunk is a slice of it, not a copy; memory
/// grows with what arrived, never with what a prefix announces.
#[derive(Debug)]
pub(crate) struct Deframer {
    limit: usize,
    chunk: Bytes,
    prefix: [u8; PREFIX],
    prefix_filled: usize,
    gathered: BytesMut,
}

impl Deframer {
    pub(super) fn new(limit: usize) -> Self {
        Self {
            limit,
            chunk: Bytes::new(),
            prefix: [0; PREFIX],
            prefix_filled: 0,
            gathered: BytesMut::new(),
        }
    }

    /// Adds what arrived. Every frame of the chunk before must have been taken.
    pub(super) fn push(&mut self, chunk: Bytes) {
        debug_assert!(self.chunk.is_empty());
        self.chunk = chunk;
    }

    /// The next whole frame, if there is one.
    pub(super) fn next(&mut self) -> Result<Option<Frame>, Unreadable> {
        if !self.fill_prefix() {
            return Ok(None);
        }
        let [flag, ..] = self.prefix;
        if flag > 1 {
            return Err(Unreadable::Flag(flag));
        }
        let length = self.announced();
        if length > self.limit {
            return Err(Unreadable::TooLarge(length as u64));
        }
        let missing = length - self.gathered.len();
        let payload = if self.gathered.is_empty() && self.chunk.len() >= length {
            self.chunk.split_to(length)
        } else {
            let taken = missing.min(self.chunk.len());
            self.gathered.put(self.chunk.split_to(taken));
            if taken < missing {
                return Ok(None);
            }
            self.gathered.split().freeze()
        };
        self.prefix_filled = 0;
        Ok(Some(Frame {
            compressed: flag == 1,
            payload,
        }))
    }

    /// Octets received and announced of a message that is not whole, its prefix included.
    pub(super) fn partial(&self) -> Option<(u64, u64)> {
        match self.prefix_filled {
            0 => None,
            PREFIX => Some((
                (PREFIX + self.gathered.len()) as u64,
                (PREFIX + self.announced()) as u64,
            )),
            filled => Some((filled as u64, PREFIX as u64)),
        }
    }

    fn fill_prefix(&mut self) -> bool {
        let taken = (PREFIX - self.prefix_filled).min(self.chunk.len());
        let end = self.prefix_filled + taken;
        self.chunk
            .copy_to_slice(&mut self.prefix[self.prefix_filled..end]);
        self.prefix_filled = end;
        end == PREFIX
    }

    fn announced(&self) -> usize {
        let [_, length @ ..] = self.prefix;
        u32::from_be_bytes(length) as usize
    }
}

/// A message's prefix. `length` above 2³² − 1 cannot be framed.
pub(crate) fn prefix(compressed: bool, length: u32) -> [u8; PREFIX] {
    let [a, b, c, d] = length.to_be_bytes();
    [u8::from(compressed), a, b, c, d]
}

#[cfg(test)]
mod tests {
    use super::*;
    use proptest::prelude::*;

    fn framed(messages: &[Vec<u8>]) -> Vec<u8> {
        let mut wire = Vec::new();
        for message in messages {
            wire.extend(prefix(false, message.len() as u32));
            wire.extend(message);
        }
        wire
    }

    #[test]
    fn a_message_within_a_chunk_is_not_copied() {
        let chunk = Bytes::from(framed(&[b"abc".to_vec()]));
        let inside = chunk.as_ptr_range();
        let mut deframer = Deframer::new(10);
        deframer.push(chunk.clone());
        let frame = deframer.next().unwrap().unwrap();
        assert!(inside.contains(&frame.payload.as_ptr()));
        assert_eq!(deframer.next(), Ok(None));
        assert_eq!(deframer.partial(), None);
    }

    #[test]
    fn what_cannot_be_read_is_refused_by_its_prefix() {
        for (wire, why) in [
            (&b"\x02\0\0\0\x01x"[..], Unreadable::Flag(2)),
            (b"\0\xff\xff\xff\xff", Unreadable::TooLarge(u32::MAX.into())),
            (b"\x01\0\0\0\x0b", Unreadable::TooLarge(11)),
        ] {
            let mut deframer = Deframer::new(10);
            deframer.push(Bytes::from_static(wire));
            assert_eq!(deframer.next(), Err(why));
            assert_eq!(deframer.gathered.capacity(), 0);
        }
    }

    #[test]
    fn a_half_message_is_measured_with_its_prefix() {
        for (wire, partial) in [
            (&b""[..], None),
            (b"\0\0", Some((2, 5))),
            (b"\0\0\0\0\x64", Some((5, 105))),
            (b"\0\0\0\0\x64fifteen octets.", Some((20, 105))),
        ] {
            let mut deframer = Deframer::new(200);
            deframer.push(Bytes::from_static(wire));
            assert_eq!(deframer.next(), Ok(None));
            assert_eq!(deframer.partial(), partial);
        }
    }

    proptest! {
        #[test]
        fn messages_come_out_as_they_went_in(
            messages in proptest::collection::vec(proptest::collection::vec(any::<u8>(), 0..40), 0..8),
            size in 1usize..50,
        ) {
            let mut deframer = Deframer::new(40);
            let mut read = Vec::new();
            for chunk in framed(&messages).chunks(size) {
                deframer.push(Bytes::copy_from_slice(chunk));
                while let Some(frame) = deframer.next().unwrap() {
                    read.push(frame.payload.to_vec());
                }
            }
            prop_assert_eq!(read, messages);
            prop_assert_eq!(deframer.partial(), None);
        }

        #[test]
        fn hostile_bytes_do_not_panic(chunks in proptest::collection::vec(proptest::collection::vec(0u8..3, 0..30), 0..8)) {
            let mut deframer = Deframer::new(1000);
            for chunk in chunks {
                deframer.push(chunk.into());
                loop {
                    match deframer.next() {
                        Ok(Some(_)) => {}
                        Ok(None) => break,
                        Err(_) => return Ok(()),
                    }
                }
                let _ = deframer.partial();
            }
        }
    }
}
