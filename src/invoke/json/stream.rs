//! Requests read from a stream of JSON, one by one, as they are typed or piped.

use std::io;

use bytes::Bytes;
use thiserror::Error;
use tokio::io::AsyncRead;
use tokio::io::AsyncReadExt as _;

use crate::invoke::Requests;
use crate::invoke::json::Encoder;
use crate::invoke::json::Splitter;
use crate::invoke::json::bad_input::BadInput;

/// The longest text of one message, in bytes: a bound on memory. Servers take 4 MiB by default.
const LONGEST: usize = 64 << 20;

/// Octets read at once.
const CHUNK: usize = 16 * 1024;

/// The messages of concatenated JSON or NDJSON. Each is given out as soon as its text is whole.
#[derive(Debug)]
pub struct Stream<R> {
    input: R,
    chunk: Vec<u8>,
    at_end: bool,
    splitter: Splitter,
    encoder: Encoder,
}

/// Why the next message could not be obtained.
#[derive(Debug, Error)]
pub enum NoMessage {
    #[error("the input cannot be read: {0}")]
    Read(io::Error),
    #[error("{0}")]
    Bad(BadInput),
}

impl NoMessage {
    /// The same as trouble with the input; of a read that failed, the place is the beginning.
    pub fn into_bad(self) -> BadInput {
        match self {
            Self::Bad(bad) => bad,
            read => Splitter::new().bad(read.to_string()),
        }
    }
}

impl<R> Stream<R> {
    pub fn new(input: R, encoder: Encoder) -> Self {
        Self {
            input,
            chunk: vec![0; CHUNK],
            at_end: false,
            splitter: Splitter::new(),
            encoder,
        }
    }
}

impl<R: AsyncRead + Unpin + Send> Requests for Stream<R> {
    type Error = NoMessage;

    async fn next(&mut self) -> Option<Result<Bytes, NoMessage>> {
        loop {
            if let Some(text) = self.splitter.next() {
                let message = text.and_then(|text| self.encoder.encode(&text));
                return Some(message.map_err(NoMessage::Bad));
            }
            if self.at_end {
                return None;
            }
            if self.splitter.held() > LONGEST {
                let message = format!("a message is longer than {} MiB", LONGEST >> 20);
                return Some(Err(NoMessage::Bad(self.splitter.bad(message))));
            }
            match self.input.read(&mut self.chunk).await {
                Ok(0) => {
                    self.at_end = true;
                    self.splitter.finish();
                }
                Ok(size) => self.splitter.push(&self.chunk[..size]),
                Err(error) => return Some(Err(NoMessage::Read(error))),
            }
        }
    }
}
