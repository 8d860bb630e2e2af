//! Standard output and error. Nothing panics on a closed pipe: it ends quietly; a full disk is told.

use std::fmt;
use std::io;
use std::io::BufWriter;
use std::io::Write;

use crate::exit_status::ExitStatus;
use crate::report::style::Style;

/// Both streams, and what became of writing to them.
pub struct Output {
    stdout: Box<dyn Write + Send>,
    stderr: Box<dyn Write + Send>,
    pub stdout_style: Style,
    pub stderr_style: Style,
    /// Whether something was printed that was not flushed.
    pending: bool,
    closed: bool,
    failure: Option<io::Error>,
    file_failed: bool,
}

impl fmt::Debug for Output {
    fn fmt(&self, f: &mut fmt::Formatter<'_>) -> fmt::Result {
        f.debug_struct("Output")
            .field("closed", &self.closed)
            .field("failure", &self.failure)
            .finish_non_exhaustive()
    }
}

impl Output {
    /// The process's own streams.
    pub fn standard(stdout_style: Style, stderr_style: Style) -> Self {
        Self::new(
            Box::new(BufWriter::with_capacity(64 << 10, io::stdout())),
            Box::new(io::stderr()),
            stdout_style,
            stderr_style,
        )
    }

    /// Any two streams.
    pub fn new(
        stdout: Box<dyn Write + Send>,
        stderr: Box<dyn Write + Send>,
        stdout_style: Style,
        stderr_style: Style,
    ) -> Self {
        Self {
            stdout,
            stderr,
            stdout_style,
            stderr_style,
            pending: false,
            closed: false,
            failure: None,
            file_failed: false,
        }
    }

    /// Writes to standard output.
    pub fn print(&mut self, text: &str) {
        if !self.closed {
            self.pending = true;
            let outcome = self.stdout.write_all(text.as_bytes());
            self.note(outcome);
        }
    }

    /// Hands what was printed to the reader, if anything was.
    pub fn flush(&mut self) {
        if !self.closed && self.pending {
            self.pending = false;
            let outcome = self.stdout.flush();
            self.note(outcome);
        }
    }

    /// Writes a line to standard error. That nobody reads it changes nothing.
    pub fn tell(&mut self, line: &str) {
        let _ = self.stderr.write_all(format!("{line}\n").as_bytes());
    }

    /// Whether standard output's reader has gone, so that more messages serve nobody.
    pub fn is_closed(&self) -> bool {
        self.closed
    }

    /// Another file that was to be written could not be; `line` says so.
    pub fn fail(&mut self, line: &str) {
        self.tell(line);
        self.file_failed = true;
    }

    /// The exit status that writing leaves of the one earned.
    pub fn exit_status(&mut self, earned: ExitStatus) -> ExitStatus {
        self.flush();
        match &self.failure {
            None if self.file_failed => ExitStatus::Output,
            None => earned,
            Some(error) => {
                let line = format!("error: standard output could not be written: {error}");
                self.tell(&line);
                ExitStatus::Output
            }
        }
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

#[cfg(test)]
mod tests {
    use super::*;

    struct Failing(io::ErrorKind);

    impl Write for Failing {
        fn write(&mut self, _: &[u8]) -> io::Result<usize> {
            Err(self.0.into())
        }
        fn flush(&mut self) -> io::Result<()> {
            Ok(())
        }
    }

    #[test]
    fn a_closed_pipe_is_quiet_and_a_full_disk_is_not() {
        for (kind, expected) in [
            (io::ErrorKind::BrokenPipe, ExitStatus::Success),
            (io::ErrorKind::StorageFull, ExitStatus::Output),
        ] {
            let mut output = Output::new(
                Box::new(Failing(kind)),
                Box::new(io::sink()),
                Style::PLAIN,
                Style::PLAIN,
            );
            output.print("x");
            output.print("y");
            assert!(output.is_closed());
            assert_eq!(output.exit_status(ExitStatus::Success), expected);
        }
    }
}
