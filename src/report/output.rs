//! Where a sink's results go. Nothing panics on a closed pipe: it ends quietly; a full disk is told.

use std::fmt;
use std::io;
use std::io::BufWriter;
use std::io::Write;
use std::sync::Arc;
use std::sync::Mutex;
use std::sync::PoisonError;

use crate::report::log_commands;
use crate::report::style::Style;

/// A stream, and what became of writing to it.
pub struct Output {
    /// As an error names it: `standard output`, a file.
    name: String,
    stream: Box<dyn Write + Send>,
    pub style: Style,
    /// What is said beside the results: on the console, or among them.
    pub asides: Asides,
    /// Whether something was printed that was not flushed.
    pending: bool,
    /// Whether a line begins with what is printed next.
    at_line_start: bool,
    closed: bool,
    failure: Option<io::Error>,
}

/// Where lines go that are no results.
#[derive(Clone, Copy, Debug, PartialEq, Eq)]
pub enum Asides {
    /// To standard error.
    Console,
    /// Into the same stream.
    Among,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("name", &self.name)
            .field("closed", &self.closed)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

impl Output {
    /// The process's standard output; what is said beside the results goes to standard error.
    pub fn standard(style: Style) -> Self {
        let stream = BufWriter::with_capacity(64 << 10, io::stdout());
        Self {
            asides: Asides::Console,
            ..Self::new("standard output", Box::new(stream), style)
        }
    }

    /// Any stream, which takes everything.
    pub fn new(name: &str, stream: Box<dyn Write + Send>, style: Style) -> Self {
        Self {
            name: name.to_owned(),
            stream,
            style,
            asides: Asides::Among,
            pending: false,
            at_line_start: true,
            closed: false,
            failure: None,
        }
    }

    /// Writes text; nothing once writing has failed.
    pub fn print(&mut self, text: &str) {
        if !self.closed {
            self.pending = true;
            let written = log_commands::disarmed(text, self.at_line_start);
            self.at_line_start = text.ends_with('\n') || self.at_line_start && text.is_empty();
            let outcome = self.stream.write_all(written.as_bytes());
            self.note(outcome);
        }
    }

    /// Hands what was printed to the reader, if anything was.
    pub fn flush(&mut self) {
        if !self.closed && self.pending {
            self.pending = false;
            let outcome = self.stream.flush();
            self.note(outcome);
        }
    }

    /// Whether the reader has gone, or nothing more can be written.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// What went wrong, in a sentence; a reader that has gone is no trouble.
    pub fn trouble(&self) -> Option<String> {
        let error = self.failure.as_ref()?;
        Some(format!("{} could not be written: {error}", self.name))
    }

    fn note(&mut self, outcome: io::Result<()>) {
        if let Err(error) = outcome {
            self.closed = true;
            if error.kind() != io::ErrorKind::BrokenPipe {
                self.failure = Some(error);
            }
        }
    }
}

/// A stream in memory, whose text can be read while it grows.
#[derive(Clone, Debug, Default)]
pub struct Kept(Arc<Mutex<Vec<u8>>>);

impl Kept {
    /// An output that writes here.
    pub fn output(&self) -> Output {
        Output::new("memory", Box::new(self.clone()), Style::PLAIN)
    }

    /// What was written so far.
    pub fn text(&self) -> String {
        let bytes = self.0.lock().unwrap_or_else(PoisonError::into_inner);
        String::from_utf8_lossy(&bytes).into_owned()
    }
}

impl Write for Kept {
    fn write(&mut self, bytes: &[u8]) -> io::Result<usize> {
        self.0
            .lock()
            .unwrap_or_else(PoisonError::into_inner)
            .write(bytes)
    }

    fn flush(&mut self) -> io::Result<()> {
        Ok(())
    }
}
